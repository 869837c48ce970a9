#include "op/failure.h"
#include "op/operators.h"
#include "op/rename.h"
#include "op/routine.h"

/* GRANT and REVOKE: an operation per relation; one for all objects of another kind. */

/* A privilege; column STR_NONE: on the whole. */
struct one {
	struct str privilege, column;
};

/* What is no relation, as it is written. */
struct written {
	struct str name;                /* "app.total" */
	struct name parts;
	struct str arguments;           /* of a function; STR_NONE: not given */
};

struct payload {
	VEC(struct one) each;
	VEC(struct written) written;
	struct str privileges;          /* "select, insert"; "all" */
	struct str roles;               /* to whom or from whom */
	struct str object_kind;
	struct str objects;             /* names of what is no relation; of GRANT ROLE: the roles */
	struct str_list schemas;        /* of ALTER DEFAULT PRIVILEGES */
	bool all, to_public, option, in_schema, cascade;
	struct str_list of;             /* ALTER DEFAULT PRIVILEGES FOR ROLE */
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
		struct str name = lower_role(l, r);
		if (r->roletype == ROLESPEC_PUBLIC) {
			*has_public = true;
			name = STR("public");
		}
		all = append(l, all, name);
	}
	return all;
}

static void
role_list(struct lowering *l, const List *roles, struct str_list *list)
{
	const ListCell *cell;

	foreach (cell, roles)
		*vec_push(l->arena, list) = lower_role(l, lfirst(cell));
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
	p.cascade = !st->is_grant && st->behavior == DROP_CASCADE;
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
	op->cascade = p->cascade;
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
		*vec_push(l->arena, &p.written) = (struct written){ object_name(l, object), lower_object_name(l, object), lower_argument_types(l, object) };
		p.objects = append(l, p.objects, vec_last(&p.written)->name);
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
lower_membership(struct lowering *l, const struct op_kind *kind, const void *node)
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
			role_list(l, (const List *)d->arg, &p.of);
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

static bool
is_of_functions(const struct payload *p)
{
	return routine_objtype(p->object_kind) != 0;
}

static struct granted_on
holder_of_function(const struct catalog *c, const struct payload *p, const struct written *w)
{
	const struct routine r = { routine_objtype(p->object_kind), w->parts, w->arguments };
	const struct function *f = routine_find(c, &r).function;
	struct str arguments = w->arguments.s == NULL ? STR("") : str_printf(c->arena, "(%.*s)", STR_ARG(w->arguments));

	return (struct granted_on){ .words = str_printf(c->arena, "%.*s %.*s%.*s", STR_ARG(p->object_kind), STR_ARG(w->name), STR_ARG(arguments)),
		.gone = f == NULL ? NULL : &f->dropped, .owner = f == NULL ? STR_NONE : f->owner };
}

/* What it is on; .gone NULL: that is not known. */
static struct granted_on
holder_of(const struct catalog *c, const struct payload *p, const struct written *w)
{
	struct granted_on h = { .words = str_printf(c->arena, "%.*s %.*s", STR_ARG(p->object_kind), STR_ARG(w->name)) };
	const struct typedef_ *t;
	const struct schema *s;

	if (is_of_functions(p))
		return holder_of_function(c, p, w);
	if (str_is(p->object_kind, "schema") && (s = catalog_slot_object(&c->schemas, STR(""), w->name)) != NULL) {
		h.gone = &s->dropped;
		h.owner = s->owner;
	}
	if ((str_is(p->object_kind, "type") || str_is(p->object_kind, "domain")) && (t = catalog_find_type(c, w->parts.schema, w->parts.name)) != NULL) {
		h.gone = &t->dropped;
		h.owner = t->owner;
	}
	return h;
}

static bool
grants(const struct op *op)
{
	return str_is(str_of(op->kind->name), "grant");
}

/* ---- each privilege that the statement gives or takes ---- */

struct walk {
	const struct op *op;
	const struct catalog *c;
	void (*see)(struct walk *, const struct granted_on *, struct str privilege, struct str role);
	struct catalog *changed;
	bool blocked;                   /* others depend on one of them */
};

static void
see_column(struct walk *w, struct granted_on h, struct str privilege, struct str role)
{
	struct str all = str_is(privilege, "all") ? STR("select, insert, update, references") : privilege, one;

	while (str_cut(&all, ',', &one))
		w->see(w, &h, str_trim(one), role);
}

/* REVOKE takes what was granted on the columns, too. */
static void
see_one(struct walk *w, const struct granted_on *h, const struct one *one, struct str role)
{
	const struct relation *r = h->table;
	struct granted_on column = *h;

	column.column = one->column;
	if (one->column.s != NULL) {
		see_column(w, column, one->privilege, role);
		return;
	}
	w->see(w, h, one->privilege, role);
	for (size_t i = 0; r != NULL && r->objects.n > 0 && !grants(w->op) && i < r->columns.n; i++) {
		column.column = r->columns.items[i]->name;
		if (!r->columns.items[i]->dropped)
			see_column(w, column, one->privilege, role);
	}
}

static void
see_roles(struct walk *w, const struct granted_on *h, const struct one *one)
{
	struct str roles = OP_DATA(w->op, struct payload)->roles, role;

	while (str_cut(&roles, ',', &role)) {
		role = catalog_role(w->c, str_trim(role));
		if (!catalog_is_owner(w->c, h, role))
			see_one(w, h, one, role);
	}
}

static struct str
kind_of(const struct op *op, const struct relation *r)
{
	return r != NULL && r->kind == RELATION_SEQUENCE ? STR("sequence") : OP_DATA(op, struct payload)->object_kind;
}

static void
see_privileges(struct walk *w, const struct granted_on *h)
{
	const struct payload *p = OP_DATA(w->op, struct payload);
	struct str all = all_privileges(w->c, kind_of(w->op, h->table)), privilege;

	for (size_t i = 0; !p->all && i < p->each.n; i++)
		see_roles(w, h, &p->each.items[i]);
	while (p->all && str_cut(&all, ',', &privilege))
		see_roles(w, h, &(struct one){ str_trim(privilege), STR_NONE });
}

static void
see_relation(struct walk *w, struct relation *r)
{
	const struct object *owner = catalog_find_object(w->c, r, "owner", STR(""));

	see_privileges(w, &(struct granted_on){ .table = r, .owner = owner == NULL ? STR_NONE : owner->text });
}

static void
see_written(struct walk *w, const struct written *written)
{
	struct granted_on h = holder_of(w->c, OP_DATA(w->op, struct payload), written);

	see_privileges(w, &h);
}

static bool
of_kind(const struct relation *r, struct str object_kind)
{
	bool sequence = r->kind == RELATION_SEQUENCE;

	return r->index == NULL && (str_is(object_kind, "sequence") ? sequence : !sequence && str_is(object_kind, "table"));
}

/* FUNCTIONS are no procedures there, ROUTINES are both. */
static bool
is_routine(const struct function *f, struct str object_kind)
{
	return !f->dropped && (str_is(object_kind, "routine") || f->procedure == str_is(object_kind, "procedure"));
}

static bool
in_schemas(struct str schema, struct str schemas)
{
	struct str one;

	while (str_cut(&schemas, ',', &one))
		if (str_eq(str_trim(one), schema))
			return true;
	return false;
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
see_routines_of(struct walk *w, const struct function_set *set)
{
	const struct payload *p = OP_DATA(w->op, struct payload);

	for (size_t i = 0; set != NULL && i < set->overloads.n; i++) {
		const struct function *f = set->overloads.items[i];
		if (is_routine(f, p->object_kind) && in_schemas(f->schema, p->objects))
			see_written(w, &(struct written){ str_printf(w->c->arena, "%.*s.%.*s", STR_ARG(f->schema), STR_ARG(f->name)),
			    { f->schema, f->name, { 0, 0 } }, f->arguments });
	}
}

/* objectsInSchemaToOids() */
static void
see_in_schema(struct walk *w)
{
	const struct payload *p = OP_DATA(w->op, struct payload);
	const struct catalog *c = w->c;

	for (size_t i = 0; is_of_functions(p) && i < c->functions.n; i++)
		see_routines_of(w, ((const struct slot *)c->functions.entries[i].value)->object);
	for (size_t i = 0; i < c->all.n; i++)
		if (!c->all.items[i]->dropped && of_kind(c->all.items[i], p->object_kind) && in_schemas(c->all.items[i]->schema, p->objects))
			see_relation(w, c->all.items[i]);
}

static void
see_all(struct walk *w)
{
	const struct payload *p = OP_DATA(w->op, struct payload);

	if (w->op->table != NULL)
		see_relation(w, w->op->table);
	else if (p->in_schema)
		see_in_schema(w);
	for (size_t i = 0; w->op->table == NULL && !p->in_schema && i < p->written.n; i++)
		see_written(w, &p->written.items[i]);
}

static void
change(struct walk *w, const struct granted_on *h, struct str privilege, struct str role)
{
	const struct granted one = { privilege, role, catalog_grantor(w->c, h, privilege) };
	bool option = OP_DATA(w->op, struct payload)->option;

	if (grants(w->op))
		catalog_grant(w->changed, h, &one, option);
	else
		catalog_revoke(w->changed, h, &one, option);
}

static void
apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct payload *p = OP_DATA(op, struct payload);
	struct walk w = { .op = op, .c = c, .see = change, .changed = c };

	(void)session;
	if (is_of_functions(p))
		mark_functions(p, c);
	see_all(&w);
}

/* ---- what the server refuses ---- */

static void
ask(struct walk *w, const struct granted_on *h, struct str privilege, struct str role)
{
	const struct granted one = { privilege, role, catalog_grantor(w->c, h, privilege) };

	w->blocked = w->blocked || catalog_has_dependents(w->c, h, &one);
}

/* objectNamesToOids() */
static struct str
routines_missing(const struct facts *f)
{
	const struct payload *p = OP_DATA(f->op, struct payload);
	struct str missing = STR_NONE;

	for (size_t i = 0; is_of_functions(p) && !p->in_schema && missing.s == NULL && i < p->written.n; i++)
		missing = routine_missing(f, &(struct routine){ routine_objtype(p->object_kind), p->written.items[i].parts, p->written.items[i].arguments });
	return missing;
}

/* expand_col_privileges(), recursive_revoke() */
static struct str
refused(const struct facts *f)
{
	struct walk w = { .op = f->op, .c = f->catalog, .see = ask };
	const struct payload *p = OP_DATA(f->op, struct payload);
	struct str missing = routines_missing(f);

	if (missing.s != NULL)
		return missing;
	for (size_t i = 0; f->op->table != NULL && i < p->each.n; i++)
		if (p->each.items[i].column.s != NULL && !is_system_column(p->each.items[i].column) && lacks_column(f, f->op->table, p->each.items[i].column))
			return str_printf(f->arena, "column \"%.*s\" of relation \"%.*s\" does not exist", STR_ARG(p->each.items[i].column),
			    STR_ARG(f->op->table->name));
	if (!grants(f->op) && !f->op->cascade)
		see_all(&w);
	return w.blocked ? STR("dependent privileges exist") : STR_NONE;
}

static void
default_change(const struct op *op, struct catalog *c, struct default_privilege d)
{
	struct str roles = OP_DATA(op, struct payload)->roles, role;

	while (str_cut(&roles, ',', &role)) {
		d.grantee = catalog_role(c, str_trim(role));
		if (str_is(OP_DATA(op, struct payload)->objects, "grant"))
			catalog_grant_default(c, &d);
		else
			catalog_revoke_default(c, &d);
	}
}

static void
default_apply_for(const struct op *op, struct catalog *c, struct str role)
{
	const struct payload *p = OP_DATA(op, struct payload);
	size_t n = p->schemas.n > 0 ? p->schemas.n : 1;

	for (size_t i = 0; i < n; i++) {
		struct default_privilege d = { .role = role, .schema = p->schemas.n > 0 ? p->schemas.items[i] : STR_NONE, .object_kind = p->object_kind,
			.grantable = p->option };
		struct str rest = p->all ? all_privileges(c, p->object_kind) : p->privileges, privilege;
		while (str_cut(&rest, ',', &privilege)) {
			d.privilege = str_trim(privilege);
			default_change(op, c, d);
		}
	}
}

static void
default_apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct str_list *of = &OP_DATA(op, struct payload)->of;

	(void)session;
	for (size_t i = 0; i < of->n; i++)
		default_apply_for(op, c, str_is(of->items[i], "current_user") ? c->role : of->items[i]);
	if (of->n == 0)
		default_apply_for(op, c, c->role);
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
	return value_text(kind_of(f->op, f->op->table));
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

/* What an application needs of what ALL gives on a table, schema or database; the rest is for owners. */
static struct str
usual(const struct facts *f)
{
	if (str_is(payload(f)->object_kind, "table"))
		return STR("SELECT, INSERT, UPDATE, DELETE");
	if (str_is(payload(f)->object_kind, "schema"))
		return STR("USAGE");
	return STR("CONNECT");
}

/* TRUNCATE tells that an earlier ALL, or as much, is there, which a narrower GRANT leaves as it is. */
static bool
has_more(const struct facts *f, const struct relation *r)
{
	struct str roles = payload(f)->roles, role;

	while (str_cut(&roles, ',', &role)) {
		struct str name = catalog_role(f->catalog, str_trim(role));
		if (catalog_find_object(f->catalog, r, "privilege", str_printf(f->arena, "truncate to %.*s", STR_ARG(name))) != NULL)
			return true;
	}
	return false;
}

static struct value
get_narrower(const struct facts *f)
{
	const struct payload *p = payload(f);
	bool more = f->op->table != NULL && has_more(f, f->op->table);

	for (size_t i = 0; p->in_schema && !more && i < f->catalog->all.n; i++) {
		const struct relation *r = f->catalog->all.items[i];
		more = !r->dropped && of_kind(r, p->object_kind) && in_schemas(r->schema, p->objects) && has_more(f, r);
	}
	struct str words = get_object_words(f).text, needed = usual(f), first = STR("");
	if (more)
		first = str_printf(f->arena, "-- what is there already of ALL stays, unless it is taken\nREVOKE ALL ON %.*s FROM %.*s;\n", STR_ARG(words), STR_ARG(p->roles));
	return value_text(str_printf(f->arena, "%.*sGRANT %.*s ON %.*s TO %.*s", STR_ARG(first), STR_ARG(needed), STR_ARG(words), STR_ARG(p->roles)));
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

/* What the owner has anyway. */
static bool
grants_to_owner(const struct facts *f)
{
	const struct payload *p = payload(f);
	const struct relation *r = f->op->table;
	const struct object *owner = r == NULL ? NULL : catalog_find_object(f->catalog, r, "owner", STR(""));

	return owner != NULL && str_eq(owner->text, p->roles);
}

/* What comes into the schema later has none of it. */
static struct value
get_grants_nothing(const struct facts *f)
{
	const struct payload *p = payload(f);
	struct str schemas = p->objects, schema;
	bool nothing = p->in_schema && !is_of_functions(p);

	if (grants_to_owner(f))
		return value_bool(true);

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
	{ "object_kind", FIELD_TEXT, "table, sequence (also where it says TABLE), schema, database, function, procedure, routine, type, domain, language, tablespace or other", \
	    get_object_kind }, \
	{ "grant_option", FIELD_BOOL, "WITH GRANT OPTION, GRANT OPTION FOR", get_option }
#define FIELD_END { NULL, FIELD_BOOL, NULL, NULL }

static const struct field fields[] = {
	ROLE_FIELDS,
	PRIVILEGE_FIELDS,
	{ "objects", FIELD_TEXT, "what it is about, separated by commas", get_objects },
	{ "object_words", FIELD_TEXT, "the same as GRANT spells it: \"TABLE users\", \"ALL TABLES IN SCHEMA app\"", get_object_words },
	{ "narrower", FIELD_TEXT, "for advice: GRANT of what applications need of what ALL gives on a table, schema or database, behind REVOKE ALL where one of the roles has more on a table already", get_narrower },
	{ "all_in_schema", FIELD_BOOL, "ALL TABLES (SEQUENCES, FUNCTIONS) IN SCHEMA", get_in_schema },
	{ "grants_nothing", FIELD_BOOL, "ALL TABLES (SEQUENCES) IN SCHEMA of a schema that is new, and has none yet; or what the owner has anyway", get_grants_nothing },
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
	    .lower = lower_membership, .apply = role_apply },
	{ .name = "revoke_role", .doc = "REVOKE role FROM", COMMON, .fields = role_fields, .apply = role_apply },
	{ .name = "alter_default_privileges", .doc = "ALTER DEFAULT PRIVILEGES", .node = T_AlterDefaultPrivilegesStmt,
	    .subtype = -1, COMMON, .fields = default_fields, .lower = lower_default,
	    .apply = default_apply },
	{ .name = NULL }
};
