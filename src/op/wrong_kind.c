#include "op/failure.h"
#include "op/lower.h"

/* Statements that the relation is of the wrong kind for. Kinds are letters of pg_class.relkind. */

static bool
is_among(const struct relation *r, const char *kinds)
{
	return strchr(kinds, (int)r->kind) != NULL;
}

/* DropErrorMsgWrongType(), RangeVarCallbackForTruncate() and its kin */
static const struct {
	const char *operation, *kinds, *words;
} wanted[] = {
	{ "drop_table", "rp", "a table" },
	{ "drop_view", "v", "a view" },
	{ "drop_materialized_view", "m", "a materialized view" },
	{ "drop_sequence", "S", "a sequence" },
	{ "drop_foreign_table", "f", "a foreign table" },
	{ "drop_index", "iI", "an index" },
	{ "truncate", "rpf", "a table" },
	{ "refresh_matview", "m", "a materialized view" },
	{ "create_view", "v", "a view" },
	{ "alter_sequence", "S", "a sequence" },
};

/* ATPrepCmd(): ATSimplePermissions() */
static const struct {
	const char *operation, *kinds, *action;
} actions[] = {
	{ "add_column", "rpcf", "ADD COLUMN" },
	{ "drop_column", "rpcf", "DROP COLUMN" },
	{ "alter_column_type", "rpcf", "ALTER COLUMN ... SET DATA TYPE" },
	{ "set_not_null", "rpf", "ALTER COLUMN ... SET NOT NULL" },
	{ "drop_not_null", "rpf", "ALTER COLUMN ... DROP NOT NULL" },
	{ "set_default", "rpvf", "ALTER COLUMN ... SET DEFAULT" },
	{ "drop_default", "rpvf", "ALTER COLUMN ... DROP DEFAULT" },
	{ "set_expression", "rpf", "ALTER COLUMN ... SET EXPRESSION" },
	{ "drop_expression", "rpf", "ALTER COLUMN ... DROP EXPRESSION" },
	{ "add_check", "rpf", "ADD CONSTRAINT" },
	{ "add_not_null", "rpf", "ADD CONSTRAINT" },
	{ "add_foreign_key", "rpf", "ADD CONSTRAINT" },
	{ "add_unique", "rpf", "ADD CONSTRAINT" },
	{ "add_primary_key", "rpf", "ADD CONSTRAINT" },
	{ "add_exclusion", "rpf", "ADD CONSTRAINT" },
	{ "drop_constraint", "rpf", "DROP CONSTRAINT" },
	{ "validate_constraint", "rpf", "VALIDATE CONSTRAINT" },
	{ "add_inherit", "rpf", "INHERIT" },
	{ "drop_inherit", "rpf", "NO INHERIT" },
	{ "enable_row_security", "rp", "ENABLE ROW SECURITY" },
	{ "disable_row_security", "rp", "DISABLE ROW SECURITY" },
	{ "force_row_security", "rp", "FORCE ROW SECURITY" },
	{ "no_force_row_security", "rp", "NO FORCE ROW SECURITY" },
	{ "replica_identity", "rpm", "REPLICA IDENTITY" },
	{ "set_logged", "rpS", "SET LOGGED" },
	{ "set_unlogged", "rpS", "SET UNLOGGED" },
	{ "enable_rule", "rp", "ENABLE RULE" },
	{ "enable_always_rule", "rp", "ENABLE ALWAYS RULE" },
	{ "enable_replica_rule", "rp", "ENABLE REPLICA RULE" },
	{ "disable_rule", "rp", "DISABLE RULE" },
	{ "enable_trigger", "rpf", "ENABLE TRIGGER" },
	{ "disable_trigger", "rpf", "DISABLE TRIGGER" },
};

/* transformRuleStmt(), DefineQueryRewrite() */
static struct str
without_rules(const struct facts *f, const struct relation *r)
{
	if (is_among(r, "rpv"))
		return STR_NONE;
	return r->kind == RELATION_MATVIEW ? STR("rules on materialized views are not supported")
	    : str_printf(f->arena, "relation \"%.*s\" cannot have rules", STR_ARG(r->name));
}

static struct str
is_no(const struct facts *f, const struct relation *r, const char *what)
{
	return str_printf(f->arena, "\"%.*s\" is not %s", STR_ARG(r->name), what);
}

/* RangeVarCallbackForAlterRelation(), get_relation_by_qualified_name(): what ALTER VIEW, COMMENT ON INDEX and the like say it is */
static struct str
named_otherwise(const struct facts *f, const struct relation *r)
{
	static const struct { enum relkind kind; const char *kinds, *words; } named[] = { { RELATION_VIEW, "v", "a view" },
		{ RELATION_MATVIEW, "m", "a materialized view" }, { RELATION_SEQUENCE, "S", "a sequence" },
		{ RELATION_FOREIGN, "f", "a foreign table" }, { RELATION_INDEX, "iI", "an index" }, { RELATION_TABLE, "rp", "a table" } };
	int node = f->op->kind->node;
	bool alters = node == T_AlterTableStmt || node == T_AlterObjectSchemaStmt, comments = node == T_CommentStmt;

	for (size_t i = 0; i < sizeof named / sizeof named[0]; i++) {
		bool minds = comments || ((alters || node == T_RenameStmt) && named[i].kind != RELATION_TABLE &&
		    (alters || named[i].kind != RELATION_INDEX));
		if (minds && f->op->target_kind == named[i].kind && !is_among(r, named[i].kinds))
			return is_no(f, r, named[i].words);
	}
	return STR_NONE;
}

struct str
wrong_kind(const struct facts *f)
{
	const struct op *op = f->op;
	bool index = op->index != NULL && str_eq(op->index->name, op->target.name);
	const struct relation *r = index ? op->index : op->table;
	struct str reason;

	if (!is_known(r) || r->kind == RELATION_UNKNOWN || op->leader != NULL)
		return STR_NONE;
	reason = named_otherwise(f, r);
	for (size_t i = 0; reason.s == NULL && i < sizeof wanted / sizeof wanted[0]; i++)
		if (is_kind(op, wanted[i].operation) && !is_among(r, wanted[i].kinds))
			return is_no(f, r, wanted[i].words);
	for (size_t i = 0; reason.s == NULL && op->table != NULL && i < sizeof actions / sizeof actions[0]; i++)
		if (is_kind(op, actions[i].operation) && !is_among(op->table, actions[i].kinds))
			return str_printf(f->arena, "ALTER action %s cannot be performed on relation \"%.*s\"", actions[i].action,
			    STR_ARG(op->table->name));
	if (reason.s == NULL && is_kind(op, "create_index") && !is_among(op->table, "rpm"))
		return str_printf(f->arena, "cannot create index on relation \"%.*s\"", STR_ARG(op->table->name));
	if (reason.s == NULL && is_kind(op, "create_rule"))
		reason = without_rules(f, op->table);
	return reason;
}

bool
op_is_unfit(const struct facts *f)
{
	return f->op->failure.s != NULL && wrong_kind(f).s != NULL;
}
