#include "op/lower.h"

/* A statement that no kind models: named by its first words, and honest about not knowing what it does. */
static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	struct op *op = lower_add(l, kind);

	(void)node;
	op->spans[SPAN_KEYWORD] = locate_leading(l->statement, op->spans[SPAN_ACTION], 3);
}

/* AlterTableGetLockLevel(): what is not listed there as weaker takes AccessExclusiveLock. */
static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	(void)f;
	if (op->table != NULL)
		effects_lock_tree(e, op->table, ACCESS_EXCLUSIVE, op->only);
	e->all_unknown = true;
}

static struct value
get_words(const struct facts *f)
{
	return value_text(source_text(f->op->statement->source, f->op->spans[SPAN_KEYWORD]));
}

static const struct field fields[] = {
	{ "words", FIELD_TEXT, "the statement's first keywords", get_words },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_other[] = {
	{ .name = "other", .doc = "a statement or subcommand that is not modelled", .has = HAS_TABLE, .fields = fields,
	    .lower = lower, .effects = effects },
	{ .name = NULL }
};
