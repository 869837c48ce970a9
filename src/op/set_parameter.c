#include "op/lower.h"

struct payload {
	struct str name, value;
	struct str_list values;
	bool local, reset, all;
	struct str of;                  /* the role or database whose sessions begin with it; STR_NONE: all roles */
	bool mine;                      /* the history runs as that role, or in that database */
	enum setting_scope scope;
};

static struct str
constant_text(struct lowering *l, const Node *node)
{
	const struct expr *e = lower_expr(l, node);

	while (e != NULL && e->kind == EXPR_CAST && e->nargs == 1)
		e = e->args[0];
	return e == NULL ? STR_NONE : e->name;
}

/* As set_config() takes it: a name of search_path that needs it is quoted, so that neither case nor a comma is lost. */
static struct str
list_text(struct lowering *l, struct str name, const struct str_list *values)
{
	struct str all = values->n > 0 ? values->items[0] : STR_NONE;

	if (values->n == 0 || all.n == 0 || !str_is(name, "search_path"))
		return all;
	for (size_t i = 0; i < values->n; i++) {
		struct str one = sql_ident(l->arena, values->items[i]);
		all = i == 0 ? one : str_printf(l->arena, "%.*s, %.*s", STR_ARG(all), STR_ARG(one));
	}
	return all;
}

static struct payload *
lower_set(struct lowering *l, const struct op_kind *kind, const VariableSetStmt *st)
{
	struct op *op = lower_add(l, kind);
	struct payload *p = OP_DATA(op, struct payload);
	const ListCell *cell;

	p->name = lower_text(l, st->name);
	p->local = st->is_local;
	p->all = st->kind == VAR_RESET_ALL;
	p->reset = st->kind == VAR_RESET || st->kind == VAR_SET_DEFAULT || p->all;
	foreach (cell, st->args)
		*vec_push(l->arena, &p->values) = constant_text(l, lfirst(cell));
	p->value = list_text(l, p->name, &p->values);
	op->spans[SPAN_KEYWORD] = locate_leading(l->statement, l->statement->span, 2);
	if (p->name.s != NULL)
		op->spans[SPAN_NAME] = locate_name(l->statement, l->statement->span, p->name);
	return p;
}

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	(void)lower_set(l, kind, node);
}

/* Which database that is nobody says; others are hardly ever changed from within one. */
static void
lower_for_database(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const AlterDatabaseSetStmt *st = node;
	struct payload *p = lower_set(l, kind, st->setstmt);

	p->of = lower_text(l, st->dbname);
	p->mine = true;
	p->scope = OF_DATABASE;
}

static void
lower_for_role(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const AlterRoleSetStmt *st = node;
	struct payload *p = lower_set(l, kind, st->setstmt);

	p->of = st->role == NULL ? STR_NONE : st->role->rolename != NULL ? lower_text(l, st->role->rolename) : STR("current_user");
	p->mine = p->of.s == NULL || str_is(p->of, "current_user");
	p->scope = p->of.s == NULL ? OF_ALL_ROLES : OF_ROLE;
}

/* Those of a role are none of "all" (GUC_NO_RESET_ALL). */
static void
reset_all(struct session *session, struct place place)
{
	for (int i = 0; i < SETTING_COUNT; i++)
		if (i != SETTING_ROLE && i != SETTING_AUTHORIZATION)
			session_reset(session, (enum setting_name)i, false, place);
}

static void
apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct payload *p = OP_DATA(op, struct payload);
	struct place place = { op->statement->source, op->statement->span };
	int setting = p->all ? -1 : session_add_setting(session, p->name);

	if (p->all)
		reset_all(session, place);
	(void)c;
	if (setting < 0)
		return;
	if (setting == SETTING_AUTHORIZATION)
		session_set(session, SETTING_ROLE, STR("none"), p->local, place);
	if (p->reset)
		session_reset(session, (enum setting_name)setting, p->local, place);
	else
		session_set(session, (enum setting_name)setting, p->value, p->local, place);
}

/* Of sessions to come: each file is one. */
static void
apply_later(struct op *op, struct catalog *c, struct session *session)
{
	const struct payload *p = OP_DATA(op, struct payload);
	struct place place = { op->statement->source, op->statement->span };
	int setting = p->name.s == NULL ? -1 : setting_find(p->name);

	(void)c;
	for (int i = 0; p->mine && i < SETTING_CUSTOM; i++)
		if (p->all || i == setting)
			session_set_later(session, (enum setting_name)i, p->reset ? STR_NONE : p->value, p->scope, place);
}

/* ---- facts ---- */

static const struct payload *
payload(const struct facts *f)
{
	return OP_DATA(f->op, struct payload);
}

static struct value
get_name(const struct facts *f)
{
	return value_text(payload(f)->name);
}

static struct value
get_of(const struct facts *f)
{
	return value_text(payload(f)->of);
}

static struct value
get_value(const struct facts *f)
{
	return payload(f)->reset ? value_absent() : value_text(payload(f)->value);
}

static struct value
get_local(const struct facts *f)
{
	return value_bool(payload(f)->local);
}

static struct value
get_reset(const struct facts *f)
{
	return value_bool(payload(f)->reset);
}

static struct value
get_milliseconds(const struct facts *f)
{
	int64_t ms;
	int setting = payload(f)->name.s == NULL ? -1 : setting_find(payload(f)->name);

	if (payload(f)->reset || setting < 0 || setting > SETTING_IDLE_TIMEOUT || !setting_time(payload(f)->value, &ms))
		return value_absent();
	return value_number(ms);
}

static bool
has_unit(struct str text)
{
	for (size_t i = 0; i < text.n; i++)
		if ((text.s[i] >= 'a' && text.s[i] <= 'z') || (text.s[i] >= 'A' && text.s[i] <= 'Z'))
			return true;
	return false;
}

static struct value
get_has_unit(const struct facts *f)
{
	return payload(f)->reset ? value_absent() : value_bool(has_unit(payload(f)->value));
}

static struct value
get_accepted(const struct facts *f)
{
	int64_t ms;
	int setting = payload(f)->name.s == NULL ? -1 : setting_find(payload(f)->name);

	if (payload(f)->reset || setting < 0 || setting > SETTING_IDLE_TIMEOUT)
		return value_absent();
	return value_bool(setting_time(payload(f)->value, &ms));
}

static const struct field later_fields[] = {
	{ "object_name", FIELD_TEXT, "the role or database whose sessions begin with it; absent: all roles", get_of },
	{ "parameter", FIELD_TEXT, "the parameter's name; absent: RESET ALL", get_name },
	{ "new_value", FIELD_TEXT, "the value as written; absent: back to the default", get_value },
	{ "is_reset", FIELD_BOOL, "RESET, or SET ... TO DEFAULT", get_reset },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

static const struct field fields[] = {
	{ "parameter", FIELD_TEXT, "the parameter's name; absent: RESET ALL", get_name },
	{ "new_value", FIELD_TEXT, "the value as written; absent: back to the default", get_value },
	{ "milliseconds", FIELD_NUMBER, "the value of a timeout, in milliseconds; absent: not a timeout", get_milliseconds },
	{ "has_unit", FIELD_BOOL, "the value names a unit (ms, s, min); without one a timeout counts milliseconds", get_has_unit },
	{ "is_accepted", FIELD_BOOL, "the server accepts the value; absent: not a timeout", get_accepted },
	{ "is_local", FIELD_BOOL, "SET LOCAL", get_local },
	{ "is_reset", FIELD_BOOL, "RESET, or SET ... TO DEFAULT", get_reset },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_set_parameter[] = {
	{ .name = "set_parameter", .doc = "SET, RESET", .node = T_VariableSetStmt, .subtype = -1, .size = sizeof(struct payload),
	    .fields = fields, .lower = lower, .apply = apply },
	{ .name = "alter_database_set", .doc = "ALTER DATABASE ... SET", .node = T_AlterDatabaseSetStmt, .subtype = -1, .size = sizeof(struct payload),
	    .fields = later_fields, .lower = lower_for_database, .apply = apply_later },
	{ .name = "alter_role_set", .doc = "ALTER ROLE ... SET", .node = T_AlterRoleSetStmt, .subtype = -1, .size = sizeof(struct payload),
	    .fields = later_fields, .lower = lower_for_role, .apply = apply_later },
	{ .name = NULL }
};
