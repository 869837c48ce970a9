#include <ctype.h>

#include "catalog/spell.h"
#include "op/failure.h"
#include "op/follow.h"
#include "op/meant.h"
#include "op/old_name.h"
#include "op/operators.h"
#include "op/rename.h"
#include "op/routine.h"
#include "op/view_text.h"

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const AlterObjectSchemaStmt *st = node;
	struct op *op;
	struct rename *p;
	struct span keywords;

	l->objtype = (int)st->objectType;
	l->if_exists = st->missing_ok;
	if (st->relation != NULL) {
		kind = op_kind_find(STR("set_schema"));
		l->table = lower_range_var(l, st->relation);
		l->action = locate_rest(l->statement, l->table.span);
	}
	op = lower_add(l, kind);
	p = OP_DATA(op, struct rename);
	p->object = (int)st->objectType;
	p->new_name = lower_text(l, st->newschema);
	p->arguments = lower_argument_types(l, st->object);
	if (st->objectType == OBJECT_AGGREGATE || st->objectType == OBJECT_OPERATOR)
		p->signature = lower_signature(l, st->object);
	if (st->relation == NULL)
		op->target = st->objectType == OBJECT_OPCLASS || st->objectType == OBJECT_OPFAMILY ? lower_class_name(l, st->object)
		    : lower_object_name(l, st->object);
	op->spans[SPAN_TABLE] = op->target.span;
	keywords = locate_keywords(l->statement, op->spans[SPAN_ACTION], "set schema");
	if (keywords.len > 0) {
		op->spans[SPAN_KEYWORD] = keywords;
		op->spans[SPAN_NAME] = locate_name(l->statement, locate_rest(l->statement, keywords), p->new_name);
	}
}

static void
bind_object(struct op *op, struct catalog *c)
{
	int object = OP_DATA(op, struct rename)->object;

	if (object == OBJECT_TYPE || object == OBJECT_DOMAIN)
		op->type = catalog_find_type(c, op->target.schema, op->target.name);
}

/* ---- effects ---- */

/* AlterTableNamespaceInternal(): indexes are moved without a lock of their own, owned sequences are opened */
static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	const struct relation *r = op->table;

	(void)f;
	if (op->noop)
		return;
	effects_lock(e, op->table, ACCESS_EXCLUSIVE);
	for (size_t i = 0; i < r->owned.n; i++)
		if (r->owned.items[i]->owner == r && !r->owned.items[i]->dropped)
			effects_lock(e, r->owned.items[i], ACCESS_EXCLUSIVE);
}

/* ---- catalog ---- */

static void
count_names(struct catalog *c, const struct relation *r, bool up)
{
	for (size_t i = 0; i < r->constraints.n; i++) {
		struct slot *slot = catalog_slot(c, &c->constraint_names, r->schema, r->constraints.items[i]->name);
		if (up || slot->count > 0)
			catalog_set(c, &slot->count, up ? slot->count + 1 : slot->count - 1);
	}
}

static struct str
read_from(struct arena *arena, struct str text, struct str old, struct str name)
{
	static const char *const words[] = { "FROM ", "JOIN ", "INTO ", "UPDATE ", "ONLY " };
	struct buf b = BUF(arena);
	size_t from = 0, at;

	while (old.n > 0 && (at = str_find(str_slice(text, from, text.n), old)) != (size_t)-1) {
		size_t begin = from + at, end = begin + old.n;
		char behind = end < text.n ? text.s[end] : ' ';
		bool reads = false;
		for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
			reads = reads || str_ends(str_slice(text, 0, begin), words[i]);
		reads = reads && !isalnum((unsigned char)behind) && behind != '_' && behind != '.' && behind != '$';
		buf_str(&b, str_slice(text, from, begin));
		buf_str(&b, reads ? name : old);
		from = end;
	}
	buf_str(&b, str_slice(text, from, text.n));
	return buf_text(&b);
}

/* Bodies in standard SQL that read the relation are known by their texts. */
static void
bodies_follow_schema(struct catalog *c, const struct relation *r, struct str schema)
{
	struct buf qualified = BUF(c->arena), name = BUF(c->arena), bare = BUF(c->arena);

	buf_printf(&qualified, "%.*s.%.*s", STR_ARG(sql_ident(c->arena, r->schema)), STR_ARG(sql_ident(c->arena, r->name)));
	spell_name(&bare, c, r->schema, r->name);
	spell_name(&name, c, schema, r->name);
	for (size_t i = 0; i < c->functions.n; i++) {
		const struct function_set *set = ((const struct slot *)c->functions.entries[i].value)->object;
		for (size_t j = 0; set != NULL && j < set->overloads.n; j++) {
			struct function *f = set->overloads.items[j];
			for (size_t k = 0; f->body.s == NULL && !f->dropped && k < f->reads.n; k++)
				if (f->reads.items[k] == r)
					catalog_set(c, &f->definition, read_from(c->arena, read_from(c->arena, f->definition, buf_text(&qualified),
					    buf_text(&name)), buf_text(&bare), buf_text(&name)));
		}
	}
}

void
relation_set_schema(struct catalog *c, struct relation *r, struct str schema)
{
	count_names(c, r, false);
	views_follow_relation(c, r, schema, r->name);
	rows_follow(c, r, schema, r->name);
	if (r->index == NULL) {
		names_follow(c, r, schema, r->name);
		bodies_follow_schema(c, r, schema);
	}
	catalog_rename_relation(c, r, schema, r->name);
	count_names(c, r, true);
}

static bool
is_named(const struct catalog *c, struct type type, const struct typedef_ *t)
{
	return type_known(type) && !type.builtin && catalog_find_type(c, type.schema, type.name) == t;
}

static void
rename_use(struct catalog *c, struct type *type, const struct typedef_ *t, struct str schema, struct str name)
{
	if (!is_named(c, *type, t))
		return;
	catalog_set(c, &type->name, name);
	if (type->schema.n > 0 || !str_eq(t->schema, schema))
		catalog_set(c, &type->schema, schema);
}

static bool
is_row_of(const struct catalog *c, struct type type, const struct relation *r)
{
	const struct typedef_ *t;

	if (!type_known(type) || type.builtin || !str_eq(type.name, r->name))
		return false;
	t = catalog_find_type(c, type.schema, type.name);
	return (t == NULL || t->assumed) && catalog_find_relation(c, (struct name){ type.schema, type.name, { 0, 0 } }) == r;
}

static void
type_follows_row(struct catalog *c, struct type *type, const struct relation *r, struct str schema, struct str name)
{
	if (!is_row_of(c, *type, r))
		return;
	catalog_set(c, &type->name, name);
	catalog_set(c, &type->schema, schema);
}

/* Columns and domains of its row type. */
static void
columns_follow_row(struct catalog *c, const struct relation *r, struct str schema, struct str name)
{
	for (size_t i = 0; i < c->all.n; i++)
		for (size_t j = 0; !c->all.items[i]->dropped && j < c->all.items[i]->columns.n; j++)
			type_follows_row(c, &c->all.items[i]->columns.items[j]->type, r, schema, name);
	for (size_t i = 0; i < c->all_types.n; i++)
		if (!c->all_types.items[i]->dropped && c->all_types.items[i]->kind == TYPE_DOMAIN)
			type_follows_row(c, &c->all_types.items[i]->base, r, schema, name);
}

/* ---- functions ---- */

/* It stands in a list of parameters, or behind RETURNS, as a type does, and not as the name of a parameter. */
static bool
stands_as_type(struct str text, size_t from, size_t to)
{
	char before = from > 0 ? text.s[from - 1] : '(', behind = to < text.n ? text.s[to] : ')';
	struct str head = str_slice(text, 0, from), rest = str_slice(text, to, text.n);
	bool begins = before == ' ' || before == '(' || before == ':', ends = !isalnum((unsigned char)behind) && behind != '_';

	return begins && ends && (behind == ',' || behind == ')' || behind == '[' || str_starts(rest, " = ") || str_ends(head, "RETURNS ") ||
	    str_ends(head, "SETOF "));
}

static struct str
types_renamed(struct arena *arena, struct str text, struct str old, struct str name)
{
	struct buf b = BUF(arena);
	size_t from = 0, end = str_find(text, STR(" AS $")), at;

	if (end == (size_t)-1 || str_find(text, STR(" LANGUAGE ")) < end)
		end = str_find(text, STR(" LANGUAGE "));
	while ((at = str_find(str_slice(text, from, end), old)) != (size_t)-1) {
		buf_str(&b, str_slice(text, from, from + at));
		buf_str(&b, stands_as_type(text, from + at, from + at + old.n) ? name : old);
		from += at + old.n;
	}
	buf_str(&b, str_slice(text, from, text.n));
	return buf_text(&b);
}

static bool
may_name_type(const struct function *f, struct str name)
{
	return str_find(f->arguments, name) != (size_t)-1 || str_find(f->definition, name) != (size_t)-1 ||
	    (f->returns.s != NULL && str_find(f->returns, name) != (size_t)-1);
}

static void
rename_in_functions(struct catalog *c, struct str old, struct str name)
{
	for (size_t i = 0; i < c->functions.n; i++) {
		const struct slot *slot = c->functions.entries[i].value;
		const struct function_set *set = slot->object;
		for (size_t j = 0; set != NULL && j < set->overloads.n; j++) {
			struct function *f = set->overloads.items[j];
			if (f->dropped || !may_name_type(f, old))
				continue;
			catalog_set(c, &f->arguments, types_renamed(c->arena, f->arguments, old, name));
			catalog_set(c, &f->definition, types_renamed(c->arena, f->definition, old, name));
			if (f->returns.s != NULL)
				catalog_set(c, &f->returns, types_renamed(c->arena, f->returns, old, name));
		}
	}
}

/* Functions know the types of their arguments and of their result by the text. */
static void
functions_follow_type(struct catalog *c, struct name old, struct str schema, struct str name)
{
	struct buf qualified = BUF(c->arena), new_name = BUF(c->arena);

	sql_put_ident(&qualified, old.schema);
	buf_char(&qualified, '.');
	sql_put_ident(&qualified, old.name);
	spell_name(&new_name, c, schema, name);
	rename_in_functions(c, buf_text(&qualified), buf_text(&new_name));
	if (str_eq(old.schema, c->default_schema))
		rename_in_functions(c, sql_ident(c->arena, old.name), buf_text(&new_name));
}

void
rows_follow(struct catalog *c, const struct relation *r, struct str schema, struct str name)
{
	if (r->index != NULL || r->kind == RELATION_SEQUENCE)
		return;
	functions_follow_type(c, (struct name){ r->schema, r->name, { 0, 0 } }, schema, name);
	columns_follow_row(c, r, schema, name);
}

void
type_set_name(struct catalog *c, struct typedef_ *t, struct str schema, struct str name)
{
	for (size_t i = 0; i < t->users.n; i++)
		for (size_t j = 0; j < t->users.items[i]->columns.n; j++)
			rename_use(c, &t->users.items[i]->columns.items[j]->type, t, schema, name);
	for (size_t i = 0; i < c->all_types.n; i++)
		if (c->all_types.items[i]->kind == TYPE_DOMAIN)
			rename_use(c, &c->all_types.items[i]->base, t, schema, name);
	functions_follow_type(c, (struct name){ t->schema, t->name, { 0, 0 } }, schema, name);
	exprs_follow(c, EXPR_CAST, (struct name){ t->schema, t->name, { 0, 0 } }, (struct name){ schema, name, { 0, 0 } });
	catalog_rename_type(c, t, schema, name);
}

static size_t
live_overloads(const struct function_set *set)
{
	size_t n = 0;

	for (size_t i = 0; i < set->overloads.n; i++)
		n += !set->overloads.items[i]->dropped;
	return n;
}

void
function_set_name(struct catalog *c, struct name old, struct str arguments, struct str schema, struct str name)
{
	struct function_set *set = catalog_find(c, &c->functions, old.schema, old.name);

	for (size_t i = set == NULL ? 0 : set->overloads.n; i-- > 0;) {
		struct function *f = set->overloads.items[i], *moved;
		struct birth born;
		if (f->dropped || (arguments.s != NULL && !function_takes(c, f, arguments)))
			continue;
		catalog_settle(c);
		if (live_overloads(set) > 1)
			exprs_follow_overload(c, f, (struct name){ schema.s != NULL ? schema : f->schema, name, { 0, 0 } });
		body_follows_name(c, f, name);
		catalog_remove(c, &set->overloads, i);
		catalog_touch(c, TOUCHED_FUNCTION, f->schema, f->name, false);
		moved = catalog_add_function(c, schema.s != NULL ? schema : f->schema, name, f->arguments, f->volatility);
		born = moved->born;
		schema = moved->schema;
		*moved = *f;
		moved->schema = schema;
		moved->name = name;
		moved->born = born;
		if (live_overloads(set) == 0)
			exprs_follow(c, EXPR_FUNCTION, (struct name){ f->schema, f->name, { 0, 0 } }, (struct name){ schema, name, { 0, 0 } });
		catalog_move_remarks(c, &f->dropped, &moved->dropped);
		if (f->arguments.n == 0)
			catalog_rename_in_triggers(c, (struct name){ f->schema, f->name, { 0, 0 } }, (struct name){ schema, name, { 0, 0 } });
	}
}

static void
apply(struct op *op, struct catalog *c, struct session *session)
{
	struct str schema = OP_DATA(op, struct rename)->new_name;
	struct relation *r = op->table;

	(void)session;
	if (op->noop)
		return;
	relation_set_schema(c, r, schema);
	for (size_t i = 0; i < r->indexes.n; i++)
		relation_set_schema(c, r->indexes.items[i], schema);
	for (size_t i = 0; i < r->owned.n; i++)
		if (r->owned.items[i]->owner == r && !r->owned.items[i]->dropped)
			relation_set_schema(c, r->owned.items[i], schema);
	catalog_set(c, &r->replaced.place, ((struct place){ op->statement->source, op->spans[SPAN_NAME] }));
}

static void
move_type(struct op *op, struct catalog *c, struct str schema)
{
	struct relation *r = catalog_find_relation(c, (struct name){ op->type->schema, op->type->name, { 0, 0 } });

	if (r != NULL && r->kind == RELATION_COMPOSITE)
		relation_set_schema(c, r, schema);
	if (op->type->kind == TYPE_RANGE && op->type->multirange_schema.n == 0)
		catalog_set(c, &op->type->multirange_schema, op->type->schema);
	type_set_name(c, op->type, schema, op->type->name);
}

static void
move_statistics(const struct op *op, struct catalog *c, struct str schema)
{
	struct object *there = catalog_find_statistics(c, op->target);

	if (there != NULL)
		catalog_move_statistics(c, there, schema, there->label);
}

static void
move_object(const struct op *op, struct catalog *c, const struct rename *p)
{
	struct object *there = renamed_object(op, c);

	if (there != NULL && !str_eq(there->schema, p->new_name))
		object_set_name(c, p->object, there, p->new_name, op->target.name, op->target.name);
}

static bool
is_routine(int object)
{
	return object == OBJECT_FUNCTION || object == OBJECT_PROCEDURE || object == OBJECT_ROUTINE;
}

static void
apply_object(struct op *op, struct catalog *c, struct session *session)
{
	const struct rename *p = OP_DATA(op, struct rename);

	(void)session;
	if (op->type != NULL)
		move_type(op, c, p->new_name);
	else if (p->object == OBJECT_STATISTIC_EXT)
		move_statistics(op, c, p->new_name);
	else if (is_routine(p->object))
		routine_set_name(c, &(struct routine){ p->object, op->target, p->arguments }, p->new_name, op->target.name);
	else if (object_kind_has_schema(object_type_word(p->object)))
		move_object(op, c, p);
}

/* ---- facts ---- */

const char *
object_type_word(int objtype)
{
	static const char *const words[] = {
		[OBJECT_ACCESS_METHOD] = "access method", [OBJECT_AGGREGATE] = "aggregate", [OBJECT_CAST] = "cast", [OBJECT_COLLATION] = "collation", [OBJECT_CONVERSION] = "conversion",
		[OBJECT_DATABASE] = "database", [OBJECT_DOMAIN] = "domain", [OBJECT_DOMCONSTRAINT] = "domain constraint",
		[OBJECT_EVENT_TRIGGER] = "event trigger", [OBJECT_EXTENSION] = "extension",
		[OBJECT_FDW] = "foreign data wrapper", [OBJECT_FOREIGN_SERVER] = "server",
		[OBJECT_FOREIGN_TABLE] = "foreign table", [OBJECT_FUNCTION] = "function", [OBJECT_LANGUAGE] = "language",
		[OBJECT_MATVIEW] = "materialized view", [OBJECT_OPCLASS] = "operator class", [OBJECT_OPERATOR] = "operator",
		[OBJECT_OPFAMILY] = "operator family", [OBJECT_POLICY] = "policy", [OBJECT_PROCEDURE] = "procedure",
		[OBJECT_PUBLICATION] = "publication", [OBJECT_ROLE] = "role", [OBJECT_ROUTINE] = "routine",
		[OBJECT_RULE] = "rule", [OBJECT_SEQUENCE] = "sequence", [OBJECT_STATISTIC_EXT] = "statistics object",
		[OBJECT_SUBSCRIPTION] = "subscription", [OBJECT_TABLE] = "table", [OBJECT_TABLESPACE] = "tablespace",
		[OBJECT_TRIGGER] = "trigger", [OBJECT_TSCONFIGURATION] = "text search configuration",
		[OBJECT_TSDICTIONARY] = "text search dictionary", [OBJECT_TSPARSER] = "text search parser",
		[OBJECT_TSTEMPLATE] = "text search template", [OBJECT_TYPE] = "type", [OBJECT_VIEW] = "view",
	};
	size_t i = (size_t)objtype;

	return objtype >= 0 && i < sizeof words / sizeof words[0] && words[i] != NULL ? words[i] : "object";
}

int
object_type_called(struct str word)
{
	for (int i = 0; i <= OBJECT_VIEW; i++)
		if (str_is(word, object_type_word(i)))
			return i;
	return -1;
}

/* An extension may have made the schema. */
static bool
is_missing(const struct catalog *c, struct str schema)
{
	const struct name name = { STR(""), schema, { 0, 0 } };

	return catalog_slot_object(&c->schemas, STR(""), schema) == NULL && !str_eq(schema, c->default_schema) && !has_extensions(c) &&
	    !str_is(schema, "information_schema") && catalog_knows_name(c, &c->schemas, name);
}

struct str
schema_missing(const struct facts *f, struct str schema)
{
	return schema.s == NULL || !is_missing(f->catalog, schema) ? STR_NONE : str_printf(f->arena, "schema \"%.*s\" does not exist", STR_ARG(schema));
}

struct str
array_type_taken(const struct facts *f, struct str schema, struct str name, struct str to)
{
	struct str array = str_printf(f->arena, "_%.*s", STR_ARG(name));
	const struct catalog *c = f->catalog;
	const struct typedef_ *there = catalog_slot_object(&c->types, to, array);
	const struct relation *row = catalog_slot_object(&c->relations, to, array);
	bool plain = catalog_slot_object(&c->types, schema, array) == NULL && catalog_slot_object(&c->relations, schema, array) == NULL;
	bool taken = (there != NULL && !there->assumed && !there->born.doubtful) || (is_known(row) && row->index == NULL && row->kind != RELATION_SEQUENCE);

	return !plain || !taken ? STR_NONE : str_printf(f->arena, "type \"%.*s\" already exists in schema \"%.*s\"", STR_ARG(array), STR_ARG(to));
}

static struct str
object_refused(const struct facts *f, struct str schema)
{
	const struct rename *p = OP_DATA(f->op, struct rename);
	const struct object *o = renamed_object(f->op, f->catalog);

	if (o == NULL)
		return object_missing(f, p->object, f->op->target, object_key(f->arena, p->object, f->op->target.name, p->signature));
	return o->schema.s == NULL || str_eq(o->schema, schema) ? STR_NONE : object_name_taken(f, o, schema, o->label);
}

static struct str
routine_refused(const struct facts *f, struct str schema)
{
	const struct rename *p = OP_DATA(f->op, struct rename);
	const struct routine r = { p->object, f->op->target, p->arguments };
	struct str missing = routine_missing(f, &r);

	return missing.s != NULL ? missing : routine_name_taken(f, &r, schema, f->op->target.name);
}

/* AlterObjectNamespace_internal(), AlterTypeNamespaceInternal() */
static struct str
refused(const struct facts *f)
{
	struct str schema = OP_DATA(f->op, struct rename)->new_name;
	const struct typedef_ *t = f->op->type, *there;
	const struct relation *row;

	if (schema_missing(f, schema).s != NULL)
		return schema_missing(f, schema);
	if (object_kind_has_schema(object_type_word(OP_DATA(f->op, struct rename)->object)))
		return object_refused(f, schema);
	if (OP_DATA(f->op, struct rename)->object == OBJECT_STATISTIC_EXT)
		return statistics_name_taken(f, schema, f->op->target.name);
	if (is_routine(OP_DATA(f->op, struct rename)->object))
		return routine_refused(f, schema);
	if (t == NULL || str_eq(t->schema, schema))
		return STR_NONE;
	if (!t->assumed && t->named.statement == 0 && array_type_taken(f, t->schema, t->name, schema).s != NULL)
		return array_type_taken(f, t->schema, t->name, schema);
	row = catalog_slot_object(&f->catalog->relations, schema, t->name);
	if (!t->assumed && is_known(row) && (t->kind == TYPE_COMPOSITE || (row->index == NULL && row->kind != RELATION_SEQUENCE)))
		return str_printf(f->arena, "%s \"%.*s\" already exists in schema \"%.*s\"", t->kind == TYPE_COMPOSITE ? "relation" : "type",
		    STR_ARG(t->name), STR_ARG(schema));
	there = catalog_slot_object(&f->catalog->types, schema, t->name);
	return there == NULL || there->assumed ? STR_NONE
	    : str_printf(f->arena, "type \"%.*s\" already exists in schema \"%.*s\"", STR_ARG(t->name), STR_ARG(schema));
}

static struct value
get_object(const struct facts *f)
{
	return value_text(op_target_words(f->arena, f->op));
}

static struct value
get_object_kind(const struct facts *f)
{
	return value_text(str_of(object_type_word(OP_DATA(f->op, struct rename)->object)));
}

static struct value
get_if_exists(const struct facts *f)
{
	return value_bool(f->op->if_exists);
}

static struct value
get_new_relation(const struct facts *f)
{
	struct relation moved;

	if (f->op->table == NULL)
		return value_absent();
	moved = *f->op->table;
	moved.schema = OP_DATA(f->op, struct rename)->new_name;
	return value_text(relation_words(f->arena, f->catalog, &moved));
}

static struct value
get_keeping_old_name(const struct facts *f)
{
	struct str action = str_printf(f->arena, "SET SCHEMA %.*s", STR_ARG(get_rename_new_name(f).text));

	return f->op->table == NULL ? value_absent()
	    : value_text(keeping_old_name(f, action));
}

#define COMMON \
	{ "object", FIELD_TEXT, "the object's name as written", get_object }, \
	{ "object_kind", FIELD_TEXT, "what is moved: table, view, type, function ...", get_object_kind }, \
	{ "new_schema", FIELD_TEXT, "the schema it goes to", get_rename_new_name }, \
	{ "if_exists", FIELD_BOOL, "IF EXISTS is given", get_if_exists }, \
	{ "view_follows", FIELD_BOOL, "a later statement of the file creates a view of the old name", get_rename_view_follows }

static const struct field fields[] = { COMMON, { NULL, FIELD_BOOL, NULL, NULL } };

static const struct field relation_fields[] = {
	COMMON,
	{ "name_is_new", FIELD_BOOL, "it was given the name, or moved to the schema, that it has before by this migration, or by another of the changed files", get_rename_name_is_new },
	{ "name_returns", FIELD_BOOL, "a later statement of the file creates a view or table of the old name, or gives it to another one",
	    get_rename_name_returns },
	{ "new_relation", FIELD_TEXT, "the name it has then, with its schema when that is not the default one", get_new_relation },
	{ "keeping_old_name", FIELD_TEXT, "for advice: the statement, and a view where it was, of what later statements of the file neither drop nor give another type; comments where row level security forbids it",
	    get_keeping_old_name },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_set_schema[] = {
	{ .name = "set_schema", .doc = "ALTER TABLE ... SET SCHEMA, also of views, materialized views, sequences, foreign tables",
	    .node = T_AlterObjectSchemaStmt, .subtype = OBJECT_TABLE, .has = HAS_TABLE, .size = sizeof(struct rename),
	    .fields = relation_fields, .lower = lower, .bind = bind_renamed, .effects = effects, .refused = refused, .apply = apply },
	{ .name = "set_object_schema", .doc = "ALTER ... SET SCHEMA of what is no relation", .node = T_AlterObjectSchemaStmt,
	    .subtype = -1, .has = HAS_TYPE, .size = sizeof(struct rename), .fields = fields, .lower = lower,
	    .bind = bind_object, .refused = refused, .apply = apply_object },
	{ .name = NULL }
};
