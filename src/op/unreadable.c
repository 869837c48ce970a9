#include "op/code.h"

/* What code does that no statement of SQL says: the operations are made by the replay. */

struct payload {
	struct str reason;
};

static struct op *
make(struct arena *arena, const struct statement *statement, const char *kind)
{
	struct op *op = NEW(arena, struct op);

	op->kind = op_kind_find(str_of(kind));
	op->statement = statement;
	op->spans[SPAN_STATEMENT] = op->spans[SPAN_ACTION] = op->spans[SPAN_KEYWORD] = statement->span;
	op->data = op->kind->size > 0 ? arena_alloc(arena, op->kind->size) : NULL;
	return op;
}

struct op *
op_unreadable(struct arena *arena, const struct statement *statement, struct str reason)
{
	struct op *op = make(arena, statement, "unreadable_code");

	OP_DATA(op, struct payload)->reason = reason;
	return op;
}

struct op *
op_raise(struct arena *arena, const struct statement *statement)
{
	struct op *op = make(arena, statement, "raise_exception");

	op->failure = STR("it raises an exception");
	return op;
}

static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	(void)op;
	(void)f;
	e->all_unknown = true;
}

static struct value
get_reason(const struct facts *f)
{
	return value_text(OP_DATA(f->op, struct payload)->reason);
}

static const struct field fields[] = {
	{ "reason", FIELD_TEXT, "why it cannot be read", get_reason },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_unreadable[] = {
	{ .name = "unreadable_code", .doc = "code that a DO block or a function runs and that cannot be read",
	    .size = sizeof(struct payload), .fields = fields, .effects = effects },
	{ .name = "raise_exception", .doc = "RAISE EXCEPTION in a DO block or a function" },
	{ .name = NULL }
};
