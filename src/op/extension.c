#include "op/extension.h"
#include "op/depend.h"

#include "op/drop.h"
#include "op/failure.h"
#include "op/lower.h"
#include "op/operators.h"
#include "op/tie.h"
#include "op/uses.h"
#include "sql/ident.h"

/* ---- what is of the extension ---- */

/* No file has made a type of that name. */
static bool
is_of_type(const struct catalog *c, struct str extension, struct type type)
{
	const struct typedef_ *t = !type_known(type) || type.builtin ? NULL : catalog_find_type(c, type.schema, type.name);

	return type_known(type) && !type.builtin && (t == NULL || t->assumed) && extension_has(extension, EXTENSION_TYPES, type.name);
}

static struct str
last_part(struct str name)
{
	struct str part, last = name;

	while (str_cut(&name, '.', &part))
		last = part;
	return last;
}

/* Types that have no operator class of their own for GiST or GIN get one from btree_gist or btree_gin. */
static bool
is_of_opclass(const struct catalog *c, struct str extension, const struct index *index, const struct index_column *k)
{
	const char *method = str_is(extension, "btree_gist") ? "gist" : str_is(extension, "btree_gin") ? "gin" : NULL;
	const struct column *column = k->name.s == NULL ? NULL : catalog_find_column(index->table, k->name);

	if (k->opclass.n > 0)
		return extension_has(extension, EXTENSION_OPCLASSES, last_part(k->opclass));
	return method != NULL && column != NULL && str_is(index->method, method) && type_lacks_opclass(c, column->type, index->method);
}

static bool
index_is_of(const struct catalog *c, struct str extension, const struct index *index)
{
	for (size_t i = 0; index->table != NULL && i < index->columns.n; i++)
		if (is_of_opclass(c, extension, index, &index->columns.items[i]))
			return true;
	return false;
}

static bool
trigger_is_of(const struct catalog *c, struct str extension, const struct trigger *t)
{
	return !t->dropped && extension_has(extension, EXTENSION_FUNCTIONS, t->function) &&
	    catalog_find_function(c, t->function_schema, t->function, STR("")) == NULL;
}

/* A function of the extension as if a file had made it. */
static bool
next_function(const struct catalog *c, struct str extension, struct str *words, struct function *f)
{
	const struct object *o = catalog_find_object(c, NULL, "extension", extension);
	struct str word;

	if (words->s == NULL)
		*words = extension_parts(extension, EXTENSION_FUNCTIONS);
	if (!str_cut(words, ' ', &word))
		return false;
	*f = (struct function){ .name = word, .schema = o != NULL && o->text.n > 0 ? o->text : c->default_schema };
	return true;
}

/* ---- before CREATE EXTENSION ---- */

/* Of functions there are such as index() and is_valid(). */
static bool
calls(struct str text, struct str function)
{
	for (size_t at = 0; (at = sql_find_word(text, function, at)) != (size_t)-1; at += function.n)
		if (str_starts(str_trim(str_slice(text, at + function.n, text.n)), "("))
			return true;
	return false;
}

static bool
says_part(const struct op *op, struct str extension, enum extension_part part)
{
	struct str words = extension_parts(extension, part), text = source_text(op->statement->source, op->statement->span), word;

	while (str_cut(&words, ' ', &word))
		if (part == EXTENSION_FUNCTIONS ? calls(text, word) : op_mentions(op, word))
			return true;
	return false;
}

/* Without a name in the text: what its types have to be is not asked, as they may not be known. */
static bool
takes_default_opclass(const struct op *op, struct str extension)
{
	bool indexes = is_kind(op, "create_index") || is_kind(op, "add_exclusion");

	return indexes && ((str_is(extension, "btree_gist") && op_mentions(op, STR("gist"))) || (str_is(extension, "btree_gin") && op_mentions(op, STR("gin"))));
}

/* IF NOT EXISTS has not found it. */
static bool
has_made(const struct catalog *c, const struct op *create, struct str name)
{
	const struct object *o = catalog_find_object(c, NULL, "extension", name);

	return o == NULL || o->born.statement >= create->number;
}

bool
extension_op_serves(const struct catalog *c, const struct op *create, const struct op *op)
{
	struct str name = is_kind(create, "create_extension") ? object_op_name(create) : STR_NONE;

	if (name.s == NULL || op->statement == NULL || !has_made(c, create, name))
		return false;
	if (is_kind(op, "create_extension"))
		return extension_has(object_op_name(op), EXTENSION_NEEDS, name);
	return says_part(op, name, EXTENSION_OPCLASSES) || says_part(op, name, EXTENSION_TYPES) || says_part(op, name, EXTENSION_FUNCTIONS) ||
	    takes_default_opclass(op, name);
}

/* ---- without CASCADE ---- */

static struct str
user_in(const struct facts *f, struct str extension, const struct relation *r)
{
	for (size_t i = 0; i < r->columns.n; i++)
		if (!r->columns.items[i]->dropped && is_of_type(f->catalog, extension, r->columns.items[i]->type))
			return str_printf(f->arena, "column %.*s of %.*s", STR_ARG(r->columns.items[i]->name), STR_ARG(words(f, r)));
	for (size_t i = 0; i < r->indexes.n; i++)
		if (!r->indexes.items[i]->dropped && index_is_of(f->catalog, extension, r->indexes.items[i]->index))
			return str_printf(f->arena, "index %.*s", STR_ARG(words(f, r->indexes.items[i])));
	for (size_t i = 0; i < r->triggers.n; i++)
		if (trigger_is_of(f->catalog, extension, r->triggers.items[i]))
			return str_printf(f->arena, "trigger %.*s on %.*s", STR_ARG(r->triggers.items[i]->name), STR_ARG(words(f, r)));
	return STR_NONE;
}

/* Another extension, a server of a foreign data wrapper, a domain */
static struct str
other_user(const struct facts *f, struct str extension)
{
	const struct catalog *c = f->catalog;
	struct str wrapper = str_printf(f->arena, "FOREIGN DATA WRAPPER %.*s", STR_ARG(extension));

	for (size_t i = 0; i < c->objects.n; i++) {
		const struct slot *slot = c->objects.entries[i].value;
		const struct object *o = slot->object;
		bool is_extension = o != NULL && str_is(o->kind, "extension") && extension_has(o->name, EXTENSION_NEEDS, extension);
		bool is_server = o != NULL && str_is(o->kind, "server") && str_ends(extension, "_fdw") && str_find(o->text, wrapper) != (size_t)-1;
		if (is_extension || is_server)
			return str_printf(f->arena, "%.*s %.*s", STR_ARG(o->kind), STR_ARG(o->name));
	}
	for (size_t i = 0; i < c->all_types.n; i++)
		if (!c->all_types.items[i]->dropped && is_of_type(c, extension, c->all_types.items[i]->base))
			return str_printf(f->arena, "type %.*s", STR_ARG(c->all_types.items[i]->name));
	return STR_NONE;
}

struct str
extension_needed(const struct facts *f, struct str extension)
{
	struct str user = other_user(f, extension), words = STR_NONE;
	struct function fn;

	for (size_t i = 0; user.s == NULL && i < f->catalog->all.n; i++) {
		const struct relation *r = f->catalog->all.items[i];
		if (is_known(r) && r->index == NULL && !relation_unread_since(f->catalog, r, r->born, REACH_SCHEMA))
			user = user_in(f, extension, r);
	}
	while (user.s == NULL && next_function(f->catalog, extension, &words, &fn))
		user = depend_needed(f, &(struct depended){ .function = &fn });
	return user;
}

/* ---- CASCADE ---- */

static void
lock_in(struct effects *e, const struct catalog *c, struct str extension, struct relation *r)
{
	for (size_t i = 0; i < r->columns.n; i++)
		if (!r->columns.items[i]->dropped && is_of_type(c, extension, r->columns.items[i]->type)) {
			effects_lock(e, r, ACCESS_EXCLUSIVE);
			drop_lock_with_column(e, r, r->columns.items[i]->name);
		}
	for (size_t i = 0; i < r->indexes.n; i++)
		if (index_is_of(c, extension, r->indexes.items[i]->index)) {
			effects_lock(e, r, ACCESS_EXCLUSIVE);
			effects_lock(e, r->indexes.items[i], ACCESS_EXCLUSIVE);
		}
	for (size_t i = 0; i < r->triggers.n; i++)
		if (trigger_is_of(c, extension, r->triggers.items[i]))
			effects_lock(e, r, ACCESS_EXCLUSIVE);
}

void
extension_lock_users(struct effects *e, const struct facts *f, struct str extension)
{
	struct str words = STR_NONE;
	struct function fn;

	for (size_t i = 0; i < f->catalog->all.n; i++)
		if (!f->catalog->all.items[i]->dropped && f->catalog->all.items[i]->index == NULL)
			lock_in(e, f->catalog, extension, f->catalog->all.items[i]);
	while (next_function(f->catalog, extension, &words, &fn))
		if (function_is_the_only(f->catalog, &fn))
			drop_lock_callers(e, f, (struct called){ .schema = STR_NONE, .name = fn.name });
}

static void
drop_in(struct catalog *c, struct str extension, struct relation *r)
{
	bool view = r->kind == RELATION_VIEW || r->kind == RELATION_MATVIEW;

	for (size_t i = 0; !r->dropped && i < r->columns.n; i++) {
		struct column *column = r->columns.items[i];
		if (column->dropped || !is_of_type(c, extension, column->type))
			continue;
		column_drop_users(c, r, column->name);
		if (view)
			catalog_drop_relation(c, r);
		else
			catalog_drop_column(c, r, column);
	}
	for (size_t i = r->indexes.n; i-- > 0;)
		if (i < r->indexes.n && index_is_of(c, extension, r->indexes.items[i]->index))
			catalog_drop_relation(c, r->indexes.items[i]);
	for (size_t i = r->triggers.n; i-- > 0;)
		if (trigger_is_of(c, extension, r->triggers.items[i]))
			catalog_remove(c, &r->triggers, i);
}

void
extension_drop_users(struct catalog *c, struct str extension)
{
	struct str words = STR_NONE;
	struct function fn;

	for (size_t i = 0; i < c->all.n; i++)
		if (!c->all.items[i]->dropped && c->all.items[i]->index == NULL)
			drop_in(c, extension, c->all.items[i]);
	for (size_t i = 0; i < c->all_types.n; i++)
		if (!c->all_types.items[i]->dropped && is_of_type(c, extension, c->all_types.items[i]->base))
			catalog_drop_type(c, c->all_types.items[i]);
	while (next_function(c, extension, &words, &fn))
		depend_drop(c, &(struct depended){ .function = &fn });
	for (size_t i = 0; i < c->objects.n; i++) {
		const struct slot *slot = c->objects.entries[i].value;
		const struct object *o = slot->object;
		if (o != NULL && str_is(o->kind, "extension") && extension_has(o->name, EXTENSION_NEEDS, extension)) {
			extension_drop_users(c, o->name);
			catalog_remove_object(c, NULL, "extension", o->name);
		}
	}
}
