#include "base/buf.h"
#include "op/drop.h"
#include "op/failure.h"
#include "op/lower.h"

/* Publications and subscriptions of logical replication. */

struct published {
	struct name name;
	struct str part;                /* "(a, b) WHERE (a > 0)": what of it; empty: all */
	bool only;
	struct relation *relation;      /* set by bind */
};

struct payload {
	struct str name;
	VEC(struct published) tables;
	struct str_list schema_names;
	struct setting_list options;
	bool all_tables, schemas;
	struct str action;              /* of ALTER PUBLICATION: add, drop, set, options */
	struct str connection;          /* of CREATE SUBSCRIPTION */
};

static struct str
part_of(struct lowering *l, const PublicationTable *t)
{
	struct str_list columns = lower_strings(l, t->columns);
	const struct expr *where = lower_expr(l, t->whereClause);
	struct buf b = BUF(l->arena);

	for (size_t i = 0; i < columns.n; i++)
		buf_printf(&b, "%s%.*s", i > 0 ? ", " : "(", STR_ARG(sql_ident(l->arena, columns.items[i])));
	buf_c(&b, columns.n > 0 ? ")" : "");
	if (where != NULL)
		buf_printf(&b, "%sWHERE (%.*s)", b.n > 0 ? " " : "", STR_ARG(where->text));
	return buf_text(&b);
}

static void
lower_objects(struct lowering *l, struct payload *p, const List *objects)
{
	const ListCell *cell;

	foreach (cell, objects) {
		const PublicationObjSpec *o = lfirst(cell);
		struct published *t;
		if (o->pubtable == NULL) {
			p->schemas = true;
			*vec_push(l->arena, &p->schema_names) = o->name != NULL ? lower_text(l, o->name) : STR("public");
			continue;
		}
		t = vec_push(l->arena, &p->tables);
		t->name = lower_range_var(l, o->pubtable->relation);
		t->only = !o->pubtable->relation->inh;
		t->part = part_of(l, o->pubtable);
	}
}

static struct payload *
add_op(struct lowering *l, const struct op_kind *kind, const char *name)
{
	struct op *op = lower_add(l, kind);
	struct payload *p = OP_DATA(op, struct payload);

	p->name = lower_text(l, name);
	op->spans[SPAN_NAME] = locate_name(l->statement, l->statement->span, p->name);
	return p;
}

static void
lower_create(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const CreatePublicationStmt *st = node;
	struct payload *p = add_op(l, kind, st->pubname);

	lower_objects(l, p, st->pubobjects);
	p->all_tables = st->for_all_tables;
	p->options = lower_parameters(l, st->options);
}

static void
lower_alter(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const AlterPublicationStmt *st = node;
	struct payload *p = add_op(l, kind, st->pubname);

	lower_objects(l, p, st->pubobjects);
	p->options = lower_parameters(l, st->options);
	p->action = st->options != NIL ? STR("options") : st->action == AP_AddObjects ? STR("add")
	    : st->action == AP_DropObjects ? STR("drop") : STR("set");
}

static void
lower_subscription(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const CreateSubscriptionStmt *st = node;
	struct payload *p = add_op(l, kind, st->subname);

	p->connection = lower_text(l, st->conninfo);
}

static void
lower_alter_subscription(struct lowering *l, const struct op_kind *kind, const void *node)
{
	(void)add_op(l, kind, ((const AlterSubscriptionStmt *)node)->subname);
}

static void
lower_drop_subscription(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const DropSubscriptionStmt *st = node;

	(void)add_op(l, kind, st->subname);
	(*vec_last(&l->script->ops))->if_exists = st->missing_ok;
}

static void
bind(struct op *op, struct catalog *c)
{
	struct payload *p = OP_DATA(op, struct payload);

	for (size_t i = 0; i < p->tables.n; i++)
		p->tables.items[i].relation = catalog_relation(c, p->tables.items[i].name, RELATION_TABLE);
}

/* OpenTableList(): inheritance children, too, but not the partitions of a partitioned table */
static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	const struct payload *p = OP_DATA(op, struct payload);

	(void)f;
	for (size_t i = 0; i < p->tables.n; i++) {
		struct relation *r = p->tables.items[i].relation;
		effects_lock_tree(e, r, SHARE_UPDATE_EXCLUSIVE, p->tables.items[i].only || r->kind == RELATION_PARTITIONED);
	}
}

/* ---- catalog ---- */

/* Members are objects of their table, and so go with it; its children are members, too, but no partitions (OpenTableList). */
static void
set_member(struct catalog *c, struct relation *r, const struct payload *p, const struct published *t, bool in)
{
	if (in)
		catalog_put_object(c, r, "publication", p->name, t->part);
	else
		catalog_remove_object(c, r, "publication", p->name);
	for (size_t i = 0; !t->only && r->kind != RELATION_PARTITIONED && i < r->partitions.n; i++)
		set_member(c, r->partitions.items[i], p, t, in);
}

static struct str
schema_member(struct catalog *c, struct str publication, struct str schema)
{
	return str_printf(c->arena, "%.*s in %.*s", STR_ARG(schema), STR_ARG(publication));
}

static void
set_members(const struct payload *p, struct catalog *c, bool in)
{
	for (size_t i = 0; i < p->tables.n; i++)
		set_member(c, p->tables.items[i].relation, p, &p->tables.items[i], in);
	for (size_t i = 0; i < p->schema_names.n; i++)
		if (in)
			catalog_put_object(c, NULL, "published schema", schema_member(c, p->name, p->schema_names.items[i]), p->name);
		else
			catalog_remove_object(c, NULL, "published schema", schema_member(c, p->name, p->schema_names.items[i]));
}

void
publication_remove_members(struct catalog *c, struct str publication)
{
	for (size_t i = 0; i < c->all.n; i++)
		if (!c->all.items[i]->dropped && catalog_find_object(c, c->all.items[i], "publication", publication) != NULL)
			catalog_remove_object(c, c->all.items[i], "publication", publication);
	for (size_t i = 0; i < c->objects.n; i++) {
		const struct slot *slot = c->objects.entries[i].value;
		const struct object *o = slot->object;
		if (o != NULL && str_is(o->kind, "published schema") && str_eq(o->text, publication))
			catalog_remove_object(c, NULL, "published schema", o->name);
	}
}

/* The publications, by their names. */
static struct str_list
publications(struct catalog *c)
{
	struct str_list names = { 0 };

	for (size_t i = 0; i < c->objects.n; i++) {
		const struct slot *slot = c->objects.entries[i].value;
		const struct object *o = slot->object;
		if (o != NULL && str_is(o->kind, "publication"))
			*vec_push(c->arena, &names) = o->name;
	}
	return names;
}

void
publication_rename_schema(struct catalog *c, struct str schema, struct str name)
{
	struct str_list names = publications(c);

	for (size_t i = 0; i < names.n; i++) {
		struct str member = schema_member(c, names.items[i], schema);
		if (catalog_find_object(c, NULL, "published schema", member) == NULL)
			continue;
		catalog_remove_object(c, NULL, "published schema", member);
		if (name.s != NULL)
			catalog_put_object(c, NULL, "published schema", schema_member(c, names.items[i], name), names.items[i]);
	}
}

/* Objects of the publication whose names end in its own, behind the word. */
static void
rename_parts(struct catalog *c, const char *kind, const char *word, struct str publication, struct str name)
{
	struct str end = str_printf(c->arena, " %s %.*s", word, STR_ARG(publication));
	struct str_list parts = { 0 };

	for (size_t i = 0; i < c->objects.n; i++) {
		const struct slot *slot = c->objects.entries[i].value;
		const struct object *o = slot->object;
		if (o != NULL && str_is(o->kind, kind) && str_ends(o->name, str_c(c->arena, end)))
			*vec_push(c->arena, &parts) = o->name;
	}
	for (size_t i = 0; i < parts.n; i++) {
		struct str part = str_slice(parts.items[i], 0, parts.items[i].n - end.n);
		struct str text = catalog_find_object(c, NULL, kind, parts.items[i])->text;
		catalog_remove_object(c, NULL, kind, parts.items[i]);
		catalog_put_object(c, NULL, kind, str_printf(c->arena, "%.*s %s %.*s", STR_ARG(part), word, STR_ARG(name)),
		    str_eq(text, publication) ? name : text);
	}
}

void
publication_rename(struct catalog *c, struct str publication, struct str name)
{
	for (size_t i = 0; i < c->all.n; i++) {
		struct relation *r = c->all.items[i];
		const struct object *o = r->dropped ? NULL : catalog_find_object(c, r, "publication", publication);
		struct str part = o != NULL ? o->text : STR_NONE;
		if (o == NULL)
			continue;
		catalog_remove_object(c, r, "publication", publication);
		catalog_put_object(c, r, "publication", name, part);
	}
	rename_parts(c, "published schema", "in", publication, name);
	rename_parts(c, "publication option", "of", publication, name);
}

static void
set_options(const struct payload *p, struct catalog *c)
{
	for (size_t i = 0; i < p->options.n; i++)
		catalog_put_object(c, NULL, "publication option", str_printf(c->arena, "%.*s of %.*s", STR_ARG(p->options.items[i].name),
		    STR_ARG(p->name)), p->options.items[i].value);
}

static void
create_apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct payload *p = OP_DATA(op, struct payload);

	(void)session;
	publication_remove_members(c, p->name);
	catalog_put_object(c, NULL, "publication", p->name, p->all_tables ? STR("all tables") : STR(""));
	set_members(p, c, true);
	set_options(p, c);
}

static void
alter_apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct payload *p = OP_DATA(op, struct payload);

	(void)session;
	if (str_is(p->action, "set"))
		publication_remove_members(c, p->name);
	set_members(p, c, !str_is(p->action, "drop"));
	set_options(p, c);
}

static void
create_subscription_apply(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	catalog_put_object(c, NULL, "subscription", OP_DATA(op, struct payload)->name, STR(""));
}

static void
drop_subscription_apply(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	catalog_remove_object(c, NULL, "subscription", OP_DATA(op, struct payload)->name);
}

/* ---- what is refused ---- */

static bool
is_certain_object(const struct object *o)
{
	return o != NULL && !o->born.doubtful;
}

/* CreatePublication() */
static struct str
create_refused(const struct facts *f)
{
	struct str name = OP_DATA(f->op, struct payload)->name;

	if (!is_certain_object(catalog_find_object(f->catalog, NULL, "publication", name)))
		return STR_NONE;
	return str_printf(f->arena, "publication \"%.*s\" already exists", STR_ARG(name));
}

/* publication_add_relation(), PublicationDropTables() */
static struct str
alter_refused(const struct facts *f)
{
	const struct payload *p = OP_DATA(f->op, struct payload);
	bool adds = str_is(p->action, "add"), drops = str_is(p->action, "drop");

	if ((!adds && !drops) || !is_certain_object(catalog_find_object(f->catalog, NULL, "publication", p->name)))
		return STR_NONE;
	for (size_t i = 0; i < p->tables.n; i++) {
		const struct relation *r = p->tables.items[i].relation;
		const struct object *member = catalog_find_object(f->catalog, r, "publication", p->name);
		if (!is_known(r) || f->catalog->unread[REACH_SCHEMA] > 0)
			continue;
		if (adds && is_certain_object(member))
			return str_printf(f->arena, "relation \"%.*s\" is already member of publication \"%.*s\"", STR_ARG(r->name), STR_ARG(p->name));
		if (drops && member == NULL)
			return str_printf(f->arena, "relation \"%.*s\" is not part of the publication", STR_ARG(r->name));
	}
	return STR_NONE;
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
get_tables(const struct facts *f)
{
	struct str all = STR_NONE;

	for (size_t i = 0; i < payload(f)->tables.n; i++)
		all = str_printf(f->arena, "%.*s%s%.*s", STR_ARG(all), i > 0 ? ", " : "",
		    STR_ARG(relation_words(f->arena, f->catalog, payload(f)->tables.items[i].relation)));
	return value_text(all);
}

static struct value
get_all_tables(const struct facts *f)
{
	return value_bool(payload(f)->all_tables);
}

static struct value
get_schemas(const struct facts *f)
{
	return value_bool(payload(f)->schemas);
}

static struct value
get_action(const struct facts *f)
{
	return value_text(payload(f)->action);
}

/* Without one, and without another replica identity, UPDATE and DELETE fail on the publisher. */
static struct value
get_lacks_key(const struct facts *f)
{
	enum tri lacks = NO;

	for (size_t i = 0; i < payload(f)->tables.n; i++) {
		const struct relation *r = payload(f)->tables.items[i].relation;
		lacks = tri_or(lacks, relation_primary_key(r) != NULL ? NO : r->assumed ? UNKNOWN : YES);
	}
	return value_tri(lacks);
}

static struct value
get_has_password(const struct facts *f)
{
	return value_bool(payload(f)->connection.s != NULL &&
	    str_find(payload(f)->connection, STR("password")) != (size_t)-1);
}

#define TABLE_FIELDS \
	{ "publication", FIELD_TEXT, "its name", get_name }, \
	{ "tables", FIELD_TEXT, "the tables that are named, separated by commas; absent: none", get_tables }, \
	{ "lacks_primary_key", FIELD_BOOL, "one of the tables has no primary key", get_lacks_key }, \
	{ "has_schemas", FIELD_BOOL, "TABLES IN SCHEMA", get_schemas }
#define FIELD_END { NULL, FIELD_BOOL, NULL, NULL }

static const struct field create_fields[] = {
	TABLE_FIELDS,
	{ "all_tables", FIELD_BOOL, "FOR ALL TABLES", get_all_tables },
	FIELD_END
};

static const struct field alter_fields[] = {
	TABLE_FIELDS,
	{ "action", FIELD_TEXT, "add, drop, set or options", get_action },
	FIELD_END
};

static const struct field subscription_fields[] = {
	{ "subscription", FIELD_TEXT, "its name", get_name },
	{ "has_password", FIELD_BOOL, "the connection string holds a password", get_has_password },
	FIELD_END
};

#define COMMON .subtype = -1, .size = sizeof(struct payload)

const struct op_kind op_kinds_publication[] = {
	{ .name = "create_publication", .doc = "CREATE PUBLICATION", .node = T_CreatePublicationStmt, COMMON,
	    .fields = create_fields, .lower = lower_create, .bind = bind, .effects = effects, .refused = create_refused, .apply = create_apply },
	{ .name = "alter_publication", .doc = "ALTER PUBLICATION", .node = T_AlterPublicationStmt, COMMON,
	    .fields = alter_fields, .lower = lower_alter, .bind = bind, .effects = effects, .refused = alter_refused, .apply = alter_apply },
	{ .name = "create_subscription", .doc = "CREATE SUBSCRIPTION", .node = T_CreateSubscriptionStmt, COMMON,
	    .fields = subscription_fields, .lower = lower_subscription, .apply = create_subscription_apply },
	{ .name = "alter_subscription", .doc = "ALTER SUBSCRIPTION", .node = T_AlterSubscriptionStmt, COMMON,
	    .fields = subscription_fields, .lower = lower_alter_subscription },
	{ .name = "drop_subscription", .doc = "DROP SUBSCRIPTION", .node = T_DropSubscriptionStmt, COMMON,
	    .fields = subscription_fields, .lower = lower_drop_subscription, .apply = drop_subscription_apply },
	{ .name = NULL }
};
