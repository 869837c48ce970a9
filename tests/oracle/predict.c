#include "predict.h"

#include <string.h>

#include "base/err.h"
#include "check/example.h"

static void
visit_op(void *arg, const struct facts *f)
{
	struct predicted *next = &((struct steps *)arg)->next;
	int needs = op_needs_version(f);

	if (next->failure.s == NULL && f->inside == NULL)
		next->failure = f->op->failure;
	next->needs = needs > next->needs ? needs : next->needs;
}

static void
visit(void *arg, const struct facts *f, const struct statement *statement)
{
	struct steps *steps = arg;
	struct arena *arena = steps->arena;
	struct relation_effect *list = NEW_ARRAY(arena, struct relation_effect, f->effects->list.n);

	if (!f->unit->reported)
		return;
	for (size_t i = 0; i < f->effects->list.n; i++) {
		list[i] = f->effects->list.items[i];
		if (list[i].relation != NULL && list[i].name.n == 0) {
			list[i].schema = list[i].relation->schema;
			list[i].name = list[i].relation->name;
		}
	}
	*vec_push(arena, &steps->list) = (struct step){ .predicted = { source_text(statement->source, statement->span),
		steps->next.failure, steps->next.needs, f->effects->all_unknown, list, f->effects->list.n } };
	memset(&steps->next, 0, sizeof steps->next);
}

/* What is given comes first, and is run as it stands. */
static void
add_setup(struct steps *steps, const struct history *h)
{
	for (size_t i = 0; i < h->migrations.n; i++)
		if (!h->reported.items[i])
			*vec_push(steps->arena, &steps->list) = (struct step){ .setup = true,
				.text = source_text(h->migrations.items[i].up.source, h->migrations.items[i].up.span) };
}

void
predict(struct arena *arena, struct str name, struct str text, int pg_version, struct steps *steps)
{
	struct config config;
	struct history history;
	struct diags diags = { .arena = arena };
	struct run run = { .arena = arena, .config = &config, .diags = &diags, .forward_only = true,
		.visitor = { .arg = steps, .op = visit_op, .statement = visit } };
	struct str line = str_slice(text, 0, str_find_char(text, '\n'));

	*steps = (struct steps){ .arena = arena };
	example_history(arena, name, text, NULL, &config, &history, &diags);
	if (str_starts(line, "-- config:") && str_find(line, STR("pg_version")) != (size_t)-1)
		steps->other_version = config.pg_version != pg_version;
	config.pg_version = pg_version;
	add_setup(steps, &history);
	replay(&run, &history);
}
