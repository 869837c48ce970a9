#include <string.h>

#include "op/lower.h"

struct payload {
	struct str name;                /* savepoint */
	bool chain;
};

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const TransactionStmt *st = node;
	struct op *op = lower_add(l, kind);
	struct payload *p = OP_DATA(op, struct payload);

	p->name = lower_text(l, st->savepoint_name);
	p->chain = st->chain;
}

static struct place
here(const struct op *op)
{
	return (struct place){ op->statement->source, op->statement->span };
}

static void
begin(struct op *op, struct catalog *c, struct session *session)
{
	(void)c;
	session_begin(session, here(op));
}

static void
commit(struct op *op, struct catalog *c, struct session *session)
{
	(void)c;
	session_commit(session, OP_DATA(op, struct payload)->chain, here(op));
}

static void
rollback(struct op *op, struct catalog *c, struct session *session)
{
	(void)c;
	session_rollback(session, OP_DATA(op, struct payload)->chain, here(op));
}

static void
savepoint(struct op *op, struct catalog *c, struct session *session)
{
	(void)c;
	session_savepoint(session, OP_DATA(op, struct payload)->name);
}

static void
release(struct op *op, struct catalog *c, struct session *session)
{
	(void)c;
	session_release(session, OP_DATA(op, struct payload)->name);
}

static void
rollback_to(struct op *op, struct catalog *c, struct session *session)
{
	(void)c;
	session_rollback_to(session, OP_DATA(op, struct payload)->name);
}

static bool
adds_enum_value(const struct op *other, const struct op *op)
{
	(void)op;
	return strcmp(other->kind->name, "add_enum_value") == 0;
}

static bool
is_concurrent(const struct op *other, const struct op *op)
{
	struct facts f = { .op = other, .arena = other->script->arena };

	(void)op;
	return op_is_concurrent(&f);
}

static bool
is_any(const struct op *other, const struct op *op)
{
	(void)other;
	(void)op;
	return true;
}

/* PreventInTransactionBlock(); check_safe_enum_use() */
static struct value
get_way_out(const struct facts *f)
{
	bool commits = strcmp(f->op->kind->name, "commit") == 0;

	if (commits && script_later(f->op, is_concurrent))
		return value_text(STR("-- what follows cannot run in a transaction: leave this statement out, and put that into a migration that the runner does not wrap"));
	if (commits && script_earlier(f->op, adds_enum_value) && script_later(f->op, is_any))
		return value_text(STR("-- a new value of an enum can be used once it is committed: leave this statement out, and put what follows into the next migration"));
	return value_text(STR("-- leave this statement out, or tell the runner not to wrap this file"));
}

static const struct field fields[] = {
	{ "way_out", FIELD_TEXT, "for advice: a comment on what to do instead in a transaction that the runner opened", get_way_out },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

#define KIND(kind_name, kind_doc, kind_subtype, apply_function) \
	{ .name = kind_name, .doc = kind_doc, .node = T_TransactionStmt, .subtype = kind_subtype, \
	    .size = sizeof(struct payload), .lower = lower, .fields = fields, .apply = apply_function }

const struct op_kind op_kinds_transaction[] = {
	KIND("begin", "BEGIN", TRANS_STMT_BEGIN, begin),
	KIND("start_transaction", "START TRANSACTION", TRANS_STMT_START, begin),
	KIND("commit", "COMMIT, END", TRANS_STMT_COMMIT, commit),
	KIND("rollback", "ROLLBACK, ABORT", TRANS_STMT_ROLLBACK, rollback),
	KIND("savepoint", "SAVEPOINT", TRANS_STMT_SAVEPOINT, savepoint),
	KIND("release_savepoint", "RELEASE SAVEPOINT", TRANS_STMT_RELEASE, release),
	KIND("rollback_to_savepoint", "ROLLBACK TO SAVEPOINT", TRANS_STMT_ROLLBACK_TO, rollback_to),
	KIND("prepare_transaction", "PREPARE TRANSACTION", TRANS_STMT_PREPARE, commit),
	KIND("commit_prepared", "COMMIT PREPARED", TRANS_STMT_COMMIT_PREPARED, NULL),
	KIND("rollback_prepared", "ROLLBACK PREPARED", TRANS_STMT_ROLLBACK_PREPARED, NULL),
	{ .name = NULL }
};

bool
op_is_transaction(const struct op *op)
{
	for (const struct op_kind *kind = op_kinds_transaction; kind->name != NULL; kind++)
		if (op->kind == kind)
			return true;
	return false;
}
