#include "world.h"

#include <string.h>

void
world_init(struct world *w)
{
	memset(w, 0, sizeof *w);
	arena_init(&w->arena, NULL, NULL);
	w->catalog = catalog_new(&w->arena, STR("public"));
	w->session = session_new(&w->arena, w->catalog);
	session_start(w->session, TX_NONE, 1);
	w->diags.arena = &w->arena;
}

void
world_free(struct world *w)
{
	arena_free(&w->arena);
}

int
world_lower(struct world *w, struct str sql, struct script *script)
{
	*script = (struct script){ 0 };
	lower_source(&w->arena, source_new(&w->arena, STR("test.sql"), sql), span_of(0, sql.n), &w->diags, script);
	return script->parsed.broken > 0 ? -1 : 0;
}

static void
run_op(struct world *w, struct op *op)
{
	struct effects own = { .arena = &w->arena };
	struct unit unit = { .version = STR("1"), .name = STR("one"), .path = STR("test.sql"), .reported = true, .ordinal = 1 };
	struct facts f = { .op = op, .effects = &own, .catalog = w->catalog, .session = w->session, .unit = &unit, .pg_version = 18,
		.arena = &w->arena };

	if (op->leader != NULL && op->leader->noop)
		return;
	op_bind(op, w->catalog);
	op_effects(&f, &own);
	if (w->visit != NULL)
		w->visit(w->arg, &f);
	op_apply(op, w->catalog, w->session);
}

void
world_run_statement(struct world *w, const struct script *script, size_t i)
{
	session_statement(w->session);
	w->catalog->now.statement++;
	w->catalog->now.migration++;
	for (size_t k = 0; k < script->ops.n; k++)
		if (script->ops.items[k]->statement == script->statements.items[i])
			run_op(w, script->ops.items[k]);
}

int
world_run(struct world *w, const char *sql)
{
	struct script script;

	if (world_lower(w, str_of(sql), &script) != 0)
		return -1;
	for (size_t i = 0; i < script.statements.n; i++)
		world_run_statement(w, &script, i);
	return 0;
}
