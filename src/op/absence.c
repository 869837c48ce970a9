#include <string.h>

#include "op/absence.h"

/* What code that is not read may have made, whatever the table: its reach in struct catalog tells what kind. */
static const struct {
	const char *kind, *field;
	bool lacks;                     /* the value, of a number whether it is above zero, by which something is missing */
	enum reach part;
} absences[] = {
	{ "add_not_null", "scans", true, REACH_PARTS },
	{ "add_primary_key", "sets_not_null", true, REACH_PARTS },
	{ "alter_column_type", "lacks_cast", true, REACH_PARTS },
	{ "attach_partition", "builds_indexes", true, REACH_INDEXES },
	{ "attach_partition", "checks_foreign_keys", true, REACH_PARTS },
	{ "attach_partition", "scans_default", true, REACH_PARTS },
	{ "attach_partition", "scans_partition", true, REACH_PARTS },
	{ "delete", "searched_is_new", false, REACH_INDEXES },
	{ "delete", "where_hides_index", true, REACH_INDEXES },
	{ "delete", "where_is_indexed", false, REACH_INDEXES },
	{ "drop_constraint", "constraint_exists", false, REACH_PARTS },
	{ "drop_index", "leaves_foreign_key_unindexed", true, REACH_INDEXES },
	{ "final_column", "column.not_null", false, REACH_PARTS },
	{ "final_column", "is_tenant_key", false, REACH_PARTS },
	{ "final_column", "lacks_statistics", true, REACH_PARTS },
	{ "final_constraint", "is_valid", false, REACH_PARTS },
	{ "final_foreign_key", "is_indexed", false, REACH_INDEXES },
	{ "final_foreign_key", "is_loose", true, REACH_PARTS },
	{ "final_foreign_key", "nulls_tenant", true, REACH_PARTS },
	{ "final_index", "lacks_statistics", true, REACH_PARTS },
	{ "final_policy", "has_check", false, REACH_POLICIES },
	{ "final_policy", "keeps_tenants_apart", false, REACH_POLICIES },
	{ "final_table", "has_unique_key", false, REACH_INDEXES },
	{ "final_table", "needs_tenant", true, REACH_PARTS },
	{ "final_table", "policies", false, REACH_POLICIES },
	{ "final_table", "row_security", false, REACH_POLICIES },
	{ "final_table", "row_security_forced", false, REACH_POLICIES },
	{ "final_view", "security_invoker", false, REACH_PARTS },
	{ "refresh_matview", "has_usable_unique_index", false, REACH_INDEXES },
	{ "set_not_null", "scans", true, REACH_PARTS },
	{ "update", "where_hides_index", true, REACH_INDEXES },
	{ "update", "where_is_indexed", false, REACH_INDEXES },
};

enum { COUNT = sizeof absences / sizeof absences[0] };

bool
absence_nth(size_t n, const char **kind, const char **field)
{
	if (n >= COUNT)
		return false;
	*kind = absences[n].kind;
	*field = absences[n].field;
	return true;
}

static size_t
find(const struct facts *f, struct str field, struct value v)
{
	bool there = v.type == FIELD_NUMBER ? v.number > 0 : v.yes;
	size_t i = 0;

	while (i < COUNT && !(absences[i].lacks == there && str_is(field, absences[i].field) && strcmp(f->op->kind->name, absences[i].kind) == 0))
		i++;
	return i;
}

/* The last statement behind which all is known. */
static unsigned
made(const struct op *op)
{
	if (op->constraint != NULL)
		return op->constraint->born.statement;
	if (op->column != NULL)
		return op->column->born.statement;
	return op->table != NULL ? op->table->born.statement : 0;
}

static struct str
unread_words(const struct facts *f, unsigned since, const struct unread_maker *by)
{
	const struct catalog *c = f->catalog;

	if (c->gap >= since && c->gap > 0)
		return str_printf(f->arena, "%.*s, and may have made it", STR_ARG(c->gap_words));
	if (by->place.source == NULL)
		return STR_NONE;
	return str_printf(f->arena, "the code at %.*s:%u could not be read, and may have made it", STR_ARG(by->place.source->path),
	    source_position(by->place.source, by->place.span.off).line);
}

struct value
absence_judge(const struct facts *f, struct str field, struct value v)
{
	const struct catalog *c = f->catalog;
	const struct unread_maker *by;
	unsigned since;
	size_t i;

	if (v.state != VALUE_KNOWN || c == NULL)
		return v;
	i = find(f, field, v);
	since = made(f->op);
	if (i == COUNT || since == 0)
		return v;
	by = catalog_may_make(c, absences[i].part);
	return c->gap < since && by->statement < since ? v : value_unknown_because(unread_words(f, since, by));
}
