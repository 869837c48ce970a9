#include <stddef.h>
#include <string.h>

#include "op/failure.h"
#include "op/foreign.h"
#include "op/meant.h"
#include "op/rename.h"
#include "op/routine.h"
#include "sql/deparse.h"

/* Objects of the database, or of the whole cluster, that lock no relation a user has. */

struct payload {
	struct str name;
	struct str kind;                /* of a DefineStmt or AlterOwnerStmt */
	struct str owner;
	struct str schema, version;     /* of an extension; the schema also of what gets an owner */
	struct str arguments;           /* of a function that gets an owner */
	struct str key;                 /* what tells it apart from others of its kind in its schema */
	struct str home;                /* the schema of its name; STR_NONE: not given */
	const char *created;            /* what the statement creates: "extension"; NULL: nothing that is followed */
	struct str definition;
	struct foreign_object foreign;
	struct str new_version;         /* ALTER SERVER ... VERSION; STR_NONE: VERSION NULL */
	bool has_version;
	struct wrapper_function handler, validator;     /* ALTER FOREIGN DATA WRAPPER */
	bool if_exists, if_not_exists, cascade;
	bool password, superuser, bypass_rls, login;
};

/* Where a parse node keeps what we want; 0: it has none (there, every node has its tag). */
struct shape {
	int node;
	size_t name;                    /* char * */
	size_t names;                   /* List * of String */
	size_t role;                    /* RoleSpec * */
	size_t options;                 /* List * of DefElem */
	size_t missing_ok, if_not_exists;       /* bool */
	ObjectType object;              /* what it creates; 0: nothing (or a DefineStmt, which tells) */
};

#define AT(type, member) offsetof(type, member)

static const struct shape shapes[] = {
	{ T_CreateExtensionStmt, .object = OBJECT_EXTENSION, .name = AT(CreateExtensionStmt, extname), .options = AT(CreateExtensionStmt, options),
	    .if_not_exists = AT(CreateExtensionStmt, if_not_exists) },
	{ T_AlterExtensionStmt, .name = AT(AlterExtensionStmt, extname), .options = AT(AlterExtensionStmt, options) },
	{ T_AlterExtensionContentsStmt, .name = AT(AlterExtensionContentsStmt, extname) },
	{ T_CreatedbStmt, .object = OBJECT_DATABASE, .name = AT(CreatedbStmt, dbname), .options = AT(CreatedbStmt, options) },
	{ T_AlterDatabaseStmt, .name = AT(AlterDatabaseStmt, dbname), .options = AT(AlterDatabaseStmt, options) },
	{ T_DropdbStmt, .name = AT(DropdbStmt, dbname), .options = AT(DropdbStmt, options), .missing_ok = AT(DropdbStmt, missing_ok) },
	{ T_CreateTableSpaceStmt, .object = OBJECT_TABLESPACE, .name = AT(CreateTableSpaceStmt, tablespacename), .options = AT(CreateTableSpaceStmt, options) },
	{ T_AlterTableSpaceOptionsStmt, .name = AT(AlterTableSpaceOptionsStmt, tablespacename),
	    .options = AT(AlterTableSpaceOptionsStmt, options) },
	{ T_DropTableSpaceStmt, .name = AT(DropTableSpaceStmt, tablespacename), .missing_ok = AT(DropTableSpaceStmt, missing_ok) },
	{ T_AlterTableMoveAllStmt, .name = AT(AlterTableMoveAllStmt, orig_tablespacename) },
	{ T_CreateRoleStmt, .object = OBJECT_ROLE, .name = AT(CreateRoleStmt, role), .options = AT(CreateRoleStmt, options) },
	{ T_AlterRoleStmt, .role = AT(AlterRoleStmt, role), .options = AT(AlterRoleStmt, options) },
	{ T_CreateEventTrigStmt, .object = OBJECT_EVENT_TRIGGER, .name = AT(CreateEventTrigStmt, trigname) },
	{ T_AlterEventTrigStmt, .name = AT(AlterEventTrigStmt, trigname) },
	{ T_CreatePLangStmt, .object = OBJECT_LANGUAGE, .name = AT(CreatePLangStmt, plname) },
	{ T_CreateConversionStmt, .object = OBJECT_CONVERSION, .names = AT(CreateConversionStmt, conversion_name) },
	{ T_CreateOpClassStmt, .object = OBJECT_OPCLASS, .names = AT(CreateOpClassStmt, opclassname) },
	{ T_CreateOpFamilyStmt, .object = OBJECT_OPFAMILY, .names = AT(CreateOpFamilyStmt, opfamilyname) },
	{ T_AlterOpFamilyStmt, .names = AT(AlterOpFamilyStmt, opfamilyname) },
	{ T_CreateAmStmt, .object = OBJECT_ACCESS_METHOD, .name = AT(CreateAmStmt, amname) },
	{ T_AlterCollationStmt, .names = AT(AlterCollationStmt, collname) },
	{ T_AlterTSConfigurationStmt, .names = AT(AlterTSConfigurationStmt, cfgname) },
	{ T_AlterTSDictionaryStmt, .names = AT(AlterTSDictionaryStmt, dictname), .options = AT(AlterTSDictionaryStmt, options) },
	{ T_CreateFdwStmt, .object = OBJECT_FDW, .name = AT(CreateFdwStmt, fdwname), .options = AT(CreateFdwStmt, options) },
	{ T_AlterFdwStmt, .name = AT(AlterFdwStmt, fdwname), .options = AT(AlterFdwStmt, options) },
	{ T_CreateForeignServerStmt, .object = OBJECT_FOREIGN_SERVER, .name = AT(CreateForeignServerStmt, servername),
	    .options = AT(CreateForeignServerStmt, options), .if_not_exists = AT(CreateForeignServerStmt, if_not_exists) },
	{ T_AlterForeignServerStmt, .name = AT(AlterForeignServerStmt, servername), .options = AT(AlterForeignServerStmt, options) },
	{ T_CreateUserMappingStmt, .name = AT(CreateUserMappingStmt, servername), .options = AT(CreateUserMappingStmt, options),
	    .if_not_exists = AT(CreateUserMappingStmt, if_not_exists) },
	{ T_AlterUserMappingStmt, .name = AT(AlterUserMappingStmt, servername), .options = AT(AlterUserMappingStmt, options) },
	{ T_DropUserMappingStmt, .name = AT(DropUserMappingStmt, servername), .missing_ok = AT(DropUserMappingStmt, missing_ok) },
	{ T_ImportForeignSchemaStmt, .name = AT(ImportForeignSchemaStmt, server_name) },
	{ T_DefineStmt, .names = AT(DefineStmt, defnames), .if_not_exists = AT(DefineStmt, if_not_exists) },
};

static const struct shape *
shape_of(const Node *node)
{
	for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
		if (shapes[i].node == (int)nodeTag(node))
			return &shapes[i];
	return NULL;
}

static const void *
member(const void *node, size_t offset)
{
	const void *value = NULL;

	if (offset != 0)
		memcpy(&value, (const char *)node + offset, sizeof value);
	return value;
}

static bool
flag(const void *node, size_t offset)
{
	return offset != 0 && *((const bool *)node + offset / sizeof(bool));
}

/* ---- lowering ---- */

/* In the file stands what the runner replaces: '${password}', :'password', '{{ .Password }}'. */
static bool
is_placeholder(const struct lowering *l, const DefElem *option)
{
	const struct statement *st = l->statement;
	uint32_t from = lower_offset(l, option->location);

	for (size_t i = 0; i < st->ntokens; i++) {
		struct place at = { st->source, { st->tokens[i].off, st->tokens[i].len } };
		struct str text = source_text(at.source, at.span);
		if (at.span.off < from || text.n == 0 || text.s[text.n - 1] != '\'')
			continue;
		at = place_in_file(at);
		text = source_text(at.source, at.span);
		return str_find(text, STR("${")) != (size_t)-1 || str_find(text, STR("{{")) != (size_t)-1 ||
		    (at.span.off > 0 && at.source->text.s[at.span.off - 1] == ':');
	}
	return false;
}

static void
lower_options(struct lowering *l, struct payload *p, const List *options)
{
	const DefElem *password = lower_option(options, "password");

	/* PASSWORD NULL takes it away */
	p->password = password != NULL && password->arg != NULL && !is_placeholder(l, password);
	p->superuser = lower_option_true(options, "superuser", false);
	p->bypass_rls = lower_option_true(options, "bypassrls", false);
	p->login = lower_option_true(options, "canlogin", false);
	p->cascade = lower_option_true(options, "cascade", false);
	p->schema = lower_def_text(l, lower_option(options, "schema"));
	p->version = lower_def_text(l, lower_option(options, "new_version"));
}

static struct op *
add_op(struct lowering *l, const struct op_kind *kind, const struct payload *p)
{
	struct op *op = lower_add(l, kind);

	*OP_DATA(op, struct payload) = *p;
	op->if_exists = p->if_exists;
	op->if_not_exists = p->if_not_exists;
	op->cascade = p->cascade;
	if (p->name.s != NULL)
		op->spans[SPAN_NAME] = locate_name(l->statement, l->statement->span, p->name);
	return op;
}

static struct str
operand(struct lowering *l, const List *definition, const char *name)
{
	const DefElem *e = lower_option(definition, name);

	return e == NULL || e->arg == NULL || !IsA(e->arg, TypeName) ? STR("NONE") : lower_argument_type(l, (const TypeName *)e->arg);
}

/* The arguments of an aggregate are a list of parameters, and how many of them are direct. */
static struct str
aggregate_arguments(struct lowering *l, const DefineStmt *st)
{
	const DefElem *base = st->oldstyle ? lower_option(st->definition, "basetype") : NULL;
	const List *args = st->args != NIL && linitial(st->args) != NULL && IsA(linitial(st->args), List) ? linitial(st->args) : NIL;
	struct str all = STR("");
	const ListCell *cell;

	if (base != NULL && base->arg != NULL && IsA(base->arg, TypeName) && !str_is_nocase(lower_text(l, strVal(llast(((const TypeName *)base->arg)->names))), "any"))
		return lower_argument_type(l, (const TypeName *)base->arg);
	foreach (cell, args)
		all = str_printf(l->arena, "%.*s%s%.*s", STR_ARG(all), all.n > 0 ? ", " : "",
		    STR_ARG(lower_argument_type(l, ((const FunctionParameter *)lfirst(cell))->argType)));
	return all;
}

static struct str
name_with_arguments(struct lowering *l, struct str name, const DefineStmt *st)
{
	struct str arguments = st->kind == OBJECT_AGGREGATE ? aggregate_arguments(l, st)
	    : st->kind == OBJECT_OPERATOR ? str_printf(l->arena, "%.*s, %.*s", STR_ARG(operand(l, st->definition, "leftarg")),
	    STR_ARG(operand(l, st->definition, "rightarg"))) : STR("");

	return object_key(l->arena, (int)st->kind, name, arguments);
}

static void
lower_creation(struct lowering *l, struct payload *p, const struct shape *s, const void *node)
{
	ObjectType object = IsA(node, DefineStmt) ? ((const DefineStmt *)node)->kind : s->object;

	if (object == 0 || object == OBJECT_TYPE)
		return;
	p->created = object_type_word((int)object);
	p->key = IsA(node, DefineStmt) ? name_with_arguments(l, p->name, node) : p->name;
	p->definition = p->foreign.text.s != NULL ? p->foreign.text : object != OBJECT_EXTENSION ? sql_deparse(l->arena, node) : p->schema.s != NULL ? p->schema : STR("");
}

static void
lower_drop_roles(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const DropRoleStmt *st = node;
	const ListCell *cell;

	foreach (cell, st->roles) {
		const RoleSpec *role = lfirst(cell);
		struct payload p = { .if_exists = st->missing_ok, .name = role->rolename != NULL ? lower_text(l, role->rolename) : STR_NONE };
		(void)add_op(l, kind, &p);
	}
}

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const struct shape *s = shape_of(node);
	const RoleSpec *role = member(node, s->role);
	struct payload p = { .if_exists = flag(node, s->missing_ok), .if_not_exists = flag(node, s->if_not_exists) };

	p.name = lower_text(l, member(node, s->name));
	if (s->names != 0)
		names_from_list(l->arena, member(node, s->names), &p.home, &p.name);
	if (role != NULL)
		p.name = lower_text(l, role->rolename);
	lower_options(l, &p, member(node, s->options));
	p.foreign = lower_foreign_object(l, node);
	if (IsA(node, AlterForeignServerStmt)) {
		p.new_version = lower_text(l, ((const AlterForeignServerStmt *)node)->version);
		p.has_version = ((const AlterForeignServerStmt *)node)->has_version;
	}
	if (IsA(node, AlterFdwStmt)) {
		p.handler = lower_wrapper_function(l, node, "handler");
		p.validator = lower_wrapper_function(l, node, "validator");
	}
	lower_creation(l, &p, s, node);
	if (IsA(node, AlterOpFamilyStmt))
		p.definition = sql_deparse(l->arena, node);
	(void)add_op(l, kind, &p);
}

static void
lower_cast(struct lowering *l, struct payload *p, const void *node)
{
	const CreateCastStmt *st = node;
	List types = *list_make2(st->sourcetype, st->targettype);

	p->created = object_type_word(OBJECT_CAST);
	p->key = lower_cast_types(l, (const Node *)&types);
	p->definition = sql_deparse(l->arena, node);
}

static void
lower_plain(struct lowering *l, const struct op_kind *kind, const void *node)
{
	struct payload p = { .name = STR_NONE };

	if (IsA(node, CreateCastStmt))
		lower_cast(l, &p, node);
	else if (IsA(node, AlterSystemStmt))
		p.name = lower_text(l, ((const AlterSystemStmt *)node)->setstmt->name);
	(void)add_op(l, kind, &p);
}

static struct str
object_word(ObjectType type)
{
	switch (type) {
	case OBJECT_AGGREGATE: return STR("aggregate");
	case OBJECT_DATABASE: return STR("database");
	case OBJECT_DOMAIN: return STR("domain");
	case OBJECT_FUNCTION: return STR("function");
	case OBJECT_PROCEDURE: return STR("procedure");
	case OBJECT_PUBLICATION: return STR("publication");
	case OBJECT_ROUTINE: return STR("routine");
	case OBJECT_SCHEMA: return STR("schema");
	case OBJECT_SUBSCRIPTION: return STR("subscription");
	case OBJECT_TABLESPACE: return STR("tablespace");
	case OBJECT_TYPE: return STR("type");
	default: return STR("other");
	}
}

static bool
is_function(const struct payload *p)
{
	return routine_objtype(p->kind) != 0;
}

static void
lower_owner(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const AlterOwnerStmt *st = node;
	struct payload p = { .kind = object_word(st->objectType), .owner = lower_role(l, st->newowner) };
	struct op *op;

	if (IsA(st->object, String))
		p.name = lower_text(l, strVal(st->object));
	else if (IsA(st->object, List))
		names_from_list(l->arena, st->object, &p.schema, &p.name);
	else if (IsA(st->object, ObjectWithArgs))
		names_from_list(l->arena, ((const ObjectWithArgs *)st->object)->objname, &p.schema, &p.name);
	if (is_function(&p))
		p.arguments = lower_argument_types(l, st->object);
	op = add_op(l, kind, &p);
	if (st->objectType == OBJECT_TYPE)
		op->target = (struct name){ p.schema, p.name, op->spans[SPAN_NAME] };
}

/* ---- effects ---- */

/* ALTER ... ALL IN TABLESPACE: whatever is there. */
static void
unknown_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	(void)op;
	(void)f;
	e->all_unknown = true;
}

/* AlterTypeOwner(): a composite type is a relation */
static void
bind_owner(struct op *op, struct catalog *c)
{
	struct relation *r = op->target.name.s == NULL ? NULL : catalog_find_relation(c, op->target);

	if (r != NULL && r->kind == RELATION_COMPOSITE)
		op->table = r;
}

/* CASCADE: the extensions that it needs */
static void
add_needed(struct catalog *c, struct str extension, struct str schema)
{
	struct str words = extension_parts(extension, EXTENSION_NEEDS), word;

	while (str_cut(&words, ' ', &word))
		if (catalog_find_object(c, NULL, "extension", word) == NULL)
			catalog_put_object(c, NULL, "extension", word, schema);
}

static void
give_functions(struct catalog *c, const struct payload *p)
{
	const struct function_set *set = catalog_functions(c, p->schema, p->name);

	for (size_t i = 0; set != NULL && i < set->overloads.n; i++)
		if (!set->overloads.items[i]->dropped && (p->arguments.s == NULL || function_takes(c, set->overloads.items[i], p->arguments)))
			catalog_set(c, &set->overloads.items[i]->owner, catalog_role(c, p->owner));
	catalog_mark_functions(c, p->schema, p->name);
}

static void
owner_apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct payload *p = OP_DATA(op, struct payload);
	struct schema *s = str_is(p->kind, "schema") ? catalog_slot_object(&c->schemas, STR(""), p->name) : NULL;
	struct typedef_ *t = str_is(p->kind, "type") || str_is(p->kind, "domain") ? catalog_find_type(c, p->schema, p->name) : NULL;

	(void)session;
	if (is_function(p))
		give_functions(c, p);
	if (s != NULL)
		catalog_set(c, &s->owner, catalog_role(c, p->owner));
	if (t != NULL && !t->assumed)
		catalog_set(c, &t->owner, catalog_role(c, p->owner));
}

bool
owner_op_names(const struct op *op, const struct op *dropped)
{
	struct op named = *op;

	if (!is_kind(op, "change_object_owner") || !is_function(OP_DATA(op, struct payload)))
		return false;
	named.target = (struct name){ .schema = OP_DATA(op, struct payload)->schema, .name = OP_DATA(op, struct payload)->name };
	return op_names_same(&named, dropped);
}

static void
bind_database(struct op *op, struct catalog *c)
{
	op->may_be_missing = op->if_exists &&
	    catalog_find_object(c, NULL, object_type_word(OBJECT_DATABASE), OP_DATA(op, struct payload)->name) == NULL;
}

/* DROP DATABASE, TABLESPACE, ROLE */
static void
drop_shared_apply(struct op *op, struct catalog *c, struct session *session)
{
	const char *word = op->kind->name + strlen("drop_");
	struct str name = OP_DATA(op, struct payload)->name;

	(void)session;
	if (name.s != NULL && catalog_find_object(c, NULL, word, name) != NULL)
		catalog_remove_object(c, NULL, word, name);
}

/* A user mapping has no type of object. */
static void
foreign_apply(struct op *op, struct catalog *c)
{
	const struct payload *p = OP_DATA(op, struct payload);
	const struct foreign_object *o = &p->foreign;
	struct str of = o->kind == NULL ? STR_NONE : foreign_words(c->arena, o->kind, o->key);
	bool there = o->kind != NULL && catalog_find_object(c, NULL, o->kind, o->key) != NULL;

	if (o->kind == NULL || (there && op->if_not_exists))
		return;
	if (o->text.s != NULL)
		catalog_put_object(c, NULL, o->kind, o->key, o->text);
	if (o->text.s != NULL || there)
		foreign_options_set(c, NULL, of, &o->options);
	if (p->handler.given || p->validator.given)
		foreign_wrapper_set_functions(c, o->key, &p->handler, &p->validator);
	if (p->has_version)
		foreign_server_set_version(c, o->key, p->new_version);
}

/* DROP USER MAPPING */
static void
drop_mapping_apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct foreign_object *o = &OP_DATA(op, struct payload)->foreign;

	(void)session;
	foreign_object_renamed(c, o->kind, o->key, STR_NONE);
	catalog_remove_object(c, NULL, o->kind, o->key);
}

/* ALTER OPERATOR FAMILY stands behind what made it; a class without FAMILY has one of its name. */
static void
family_apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct payload *p = OP_DATA(op, struct payload);
	struct object *o = catalog_find_object(c, NULL, "operator family", catalog_name_in_schema(c, "operator family", p->home, p->name));

	(void)session;
	if (o == NULL)
		o = catalog_find_object(c, NULL, "operator class", catalog_name_in_schema(c, "operator class", p->home, p->name));
	if (o != NULL && o->text.n > 0 && p->definition.n > 0)
		catalog_set(c, &o->text, str_printf(c->arena, "%.*s;\n%.*s", STR_ARG(o->text), STR_ARG(p->definition)));
}

/* In the schema of its name, or where new objects go; the text has that, too. */
static void
create_in_schema(const struct op *op, struct catalog *c, const struct payload *p)
{
	struct str schema = catalog_target_schema(c, (struct name){ p->home, p->name, { 0, 0 } });

	if (strcmp(p->created, "operator") == 0)
		catalog_settle(c);
	/* OperatorShellMake() */
	if (str_find(p->definition, STR("commutator")) != (size_t)-1 || str_find(p->definition, STR("negator")) != (size_t)-1)
		catalog_set(c, &c->shell_operators, true);
	if (op->if_not_exists && catalog_find_object(c, NULL, p->created, catalog_name_in_schema(c, p->created, schema, p->key)) != NULL)
		return;
	catalog_put_object_in(c, p->created, schema, p->key, p->home.s != NULL ? p->definition
	    : object_text_moved(c, p->created, p->definition, schema, p->name, schema, p->name));
}

static void
apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct payload *p = OP_DATA(op, struct payload);

	(void)session;
	foreign_apply(op, c);
	if (p->foreign.kind != NULL || p->created == NULL || p->key.s == NULL)
		return;
	if (object_kind_has_schema(p->created)) {
		create_in_schema(op, c, p);
		return;
	}
	if (!op->if_not_exists || catalog_find_object(c, NULL, p->created, p->key) == NULL)
		catalog_put_object(c, NULL, p->created, p->key, p->definition);
	if (op->cascade && str_is(str_of(p->created), "extension"))
		add_needed(c, p->name, p->definition);
}

static bool
is_settled_object(const struct facts *f, const struct object *o)
{
	return o != NULL && !o->born.doubtful && !catalog_unread_since(f->catalog, o->born, REACH_SCHEMA);
}

/* AggregateCreate(), CollationCreate(), OperatorCreate() ...; two access methods may each have a class of one name. */
static struct str
created_again(const struct facts *f, const struct payload *p)
{
	struct str schema = catalog_target_schema(f->catalog, (struct name){ p->home, p->name, { 0, 0 } });
	const struct object *there = catalog_find_object(f->catalog, NULL, p->created, catalog_name_in_schema(f->catalog, p->created, schema, p->key));

	if (schema_missing(f, p->home).s != NULL)
		return schema_missing(f, p->home);
	if (strcmp(p->created, "aggregate") == 0 && str_starts(p->definition, "CREATE OR REPLACE ") &&
	    catalog_find_function(f->catalog, schema, p->name, str_slice(p->key, p->name.n + 1, p->key.n - 1)) != NULL)
		return STR("cannot change routine kind");
	if (f->op->if_not_exists || strncmp(p->created, "operator ", 9) == 0 || str_starts(p->definition, "CREATE OR REPLACE "))
		return STR_NONE;
	if (strcmp(p->created, "aggregate") == 0)
		return routine_there(f, schema, p->name, str_slice(p->key, p->name.n + 1, p->key.n - 1));
	return !is_settled_object(f, there) ? STR_NONE : str_printf(f->arena, "%s \"%.*s\" already exists", p->created, STR_ARG(p->key));
}

/* CreateExtension() */
static struct str
refused(const struct facts *f)
{
	const struct payload *p = OP_DATA(f->op, struct payload);
	const struct object *o = p->created == NULL || p->name.s == NULL ? NULL : catalog_find_object(f->catalog, NULL, p->created, p->name);
	const struct object *foreign = p->foreign.kind == NULL || p->foreign.text.s != NULL ? NULL
	    : catalog_find_object(f->catalog, NULL, p->foreign.kind, p->foreign.key);

	if (p->created != NULL && p->key.s != NULL && object_kind_has_schema(p->created))
		return created_again(f, p);
	if (is_settled_object(f, foreign))
		return foreign_options_misfit(f, NULL, foreign_words(f->arena, p->foreign.kind, p->foreign.key), &p->foreign.options);
	return o == NULL || f->op->if_not_exists || o->born.doubtful || !is_kind(f->op, "create_extension") ? STR_NONE
	    : str_printf(f->arena, "extension \"%.*s\" already exists", STR_ARG(p->name));
}

/* ExecAlterOwnerStmt() */
static struct str
owner_refused(const struct facts *f)
{
	const struct payload *p = OP_DATA(f->op, struct payload);

	return !is_function(p) ? STR_NONE
	    : routine_missing(f, &(struct routine){ routine_objtype(p->kind), { p->schema, p->name, { 0, 0 } }, p->arguments });
}

static void
owner_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	(void)f;
	if (op->table != NULL)
		effects_lock(e, op->table, ACCESS_EXCLUSIVE);
}

/* ---- facts ---- */

static const struct payload *
payload(const struct facts *f)
{
	return OP_DATA(f->op, struct payload);
}

struct str
object_op_name(const struct op *op)
{
	return OP_DATA(op, struct payload)->name;
}

static struct value
get_name(const struct facts *f)
{
	return value_text(payload(f)->name);
}

static struct value
get_schema(const struct facts *f)
{
	return value_text(payload(f)->schema);
}

static struct value
get_schema_given(const struct facts *f)
{
	return value_bool(payload(f)->schema.s != NULL);
}

static struct value
get_version(const struct facts *f)
{
	return value_text(payload(f)->version);
}

static struct value
get_if_exists(const struct facts *f)
{
	return value_bool(payload(f)->if_exists);
}

static struct value
get_if_not_exists(const struct facts *f)
{
	return value_bool(payload(f)->if_not_exists);
}

static struct value
get_cascade(const struct facts *f)
{
	return value_bool(payload(f)->cascade);
}

static struct value
get_password(const struct facts *f)
{
	return value_bool(payload(f)->password);
}

static struct value
get_superuser(const struct facts *f)
{
	return value_bool(payload(f)->superuser);
}

static struct value
get_bypass_rls(const struct facts *f)
{
	return value_bool(payload(f)->bypass_rls);
}

static struct value
get_login(const struct facts *f)
{
	return value_bool(payload(f)->login);
}

static struct value
get_owner(const struct facts *f)
{
	return value_text(payload(f)->owner);
}

static struct value
get_kind(const struct facts *f)
{
	return value_text(payload(f)->kind);
}

#define NAME_FIELD { "object_name", FIELD_TEXT, "the name of the object", get_name }
#define FIELD_END { NULL, FIELD_BOOL, NULL, NULL }

static const struct field name_fields[] = {
	NAME_FIELD,
	{ "if_not_exists", FIELD_BOOL, "IF NOT EXISTS is given", get_if_not_exists },
	FIELD_END
};

static const struct field drop_fields[] = {
	NAME_FIELD,
	{ "if_exists", FIELD_BOOL, "IF EXISTS is given", get_if_exists },
	FIELD_END
};

static const struct field extension_fields[] = {
	NAME_FIELD,
	{ "extension_schema", FIELD_TEXT, "the schema of SCHEMA; absent: not given", get_schema },
	{ "schema_given", FIELD_BOOL, "SCHEMA is given", get_schema_given },
	{ "version", FIELD_TEXT, "the version asked for; absent: the newest", get_version },
	{ "if_not_exists", FIELD_BOOL, "IF NOT EXISTS is given", get_if_not_exists },
	{ "cascades", FIELD_BOOL, "CASCADE: the extensions it needs, too", get_cascade },
	FIELD_END
};

static const struct field role_fields[] = {
	NAME_FIELD,
	{ "has_password", FIELD_BOOL, "a password is given", get_password },
	{ "is_superuser", FIELD_BOOL, "SUPERUSER is given", get_superuser },
	{ "bypasses_row_security", FIELD_BOOL, "BYPASSRLS is given", get_bypass_rls },
	{ "can_login", FIELD_BOOL, "LOGIN is given, or it is CREATE USER", get_login },
	FIELD_END
};

static const struct field owner_fields[] = {
	NAME_FIELD,
	{ "object_kind", FIELD_TEXT, "aggregate, database, domain, function, procedure, publication, schema, subscription, tablespace, type or other",
	    get_kind },
	{ "owner", FIELD_TEXT, "the new owner", get_owner },
	FIELD_END
};

#define KIND(name_, doc_, tag, fields_) \
	{ .name = name_, .doc = doc_, .node = tag, .subtype = -1, .size = sizeof(struct payload), .fields = fields_, .lower = lower, \
	    .refused = refused, .apply = apply },
#define PLAIN(name_, doc_, tag, fields_, effects_) \
	{ .name = name_, .doc = doc_, .node = tag, .subtype = -1, .size = sizeof(struct payload), .fields = fields_, \
	    .lower = lower_plain, .effects = effects_ },

const struct op_kind op_kinds_object[] = {
	KIND("create_extension", "CREATE EXTENSION", T_CreateExtensionStmt, extension_fields)
	KIND("alter_extension", "ALTER EXTENSION ... UPDATE", T_AlterExtensionStmt, extension_fields)
	KIND("alter_extension_contents", "ALTER EXTENSION ... ADD, DROP", T_AlterExtensionContentsStmt, name_fields)
	KIND("create_database", "CREATE DATABASE", T_CreatedbStmt, name_fields)
	KIND("alter_database", "ALTER DATABASE", T_AlterDatabaseStmt, name_fields)
	{ .name = "drop_database", .doc = "DROP DATABASE", .node = T_DropdbStmt, .subtype = -1, .size = sizeof(struct payload),
	    .fields = drop_fields, .lower = lower, .bind = bind_database, .refused = refused, .apply = drop_shared_apply },
	KIND("create_tablespace", "CREATE TABLESPACE", T_CreateTableSpaceStmt, name_fields)
	KIND("alter_tablespace", "ALTER TABLESPACE ... SET", T_AlterTableSpaceOptionsStmt, name_fields)
	{ .name = "drop_tablespace", .doc = "DROP TABLESPACE", .node = T_DropTableSpaceStmt, .subtype = -1, .size = sizeof(struct payload),
	    .fields = drop_fields, .lower = lower, .refused = refused, .apply = drop_shared_apply },
	KIND("create_role", "CREATE ROLE, CREATE USER", T_CreateRoleStmt, role_fields)
	KIND("alter_role", "ALTER ROLE, ALTER USER", T_AlterRoleStmt, role_fields)
	{ .name = "drop_role", .doc = "DROP ROLE, DROP USER", .node = T_DropRoleStmt, .subtype = -1, .size = sizeof(struct payload),
	    .fields = drop_fields, .lower = lower_drop_roles, .refused = refused, .apply = drop_shared_apply },
	KIND("create_event_trigger", "CREATE EVENT TRIGGER", T_CreateEventTrigStmt, name_fields)
	KIND("alter_event_trigger", "ALTER EVENT TRIGGER", T_AlterEventTrigStmt, name_fields)
	KIND("create_language", "CREATE LANGUAGE", T_CreatePLangStmt, name_fields)
	KIND("create_conversion", "CREATE CONVERSION", T_CreateConversionStmt, name_fields)
	KIND("create_operator_class", "CREATE OPERATOR CLASS", T_CreateOpClassStmt, name_fields)
	KIND("create_operator_family", "CREATE OPERATOR FAMILY", T_CreateOpFamilyStmt, name_fields)
	{ .name = "alter_operator_family", .doc = "ALTER OPERATOR FAMILY", .node = T_AlterOpFamilyStmt, .subtype = -1, .size = sizeof(struct payload),
	    .fields = name_fields, .lower = lower, .apply = family_apply },
	KIND("create_access_method", "CREATE ACCESS METHOD", T_CreateAmStmt, name_fields)
	KIND("alter_collation", "ALTER COLLATION ... REFRESH VERSION", T_AlterCollationStmt, name_fields)
	KIND("alter_text_search_configuration", "ALTER TEXT SEARCH CONFIGURATION", T_AlterTSConfigurationStmt, name_fields)
	KIND("alter_text_search_dictionary", "ALTER TEXT SEARCH DICTIONARY", T_AlterTSDictionaryStmt, name_fields)
	KIND("create_foreign_data_wrapper", "CREATE FOREIGN DATA WRAPPER", T_CreateFdwStmt, name_fields)
	KIND("alter_foreign_data_wrapper", "ALTER FOREIGN DATA WRAPPER", T_AlterFdwStmt, name_fields)
	KIND("create_server", "CREATE SERVER", T_CreateForeignServerStmt, name_fields)
	KIND("alter_server", "ALTER SERVER", T_AlterForeignServerStmt, name_fields)
	KIND("create_user_mapping", "CREATE USER MAPPING", T_CreateUserMappingStmt, role_fields)
	KIND("alter_user_mapping", "ALTER USER MAPPING", T_AlterUserMappingStmt, role_fields)
	{ .name = "drop_user_mapping", .doc = "DROP USER MAPPING", .node = T_DropUserMappingStmt, .subtype = -1, .size = sizeof(struct payload),
	    .fields = drop_fields, .lower = lower, .apply = drop_mapping_apply },
	KIND("import_foreign_schema", "IMPORT FOREIGN SCHEMA", T_ImportForeignSchemaStmt, name_fields)
	KIND("define_object", "CREATE AGGREGATE, OPERATOR, COLLATION, TEXT SEARCH ...", T_DefineStmt, name_fields)
	PLAIN("move_all_in_tablespace", "ALTER TABLE (INDEX ...) ALL IN TABLESPACE ... SET TABLESPACE", T_AlterTableMoveAllStmt,
	    NULL, unknown_effects)
	PLAIN("alter_system", "ALTER SYSTEM", T_AlterSystemStmt, name_fields, NULL)
	{ .name = "create_cast", .doc = "CREATE CAST", .node = T_CreateCastStmt, .subtype = -1, .size = sizeof(struct payload),
	    .lower = lower_plain, .apply = apply },
	PLAIN("create_transform", "CREATE TRANSFORM", T_CreateTransformStmt, NULL, NULL)
	PLAIN("alter_operator", "ALTER OPERATOR", T_AlterOperatorStmt, NULL, NULL)
	{ .name = "change_object_owner", .doc = "ALTER TYPE, FUNCTION, SCHEMA ... OWNER TO", .node = T_AlterOwnerStmt, .subtype = -1,
	    .size = sizeof(struct payload), .fields = owner_fields, .lower = lower_owner, .bind = bind_owner, .apply = owner_apply,
	    .effects = owner_effects, .refused = owner_refused },
	{ .name = NULL }
};
