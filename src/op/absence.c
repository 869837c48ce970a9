#include <string.h>

#include "op/absence.h"

/* What code that is not read may have made, whatever the table: its reach in struct catalog tells what kind. */
static const struct {
	const char *kind, *field;
	bool lacks;                     /* the value, of a number whether it is above zero, by which something is missing */
	enum reach part;
} absences[] = {
	{ "add_not_null", "scans", true, REACH_SCHEMA },
	{ "add_primary_key", "sets_not_null", true, REACH_SCHEMA },
	{ "alter_column_type", "lacks_cast", true, REACH_SCHEMA },
	{ "attach_partition", "builds_indexes", true, REACH_SCHEMA },
	{ "attach_partition", "checks_foreign_keys", true, REACH_SCHEMA },
	{ "attach_partition", "scans_default", true, REACH_SCHEMA },
	{ "attach_partition", "scans_partition", true, REACH_SCHEMA },
	{ "delete", "searched_is_new", false, REACH_SCHEMA },
	{ "delete", "where_hides_index", true, REACH_SCHEMA },
	{ "delete", "where_is_indexed", false, REACH_SCHEMA },
	{ "drop_constraint", "constraint_exists", false, REACH_SCHEMA },
	{ "drop_index", "leaves_foreign_key_unindexed", true, REACH_SCHEMA },
	{ "final_column", "column.not_null", false, REACH_SCHEMA },
	{ "final_column", "is_tenant_key", false, REACH_SCHEMA },
	{ "final_column", "lacks_statistics", true, REACH_SCHEMA },
	{ "final_constraint", "is_valid", false, REACH_SCHEMA },
	{ "final_foreign_key", "is_indexed", false, REACH_SCHEMA },
	{ "final_foreign_key", "is_loose", true, REACH_SCHEMA },
	{ "final_foreign_key", "nulls_tenant", true, REACH_SCHEMA },
	{ "final_index", "lacks_statistics", true, REACH_SCHEMA },
	{ "final_policy", "has_check", false, REACH_POLICIES },
	{ "final_policy", "keeps_tenants_apart", false, REACH_POLICIES },
	{ "final_table", "has_unique_key", false, REACH_SCHEMA },
	{ "final_table", "needs_tenant", true, REACH_SCHEMA },
	{ "final_table", "policies", false, REACH_POLICIES },
	{ "final_table", "row_security", false, REACH_POLICIES },
	{ "final_table", "row_security_forced", false, REACH_POLICIES },
	{ "final_view", "security_invoker", false, REACH_SCHEMA },
	{ "refresh_matview", "has_usable_unique_index", false, REACH_SCHEMA },
	{ "set_not_null", "scans", true, REACH_SCHEMA },
	{ "update", "where_hides_index", true, REACH_SCHEMA },
	{ "update", "where_is_indexed", false, REACH_SCHEMA },
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
unread_words(const struct facts *f, unsigned since)
{
	const struct catalog *c = f->catalog;
	const struct place *at = &c->unread_place;

	if (c->gap >= since && c->gap > 0)
		return str_printf(f->arena, "%.*s, and may have made it", STR_ARG(c->gap_words));
	if (at->source == NULL)
		return STR_NONE;
	return str_printf(f->arena, "the code at %.*s:%u could not be read, and may have made it", STR_ARG(at->source->path),
	    source_position(at->source, at->span.off).line);
}

struct value
absence_judge(const struct facts *f, struct str field, struct value v)
{
	const struct catalog *c = f->catalog;
	unsigned since;
	size_t i;

	if (v.state != VALUE_KNOWN || c == NULL || (c->gap == 0 && c->unnamed[REACH_SCHEMA] == 0 && c->unnamed[REACH_POLICIES] == 0))
		return v;
	i = find(f, field, v);
	since = made(f->op);
	if (i == COUNT || since == 0)
		return v;
	if (c->gap < since && c->unnamed[REACH_SCHEMA] < since && c->unnamed[absences[i].part] < since)
		return v;
	return value_unknown_because(unread_words(f, since));
}
