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
	next->may_be_missing = next->may_be_missing || f->op->may_be_missing;
	next->needs = needs > next->needs ? needs : next->needs;
}

/* An index that is dropped and built under the same name counts as rebuilt, as in observe.c. */
static bool
merge_rebuilt(struct relation_effect *list, size_t n, const struct relation_effect *made)
{
	for (size_t i = 0; i < n && made->created; i++) {
		if (list[i].created || !str_eq(list[i].name, made->name) || !str_eq(list[i].schema, made->schema))
			continue;
		list[i].rebuild = YES;
		return true;
	}
	return false;
}

static void
visit(void *arg, const struct facts *f, const struct statement *statement)
{
	struct steps *steps = arg;
	struct arena *arena = steps->arena;
	struct relation_effect *list = NEW_ARRAY(arena, struct relation_effect, f->effects->list.n);
	size_t n = 0;

	if (!f->unit->reported)
		return;
	for (size_t i = 0; i < f->effects->list.n; i++) {
		struct relation_effect e = f->effects->list.items[i];
		if (e.relation != NULL && e.name.n == 0) {
			e.schema = e.relation->schema;
			e.name = e.relation->name;
		}
		if (!merge_rebuilt(list, n, &e))
			list[n++] = e;
	}
	*vec_push(arena, &steps->list) = (struct step){ .predicted = { source_text(statement->source, statement->span),
		steps->next.failure, steps->next.needs, steps->next.may_be_missing, f->effects->all_unknown, list, n } };
	memset(&steps->next, 0, sizeof steps->next);
}

static void
add_setup_text(struct steps *steps, struct str text)
{
	*vec_push(steps->arena, &steps->list) = (struct step){ .setup = true, .text = text };
}

/* What is given comes first, and is run as it stands: without a transaction one statement after the other. */
static void
add_setup(struct steps *steps, const struct part *part)
{
	struct script script = { .arena = steps->arena };
	struct diags diags = { .arena = steps->arena };

	if (part->tx != TX_NONE) {
		add_setup_text(steps, source_text(part->source, part->span));
		return;
	}
	lower_source(steps->arena, part->source, part->span, &diags, &script);
	for (size_t i = 0; i < script.statements.n; i++)
		add_setup_text(steps, source_text(script.statements.items[i]->source, script.statements.items[i]->span));
}

void
predict(struct arena *arena, struct str name, struct str text, const struct advice *advice, int pg_version, struct steps *steps)
{
	struct config config;
	struct history history;
	struct diags diags = { .arena = arena };
	struct run run = { .arena = arena, .config = &config, .diags = &diags, .forward_only = true,
		.visitor = { .arg = steps, .op = visit_op, .statement = visit } };
	struct str line = str_slice(text, 0, str_find_char(text, '\n'));

	*steps = (struct steps){ .arena = arena };
	example_history(arena, name, text, advice, &config, &history, &diags);
	if (str_starts(line, "-- config:") && str_find(line, STR("pg_version")) != (size_t)-1)
		steps->other_version = config.pg_version != pg_version;
	config.pg_version = pg_version;
	for (size_t i = 0; i < history.migrations.n; i++)
		if (!history.reported.items[i])
			add_setup(steps, &history.migrations.items[i].up);
	replay(&run, &history);
}
