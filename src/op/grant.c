#include "op/failure.h"
#include "op/lower.h"

/* GRANT and REVOKE: an operation per relation; one for all objects of another kind. */

/* A privilege; column STR_NONE: on the whole. */
struct one {
	struct str privilege, column;
};

struct payload {
	VEC(struct one) each;
	struct str privileges;          /* "select, insert"; "all" */
	struct str roles;               /* to whom or from whom */
	struct str object_kind;
	struct str objects;             /* names of what is no relation; of GRANT ROLE: the roles */
	struct str_list schemas;        /* of ALTER DEFAULT PRIVILEGES */
	bool all, to_public, option, in_schema;
	bool of_other;                  /* FOR ROLE of another role */
};

static struct str
append(struct lowering *l, struct str all, struct str one)
{
	return all.s == NULL ? one : str_printf(l->arena, "%.*s, %.*s", STR_ARG(all), STR_ARG(one));
}

static struct str
role_names(struct lowering *l, const List *roles, bool *has_public)
{
	struct str all = STR_NONE;
	const ListCell *cell;

	foreach (cell, roles) {
		const RoleSpec *r = lfirst(cell);
		struct str name = r->rolename != NULL ? lower_text(l, r->rolename) : STR("current_user");
		if (r->roletype == ROLESPEC_PUBLIC) {
			*has_public = true;
			name = STR("public");
		}
		all = append(l, all, name);
	}
	return all;
}

static struct str
privilege_names(struct lowering *l, const List *privileges)
{
	struct str all = STR_NONE;
	const ListCell *cell;

	foreach (cell, privileges) {
		const AccessPriv *p = lfirst(cell);
		all = append(l, all, p->priv_name != NULL ? lower_text(l, p->priv_name) : STR("all"));
	}
	return all.s != NULL ? all : STR("all");
}

/* GRANT SELECT (a, b): on each column */
static void
lower_columns(struct lowering *l, struct payload *p, const List *privileges)
{
	const ListCell *cell, *inner;

	foreach (cell, privileges) {
		const AccessPriv *privilege = lfirst(cell);
		struct str name = privilege->priv_name != NULL ? lower_text(l, privilege->priv_name) : STR("all");
		if (privilege->cols == NIL)
			*vec_push(l->arena, &p->each) = (struct one){ name, STR_NONE };
		foreach (inner, privilege->cols)
			*vec_push(l->arena, &p->each) = (struct one){ name, lower_text(l, strVal(lfirst(inner))) };
	}
}

static struct str
kind_word(ObjectType type)
{
	switch (type) {
	case OBJECT_TABLE: return STR("table");
	case OBJECT_SEQUENCE: return STR("sequence");
	case OBJECT_SCHEMA: return STR("schema");
	case OBJECT_DATABASE: return STR("database");
	case OBJECT_FUNCTION: return STR("function");
	case OBJECT_PROCEDURE: return STR("procedure");
	case OBJECT_ROUTINE: return STR("routine");
	case OBJECT_TYPE: return STR("type");
	case OBJECT_DOMAIN: return STR("domain");
	case OBJECT_LANGUAGE: return STR("language");
	case OBJECT_TABLESPACE: return STR("tablespace");
	default: return STR("other");
	}
}

static struct payload
lower_common(struct lowering *l, const GrantStmt *st)
{
	struct payload p = { .object_kind = kind_word(st->objtype) };

	p.privileges = privilege_names(l, st->privileges);
	p.roles = role_names(l, st->grantees, &p.to_public);
	lower_columns(l, &p, st->privileges);
	p.all = st->privileges == NIL;
	p.option = st->grant_option;
	p.in_schema = st->targtype == ACL_TARGET_ALL_IN_SCHEMA;
	return p;
}

static struct str
object_name(struct lowering *l, const Node *object)
{
	struct str schema = STR_NONE, name = STR_NONE;

	if (IsA(object, String))
		return lower_text(l, strVal(object));
	if (IsA(object, ObjectWithArgs))
		names_from_list(l->arena, ((const ObjectWithArgs *)object)->objname, &schema, &name);
	else if (IsA(object, List))
		names_from_list(l->arena, (const List *)object, &schema, &name);
	return schema.s == NULL ? name : str_printf(l->arena, "%.*s.%.*s", STR_ARG(schema), STR_ARG(name));
}

static void
add_op(struct lowering *l, const struct op_kind *kind, const struct payload *p, const RangeVar *r)
{
	struct op *op = lower_add(l, kind);

	*OP_DATA(op, struct payload) = *p;
	if (r == NULL)
		return;
	op->target = lower_range_var(l, r);
	op->target_kind = str_is(p->object_kind, "sequence") ? RELATION_SEQUENCE : RELATION_UNKNOWN;
	op->spans[SPAN_TABLE] = op->spans[SPAN_NAME] = op->target.span;
}

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const GrantStmt *st = node;
	const ListCell *cell;
	struct payload p = lower_common(l, st);
	bool alone = false;

	kind = op_kind_find(st->is_grant ? STR("grant") : STR("revoke"));
	foreach (cell, st->objects) {
		const Node *object = lfirst(cell);
		if (IsA(object, RangeVar)) {
			add_op(l, kind, &p, (const RangeVar *)object);
			continue;
		}
		alone = true;
		p.objects = append(l, p.objects, object_name(l, object));
	}
	if (alone)
		add_op(l, kind, &p, NULL);
}

bool
grant_op_names(const struct op *grant, const struct op *dropped)
{
	struct str rest, one;

	if (strcmp(grant->kind->name, "grant") != 0)
		return false;
	if (grant->target.name.s != NULL)
		return op_names_same(grant, dropped);
	rest = OP_DATA(grant, struct payload)->objects;
	while (str_cut(&rest, ',', &one)) {
		size_t dot = str_find_char(one, '.');
		if (str_eq(str_trim(dot == (size_t)-1 ? one : str_slice(one, dot + 1, one.n)), dropped->target.name))
			return true;
	}
	return false;
}

static void
lower_role(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const GrantRoleStmt *st = node;
	struct payload p = { .object_kind = STR("role") };
	const ListCell *cell;

	(void)kind;
	foreach (cell, st->granted_roles) {
		const AccessPriv *granted = lfirst(cell);
		p.objects = append(l, p.objects, lower_text(l, granted->priv_name));
	}
	p.roles = role_names(l, st->grantee_roles, &p.to_public);
	add_op(l, op_kind_find(st->is_grant ? STR("grant_role") : STR("revoke_role")), &p, NULL);
}

static bool
names_who_runs(const List *roles)
{
	const ListCell *cell;

	foreach (cell, roles)
		if (((const RoleSpec *)lfirst(cell))->rolename == NULL)
			return true;
	return false;
}

static void
lower_default(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const AlterDefaultPrivilegesStmt *st = node;
	struct payload p = lower_common(l, st->action);
	const ListCell *cell;

	p.objects = st->action->is_grant ? STR("grant") : STR("revoke");
	foreach (cell, st->options) {
		const DefElem *d = lfirst(cell);
		if (strcmp(d->defname, "roles") == 0)
			p.of_other = !names_who_runs((const List *)d->arg);
		else
			p.schemas = lower_strings(l, (const List *)d->arg);
	}
	add_op(l, kind, &p, NULL);
}

static void
bind(struct op *op, struct catalog *c)
{
	if (op->target.name.s != NULL)
		op->table = catalog_relation(c, op->target, op->target_kind);
}

/* objectNamesToOids() keeps the relation locked since 18 */
static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	if (op->table != NULL && f->pg_version >= 18)
		effects_lock(e, op->table, ACCESS_SHARE);
}

/* expand_col_privileges() */
static struct str
refused(const struct facts *f)
{
	const struct payload *p = OP_DATA(f->op, struct payload);

	for (size_t i = 0; f->op->table != NULL && i < p->each.n; i++)
		if (p->each.items[i].column.s != NULL && lacks_column(f, f->op->table, p->each.items[i].column))
			return str_printf(f->arena, "column \"%.*s\" of relation \"%.*s\" does not exist", STR_ARG(p->each.items[i].column),
			    STR_ARG(words(f, f->op->table)));
	return STR_NONE;
}

/* ---- catalog ---- */

/* acl.h: ACL_ALL_RIGHTS_RELATION and its kin; MAINTAIN since 17 */
static struct str
all_privileges(const struct catalog *c, struct str object_kind)
{
	if (str_is(object_kind, "table"))
		return c->pg_version >= 17 ? STR("select, insert, update, delete, truncate, references, trigger, maintain")
		    : STR("select, insert, update, delete, truncate, references, trigger");
	if (str_is(object_kind, "sequence"))
		return STR("usage, select, update");
	if (str_is(object_kind, "schema"))
		return STR("usage, create");
	if (str_is(object_kind, "database"))
		return STR("create, connect, temporary");
	if (str_is(object_kind, "function") || str_is(object_kind, "procedure") || str_is(object_kind, "routine"))
		return STR("execute");
	return STR("usage");
}

/* What takes the privileges on it along; NULL: it is not known. */
static const bool *
taken_along_by(const struct catalog *c, struct str kind, struct str object)
{
	struct str name = object, schema = STR_NONE;
	const struct function *f;
	const struct typedef_ *t;
	const struct schema *s;

	if (str_find(object, STR(".")) != (size_t)-1)
		str_cut(&name, '.', &schema);
	if (str_is(kind, "schema")) {
		s = catalog_slot_object(&c->schemas, STR(""), object);
		return s == NULL ? NULL : &s->dropped;
	}
	if (str_is(kind, "type") || str_is(kind, "domain")) {
		t = catalog_find_type(c, schema, name);
		return t == NULL ? NULL : &t->dropped;
	}
	if (!str_is(kind, "function") && !str_is(kind, "procedure") && !str_is(kind, "routine"))
		return NULL;
	f = catalog_find_function(c, schema, name, STR_NONE);
	return f == NULL ? NULL : &f->dropped;
}

/* GRANT leaves the option that is there, GRANT OPTION FOR takes only that. */
static void
change_privilege(const struct op *op, struct catalog *c, struct relation *r, struct str name)
{
	const struct payload *p = OP_DATA(op, struct payload);
	const struct object *there = catalog_find_object(c, r, "privilege", name);
	bool grants = str_starts(str_of(op->kind->name), "grant"), option = p->option || (there != NULL && there->text.n > 0);

	if (grants)
		catalog_put_object(c, r, "privilege", name, option ? STR("with grant option") : STR(""));
	else if (!p->option)
		catalog_remove_object(c, r, "privilege", name);
	else if (there != NULL)
		catalog_put_object(c, r, "privilege", name, STR(""));
}

/* The same privilege may be known by another name of what it is on. */
static struct str
name_there(const struct catalog *c, const bool *gone, struct str privilege, struct str role, struct str name)
{
	for (size_t i = 0; gone != NULL && i < c->objects.n; i++) {
		const struct slot *slot = c->objects.entries[i].value;
		const struct object *o = slot->object;
		size_t on = o != NULL && o->gone == gone && str_is(o->kind, "privilege") ? str_find(o->name, STR(" on ")) : (size_t)-1;
		size_t to = on == (size_t)-1 ? on : str_find(o->name, STR(" to "));
		if (to != (size_t)-1 && str_eq(str_slice(o->name, 0, on), privilege) &&
		    str_eq(str_slice(o->name, to + strlen(" to "), o->name.n), role))
			return o->name;
	}
	return name;
}

/* A privilege on what is no relation, for each of the objects. */
static void
change_on_objects(const struct op *op, struct catalog *c, struct str privilege, struct str role)
{
	const struct payload *p = OP_DATA(op, struct payload);
	struct str objects = p->objects, object;

	while (str_cut(&objects, ',', &object)) {
		const bool *gone;
		struct str name;
		struct object *made;
		object = str_trim(object);
		gone = taken_along_by(c, p->object_kind, object);
		name = str_printf(c->arena, "%.*s on %.*s %.*s to %.*s", STR_ARG(privilege), STR_ARG(p->object_kind), STR_ARG(object),
		    STR_ARG(role));
		name = name_there(c, gone, privilege, role, name);
		change_privilege(op, c, NULL, name);
		made = catalog_find_object(c, NULL, "privilege", name);
		if (made != NULL)
			made->gone = gone;
	}
}

static void
change_on_column(const struct op *op, struct catalog *c, struct relation *r, struct str privilege, struct str column, struct str role)
{
	struct str all = str_is(privilege, "all") ? STR("select, insert, update, references") : privilege, one;

	while (str_cut(&all, ',', &one))
		change_privilege(op, c, r, str_printf(c->arena, "column %.*s %.*s to %.*s", STR_ARG(column), STR_ARG(str_trim(one)), STR_ARG(role)));
}

/* REVOKE takes what was granted on the columns, too. */
static void
change_on_relation(const struct op *op, struct catalog *c, struct relation *r, struct str privilege, struct str role)
{
	change_privilege(op, c, r, str_printf(c->arena, "%.*s to %.*s", STR_ARG(privilege), STR_ARG(role)));
	for (size_t i = 0; r->objects.n > 0 && !str_starts(str_of(op->kind->name), "grant") && i < r->columns.n; i++)
		if (!r->columns.items[i]->dropped)
			change_on_column(op, c, r, privilege, r->columns.items[i]->name, role);
}

static void
change_one(const struct op *op, struct catalog *c, struct relation *r, const struct one *one)
{
	struct str roles = OP_DATA(op, struct payload)->roles, role;

	while (str_cut(&roles, ',', &role)) {
		role = str_trim(role);
		if (r == NULL)
			change_on_objects(op, c, one->privilege, role);
		else if (one->column.s != NULL)
			change_on_column(op, c, r, one->privilege, one->column, role);
		else
			change_on_relation(op, c, r, one->privilege, role);
	}
}

static struct str
kind_of(const struct op *op, const struct relation *r)
{
	return r != NULL && r->kind == RELATION_SEQUENCE ? STR("sequence") : OP_DATA(op, struct payload)->object_kind;
}

static void
change_privileges(const struct op *op, struct catalog *c, struct relation *r)
{
	const struct payload *p = OP_DATA(op, struct payload);
	struct str all = all_privileges(c, kind_of(op, r)), privilege;

	for (size_t i = 0; !p->all && i < p->each.n; i++)
		change_one(op, c, r, &p->each.items[i]);
	while (p->all && str_cut(&all, ',', &privilege))
		change_one(op, c, r, &(struct one){ str_trim(privilege), STR_NONE });
}

static bool
of_kind(const struct relation *r, struct str object_kind)
{
	bool sequence = r->kind == RELATION_SEQUENCE;

	return r->index == NULL && (str_is(object_kind, "sequence") ? sequence : !sequence && str_is(object_kind, "table"));
}

static bool
in_schemas(const struct relation *r, struct str schemas)
{
	struct str schema;

	while (str_cut(&schemas, ',', &schema))
		if (str_eq(str_trim(schema), r->schema))
			return true;
	return false;
}

static bool
is_of_functions(const struct payload *p)
{
	return str_is(p->object_kind, "function") || str_is(p->object_kind, "procedure") || str_is(p->object_kind, "routine");
}

static void
mark_functions(const struct payload *p, struct catalog *c)
{
	struct str objects = p->objects, object;

	while (str_cut(&objects, ',', &object)) {
		struct str name = str_trim(object), schema = STR_NONE;
		if (p->in_schema)
			schema = name, name = STR_NONE;
		else if (str_find(name, STR(".")) != (size_t)-1)
			str_cut(&name, '.', &schema);
		catalog_mark_functions(c, schema, name);
	}
}

static void
apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct payload *p = OP_DATA(op, struct payload);

	(void)session;
	if (is_of_functions(p))
		mark_functions(p, c);
	if (!p->in_schema || op->table != NULL) {
		change_privileges(op, c, op->table);
		return;
	}
	for (size_t i = 0; i < c->all.n; i++)
		if (!c->all.items[i]->dropped && of_kind(c->all.items[i], p->object_kind) && in_schemas(c->all.items[i], p->objects))
			change_privileges(op, c, c->all.items[i]);
}

static void
default_change(const struct op *op, struct catalog *c, struct default_privilege d)
{
	struct str roles = OP_DATA(op, struct payload)->roles, role;

	while (str_cut(&roles, ',', &role)) {
		d.grantee = str_trim(role);
		if (str_is(OP_DATA(op, struct payload)->objects, "grant"))
			catalog_grant_default(c, &d);
		else
			catalog_revoke_default(c, &d);
	}
}

static void
default_apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct payload *p = OP_DATA(op, struct payload);
	size_t n = p->schemas.n > 0 ? p->schemas.n : 1;

	(void)session;
	for (size_t i = 0; !p->of_other && i < n; i++) {
		struct default_privilege d = { .schema = p->schemas.n > 0 ? p->schemas.items[i] : STR_NONE, .object_kind = p->object_kind,
			.grantable = p->option };
		struct str rest = p->all ? all_privileges(c, p->object_kind) : p->privileges, privilege;
		while (str_cut(&rest, ',', &privilege)) {
			d.privilege = str_trim(privilege);
			default_change(op, c, d);
		}
	}
}

static void
role_apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct payload *p = OP_DATA(op, struct payload);
	struct str name = str_printf(c->arena, "%.*s to %.*s", STR_ARG(p->objects), STR_ARG(p->roles));

	(void)session;
	if (str_is(str_of(op->kind->name), "grant_role"))
		catalog_put_object(c, NULL, "membership", name, STR(""));
	else
		catalog_remove_object(c, NULL, "membership", name);
}

/* ---- facts ---- */

static const struct payload *
payload(const struct facts *f)
{
	return OP_DATA(f->op, struct payload);
}

static struct value
get_privileges(const struct facts *f)
{
	return value_text(payload(f)->privileges);
}

static struct value
get_roles(const struct facts *f)
{
	return value_text(payload(f)->roles);
}

static struct value
get_object_kind(const struct facts *f)
{
	return value_text(payload(f)->object_kind);
}

static struct value
get_objects(const struct facts *f)
{
	if (f->op->table != NULL)
		return value_text(relation_words(f->arena, f->catalog, f->op->table));
	return value_text(payload(f)->objects);
}

static struct str
upper(struct arena *arena, struct str s)
{
	struct buf b = BUF(arena);

	for (size_t i = 0; i < s.n; i++)
		buf_char(&b, s.s[i] >= 'a' && s.s[i] <= 'z' ? (char)(s.s[i] - 'a' + 'A') : s.s[i]);
	return buf_text(&b);
}

static struct value
get_object_words(const struct facts *f)
{
	struct str kind = upper(f->arena, payload(f)->object_kind), names = get_objects(f).text;

	if (payload(f)->in_schema)
		return value_text(str_printf(f->arena, "ALL %.*sS IN SCHEMA %.*s", STR_ARG(kind), STR_ARG(names)));
	return value_text(str_printf(f->arena, "%.*s %.*s", STR_ARG(kind), STR_ARG(names)));
}

/* What an application needs of what ALL gives; the rest is for owners. */
static struct value
get_usual(const struct facts *f)
{
	if (str_is(payload(f)->object_kind, "table"))
		return value_text(STR("SELECT, INSERT, UPDATE, DELETE"));
	if (str_is(payload(f)->object_kind, "schema"))
		return value_text(STR("USAGE"));
	return str_is(payload(f)->object_kind, "database") ? value_text(STR("CONNECT")) : value_absent();
}

static struct value
get_all(const struct facts *f)
{
	return value_bool(payload(f)->all);
}

static struct value
get_to_public(const struct facts *f)
{
	return value_bool(payload(f)->to_public);
}

static struct value
get_option(const struct facts *f)
{
	return value_bool(payload(f)->option);
}

static struct value
get_in_schema(const struct facts *f)
{
	return value_bool(payload(f)->in_schema);
}

static bool
is_new_schema(const struct catalog *c, struct str name)
{
	const struct schema *s = catalog_slot_object(&c->schemas, STR(""), name);

	return s != NULL && birth_in_change(c, &s->born) && !s->born.doubtful && c->unseen < s->born.statement;
}

static bool
has_relation(const struct catalog *c, struct str schema, struct str object_kind)
{
	for (size_t i = 0; i < c->all.n; i++)
		if (!c->all.items[i]->dropped && of_kind(c->all.items[i], object_kind) && str_eq(c->all.items[i]->schema, schema))
			return true;
	return false;
}

/* What comes into the schema later has none of it. */
static struct value
get_grants_nothing(const struct facts *f)
{
	const struct payload *p = payload(f);
	struct str schemas = p->objects, schema;
	bool nothing = p->in_schema && !is_of_functions(p);

	while (nothing && str_cut(&schemas, ',', &schema)) {
		schema = str_trim(schema);
		nothing = is_new_schema(f->catalog, schema) && !has_relation(f->catalog, schema, p->object_kind);
	}
	return value_bool(nothing);
}

static struct value
get_is_grant(const struct facts *f)
{
	return value_bool(str_is(payload(f)->objects, "grant"));
}

#define ROLE_FIELDS \
	{ "roles", FIELD_TEXT, "to whom or from whom, separated by commas", get_roles }, \
	{ "to_public", FIELD_BOOL, "PUBLIC is one of them", get_to_public }
#define PRIVILEGE_FIELDS \
	{ "privileges", FIELD_TEXT, "the privileges in lower case, or \"all\"", get_privileges }, \
	{ "all_privileges", FIELD_BOOL, "ALL", get_all }, \
	{ "object_kind", FIELD_TEXT, "table, sequence, schema, database, function, procedure, routine, type, domain, language, tablespace or other", \
	    get_object_kind }, \
	{ "grant_option", FIELD_BOOL, "WITH GRANT OPTION, GRANT OPTION FOR", get_option }
#define FIELD_END { NULL, FIELD_BOOL, NULL, NULL }

static const struct field fields[] = {
	ROLE_FIELDS,
	PRIVILEGE_FIELDS,
	{ "objects", FIELD_TEXT, "what it is about, separated by commas", get_objects },
	{ "object_words", FIELD_TEXT, "the same as GRANT spells it: \"TABLE users\", \"ALL TABLES IN SCHEMA app\"", get_object_words },
	{ "usual_privileges", FIELD_TEXT, "what applications need of what ALL gives on a table, schema or database; absent: another kind of object", get_usual },
	{ "all_in_schema", FIELD_BOOL, "ALL TABLES (SEQUENCES, FUNCTIONS) IN SCHEMA", get_in_schema },
	{ "grants_nothing", FIELD_BOOL, "ALL TABLES (SEQUENCES) IN SCHEMA of a schema that is new, and has none yet", get_grants_nothing },
	FIELD_END
};

static const struct field role_fields[] = {
	ROLE_FIELDS,
	{ "objects", FIELD_TEXT, "the roles that are granted, separated by commas", get_objects },
	FIELD_END
};

static const struct field default_fields[] = {
	ROLE_FIELDS,
	PRIVILEGE_FIELDS,
	{ "is_grant", FIELD_BOOL, "GRANT, not REVOKE", get_is_grant },
	FIELD_END
};

#define COMMON .size = sizeof(struct payload)

const struct op_kind op_kinds_grant[] = {
	{ .name = "grant", .doc = "GRANT ... ON", .node = T_GrantStmt, .subtype = -1, .has = HAS_TABLE, COMMON, .fields = fields,
	    .lower = lower, .bind = bind, .effects = effects, .refused = refused, .apply = apply },
	{ .name = "revoke", .doc = "REVOKE ... ON", .has = HAS_TABLE, COMMON, .fields = fields, .bind = bind, .effects = effects,
	    .refused = refused, .apply = apply },
	{ .name = "grant_role", .doc = "GRANT role TO", .node = T_GrantRoleStmt, .subtype = -1, COMMON, .fields = role_fields,
	    .lower = lower_role, .apply = role_apply },
	{ .name = "revoke_role", .doc = "REVOKE role FROM", COMMON, .fields = role_fields, .apply = role_apply },
	{ .name = "alter_default_privileges", .doc = "ALTER DEFAULT PRIVILEGES", .node = T_AlterDefaultPrivilegesStmt,
	    .subtype = -1, COMMON, .fields = default_fields, .lower = lower_default,
	    .apply = default_apply },
	{ .name = NULL }
};
