#include "op/foreign.h"

#include <string.h>

#include "op/drop.h"
#include "op/failure.h"
#include "sql/deparse.h"
#include "sql/ident.h"

struct foreign_options
lower_foreign_options(struct lowering *l, const List *options)
{
	struct foreign_options list = { 0 };
	const ListCell *cell;

	foreach (cell, options) {
		const DefElem *d = lfirst(cell);
		struct foreign_option *o = vec_push(l->arena, &list);
		*o = (struct foreign_option){ .name = lower_text(l, d->defname), .value = d->arg == NULL ? STR("") : lower_def_text(l, d) };
		o->action = d->defaction == DEFELEM_SET ? FOREIGN_SET : d->defaction == DEFELEM_DROP ? FOREIGN_DROP : FOREIGN_ADD;
	}
	return list;
}

#define USER_MAPPING "CREATE USER MAPPING FOR "

struct str
foreign_words(struct arena *arena, const char *kind, struct str name)
{
	return str_printf(arena, "%s %.*s", kind, STR_ARG(name));
}

static struct str
key_of(struct arena *arena, const struct relation *r, struct str of, struct str name)
{
	if (r == NULL)
		return str_printf(arena, "%.*s of %.*s", STR_ARG(name), STR_ARG(of));
	return of.n == 0 ? name : str_printf(arena, "column %.*s %.*s", STR_ARG(of), STR_ARG(name));
}

void
foreign_options_set(struct catalog *c, struct relation *r, struct str of, const struct foreign_options *list)
{
	for (size_t i = 0; i < list->n; i++) {
		struct str key = key_of(c->arena, r, of, list->items[i].name);
		if (list->items[i].action == FOREIGN_DROP)
			catalog_remove_object(c, r, "foreign option", key);
		else
			catalog_put_object(c, r, "foreign option", key, list->items[i].value);
	}
}

struct str
foreign_options_misfit(const struct facts *f, const struct relation *r, struct str of, const struct foreign_options *list)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct foreign_option *o = &list->items[i];
		bool there = catalog_find_object(f->catalog, r, "foreign option", key_of(f->arena, r, of, o->name)) != NULL;
		if (there != (o->action == FOREIGN_ADD))
			continue;
		return str_printf(f->arena, there ? "option \"%.*s\" provided more than once" : "option \"%.*s\" not found", STR_ARG(o->name));
	}
	return STR_NONE;
}

static struct object *
object_at(const struct catalog *c, size_t i)
{
	return ((const struct slot *)c->objects.entries[i].value)->object;
}

static void
rename_options(struct catalog *c, struct str old, struct str name)
{
	struct str end = str_printf(c->arena, " of %.*s", STR_ARG(old));

	for (size_t i = 0, n = c->objects.n; i < n; i++) {
		const struct object *o = object_at(c, i);
		struct str text;
		if (o == NULL || !str_is(o->kind, "foreign option") || !str_ends(o->name, str_c(c->arena, end)))
			continue;
		text = o->text;
		catalog_remove_object(c, NULL, "foreign option", o->name);
		if (name.s != NULL)
			catalog_put_object(c, NULL, "foreign option", key_of(c->arena, NULL, name, str_slice(o->name, 0, o->name.n - end.n)), text);
	}
}

/* What ends with "SERVER s", a user mapping, or with "FOREIGN DATA WRAPPER w", a server, ends with the new clause. */
static void
follow_object(struct catalog *c, const struct object *o, struct str old, struct str clause)
{
	struct str text = str_printf(c->arena, "%.*s%.*s", (int)(o->text.n - old.n), o->text.s, STR_ARG(clause));
	bool server = str_is(o->kind, "server");
	struct str name = server ? o->name : str_slice(text, str_of(USER_MAPPING).n, text.n);
	struct birth born = o->born;

	catalog_remove_object(c, NULL, str_c(c->arena, o->kind), o->name);
	catalog_put_object(c, NULL, str_c(c->arena, o->kind), name, text);
	catalog_find_object(c, NULL, str_c(c->arena, o->kind), name)->born = born;
	if (!server)
		rename_options(c, foreign_words(c->arena, "user mapping", o->name), foreign_words(c->arena, "user mapping", name));
}

static void
drop_object(struct catalog *c, const struct object *o)
{
	struct str name = o->name;

	catalog_remove_object(c, NULL, str_c(c->arena, o->kind), name);
	if (str_is(o->kind, "server"))
		foreign_object_renamed(c, "server", name, STR_NONE);
	else
		rename_options(c, foreign_words(c->arena, "user mapping", name), STR_NONE);
}

static void
follow_tables(struct catalog *c, struct str clause, struct str new_clause)
{
	for (size_t i = 0; i < c->all.n; i++) {
		struct relation *r = c->all.items[i];
		if (r->dropped || r->kind != RELATION_FOREIGN || !str_eq(r->definition, clause))
			continue;
		if (new_clause.s == NULL)
			drop_relation(c, r, true);
		else
			catalog_set(c, &r->definition, new_clause);
	}
}

/* "SERVER s", by which tables and user mappings end, or "FOREIGN DATA WRAPPER w", by which servers do */
static struct str
clause_of(struct arena *arena, const char *kind, struct str name)
{
	bool server = str_is(STR("server"), kind);

	return str_printf(arena, "%s %.*s", server ? "SERVER" : "FOREIGN DATA WRAPPER", STR_ARG(sql_ident(arena, name)));
}

static bool
is_made_of(const struct object *o, const char *kind, struct str clause)
{
	return o != NULL && str_is(o->kind, str_is(STR("server"), kind) ? "user mapping" : "server") && o->text.n > clause.n &&
	    str_eq(str_slice(o->text, o->text.n - clause.n, o->text.n), clause);
}

struct str
foreign_object_needed(const struct facts *f, const char *kind, struct str name)
{
	const struct catalog *c = f->catalog;
	struct str clause = clause_of(f->arena, kind, name);

	for (size_t i = 0; i < c->objects.n; i++) {
		const struct object *o = object_at(c, i);
		if (is_made_of(o, kind, clause) && !o->born.doubtful && !catalog_unread_since(c, o->born, REACH_SCHEMA))
			return foreign_words(f->arena, str_c(f->arena, o->kind), o->name);
	}
	for (size_t i = 0; str_is(STR("server"), kind) && i < c->all.n; i++)
		if (c->all.items[i]->kind == RELATION_FOREIGN && str_eq(c->all.items[i]->definition, clause) && is_settled(f, c->all.items[i], REACH_SCHEMA))
			return foreign_words(f->arena, "foreign table", words(f, c->all.items[i]));
	return STR_NONE;
}

void
foreign_object_renamed(struct catalog *c, const char *kind, struct str old, struct str name)
{
	struct str clause = clause_of(c->arena, kind, old), new_clause = name.s == NULL ? STR_NONE : clause_of(c->arena, kind, name);

	rename_options(c, foreign_words(c->arena, kind, old), name.s == NULL ? STR_NONE : foreign_words(c->arena, kind, name));
	for (size_t i = 0, n = c->objects.n; i < n; i++) {
		const struct object *o = object_at(c, i);
		if (!is_made_of(o, kind, clause))
			continue;
		if (name.s == NULL)
			drop_object(c, o);
		else
			follow_object(c, o, clause, new_clause);
	}
	if (str_is(STR("server"), kind))
		follow_tables(c, clause, new_clause);
}

void
foreign_server_set_version(struct catalog *c, struct str server, struct str version)
{
	struct object *o = catalog_find_object(c, NULL, "server", server);
	size_t wrapper = o == NULL ? (size_t)-1 : str_find(o->text, STR(" FOREIGN DATA WRAPPER ")), at;
	struct buf b = BUF(c->arena);

	if (wrapper == (size_t)-1)
		return;
	at = str_find(str_slice(o->text, 0, wrapper), STR(" VERSION "));
	buf_str(&b, str_slice(o->text, 0, at == (size_t)-1 ? wrapper : at));
	if (version.s != NULL) {
		buf_c(&b, " VERSION ");
		sql_put_literal(&b, version);
	}
	buf_str(&b, str_slice(o->text, wrapper, o->text.n));
	catalog_set(c, &o->text, buf_text(&b));
}

/* " HANDLER f" */
static struct str
function_clause(struct str text, const char *word)
{
	static const char *const begins[] = { " HANDLER ", " VALIDATOR ", " NO " };
	size_t at = str_find(text, str_of(word)), end = text.n;

	if (at == (size_t)-1 || str_ends(str_slice(text, 0, at), " NO"))
		return STR("");
	for (size_t i = 0; i < sizeof begins / sizeof begins[0]; i++) {
		size_t next = str_find(str_slice(text, at + 1, text.n), str_of(begins[i]));
		end = next != (size_t)-1 && at + 1 + next < end ? at + 1 + next : end;
	}
	return str_slice(text, at, end);
}

void
foreign_wrapper_set_functions(struct catalog *c, struct str wrapper, const struct wrapper_function *handler, const struct wrapper_function *validator)
{
	struct object *o = catalog_find_object(c, NULL, "foreign data wrapper", wrapper);
	struct str head = str_printf(c->arena, "CREATE FOREIGN DATA WRAPPER %.*s", STR_ARG(sql_ident(c->arena, wrapper))), first, second;

	if (o == NULL || !str_starts(o->text, str_c(c->arena, head)))
		return;
	first = handler->given ? handler->clause : function_clause(o->text, " HANDLER ");
	second = validator->given ? validator->clause : function_clause(o->text, " VALIDATOR ");
	catalog_set(c, &o->text, str_printf(c->arena, "%.*s%.*s%.*s", STR_ARG(head), STR_ARG(first), STR_ARG(second)));
}

/* ---- lowering of the statements ---- */

struct wrapper_function
lower_wrapper_function(struct lowering *l, const AlterFdwStmt *st, const char *option)
{
	const DefElem *d = lower_option(st->func_options, option);
	struct str schema, name;
	struct buf b = BUF(l->arena);

	if (d == NULL || d->arg == NULL)
		return (struct wrapper_function){ .given = d != NULL, .clause = STR("") };
	names_from_list(l->arena, d->arg, &schema, &name);
	buf_printf(&b, " %s ", strcmp(option, "handler") == 0 ? "HANDLER" : "VALIDATOR");
	if (schema.s != NULL)
		buf_printf(&b, "%.*s.", STR_ARG(sql_ident(l->arena, schema)));
	sql_put_ident(&b, name);
	return (struct wrapper_function){ true, buf_text(&b) };
}

static struct str
user_mapping(struct lowering *l, RoleSpec *user, char *server)
{
	CreateUserMappingStmt st = { .type = T_CreateUserMappingStmt, .user = user, .servername = server };

	return sql_deparse(l->arena, &st);
}

static void
lower_mapping(struct lowering *l, struct foreign_object *o, RoleSpec *user, char *server, const List *options)
{
	o->text = user_mapping(l, user, server);
	o->key = str_slice(o->text, str_of(USER_MAPPING).n, o->text.n);
	o->kind = "user mapping";
	o->options = lower_foreign_options(l, options);
}

static void
lower_wrapper(struct lowering *l, struct foreign_object *o, const CreateFdwStmt *st)
{
	CreateFdwStmt copy = *st;

	copy.options = NIL;
	*o = (struct foreign_object){ "foreign data wrapper", lower_text(l, st->fdwname), sql_deparse(l->arena, &copy),
		lower_foreign_options(l, st->options) };
}

static void
lower_server(struct lowering *l, struct foreign_object *o, const CreateForeignServerStmt *st)
{
	CreateForeignServerStmt copy = *st;

	copy.options = NIL;
	copy.if_not_exists = false;
	*o = (struct foreign_object){ "server", lower_text(l, st->servername), sql_deparse(l->arena, &copy),
		lower_foreign_options(l, st->options) };
}

static void
lower_changed(struct lowering *l, struct foreign_object *o, const char *kind, const char *name, const List *options)
{
	*o = (struct foreign_object){ kind, lower_text(l, name), STR_NONE, lower_foreign_options(l, options) };
}

struct foreign_object
lower_foreign_object(struct lowering *l, const void *node)
{
	const CreateUserMappingStmt *made = node;
	const AlterUserMappingStmt *changed = node;
	const DropUserMappingStmt *dropped = node;
	struct foreign_object o = { .kind = NULL };

	switch (nodeTag(node)) {
	case T_CreateFdwStmt: lower_wrapper(l, &o, node); break;
	case T_AlterFdwStmt:
		lower_changed(l, &o, "foreign data wrapper", ((const AlterFdwStmt *)node)->fdwname, ((const AlterFdwStmt *)node)->options);
		break;
	case T_CreateForeignServerStmt: lower_server(l, &o, node); break;
	case T_AlterForeignServerStmt:
		lower_changed(l, &o, "server", ((const AlterForeignServerStmt *)node)->servername, ((const AlterForeignServerStmt *)node)->options);
		break;
	case T_CreateUserMappingStmt: lower_mapping(l, &o, made->user, made->servername, made->options); break;
	case T_AlterUserMappingStmt:
		lower_mapping(l, &o, changed->user, changed->servername, changed->options);
		o.text = STR_NONE;
		break;
	case T_DropUserMappingStmt: lower_mapping(l, &o, dropped->user, dropped->servername, NIL); break;
	default: break;
	}
	return o;
}
