#include <ctype.h>
#include <string.h>

#include "catalog/spell.h"
#include "op/depend.h"
#include "op/follow.h"
#include "op/foreign.h"
#include "op/drop.h"
#include "op/failure.h"
#include "op/meant.h"
#include "op/old_name.h"
#include "op/operators.h"
#include "op/rename.h"
#include "op/routine.h"
#include "op/view_text.h"

/* ---- lowering ---- */

static const List *
object_list(const Node *object)
{
	if (object == NULL)
		return NIL;
	if (IsA(object, List))
		return (const List *)object;
	if (IsA(object, TypeName))
		return ((const TypeName *)object)->names;
	if (IsA(object, ObjectWithArgs))
		return ((const ObjectWithArgs *)object)->objname;
	return NIL;
}

struct name
lower_class_name(struct lowering *l, const Node *object)
{
	List names = *(const List *)object;

	names.elements++;
	names.length--;
	return lower_name_list(l, &names);
}

struct name
lower_object_name(struct lowering *l, const Node *object)
{
	struct name name = { STR_NONE, STR_NONE, { 0, 0 } };

	if (object == NULL || !IsA(object, String))
		return lower_name_list(l, object_list(object));
	name.name = lower_text(l, strVal(object));
	name.span = locate_name(l->statement, l->statement->span, name.name);
	return name;
}

struct str
lower_argument_types(struct lowering *l, const Node *object)
{
	const ObjectWithArgs *f = (const ObjectWithArgs *)object;
	const ListCell *cell;
	struct str all = STR("");

	if (object == NULL || !IsA(object, ObjectWithArgs) || f->args_unspecified)
		return STR_NONE;
	foreach (cell, f->objargs)
		if (lfirst(cell) != NULL)
			all = str_printf(l->arena, "%.*s%s%.*s", STR_ARG(all), all.n > 0 ? ", " : "",
			    STR_ARG(lower_argument_type(l, lfirst(cell))));
	return all;
}

static struct str
type_words(struct lowering *l, const Node *type)
{
	return type == NULL ? STR("NONE") : lower_argument_type(l, (const TypeName *)type);
}

struct str
lower_signature(struct lowering *l, const Node *object)
{
	const ObjectWithArgs *f = (const ObjectWithArgs *)object;
	const ListCell *cell;
	struct str all = STR("");

	foreach (cell, f->objargs)
		all = str_printf(l->arena, "%.*s%s%.*s", STR_ARG(all), all.n > 0 ? ", " : "", STR_ARG(type_words(l, lfirst(cell))));
	return all;
}

struct str
lower_cast_types(struct lowering *l, const Node *object)
{
	const List *types = (const List *)object;

	return str_printf(l->arena, "%.*s AS %.*s", STR_ARG(type_words(l, linitial(types))), STR_ARG(type_words(l, llast(types))));
}

struct str
object_key(struct arena *arena, int objtype, struct str name, struct str arguments)
{
	if (objtype == OBJECT_CAST)
		return arguments;
	return objtype == OBJECT_OPERATOR || objtype == OBJECT_AGGREGATE
	    ? str_printf(arena, "%.*s(%.*s)", STR_ARG(name), STR_ARG(arguments)) : name;
}

/* What stands behind TO. */
static struct span
new_name_span(struct lowering *l, struct str name)
{
	struct span to = locate_keywords(l->statement, l->action, "to");

	return to.len == 0 ? to : locate_name(l->statement, locate_rest(l->statement, to), name);
}

static void
set_names(struct lowering *l, struct op *op, const RenameStmt *st)
{
	struct rename *p = OP_DATA(op, struct rename);

	p->object = (int)st->renameType;
	p->new_name = lower_text(l, st->newname);
	p->old_name = lower_text(l, st->subname);
	p->arguments = lower_argument_types(l, st->object);
	if (st->renameType == OBJECT_AGGREGATE)
		p->signature = lower_signature(l, st->object);
	if (st->relation == NULL) {
		op->target = st->renameType == OBJECT_OPCLASS || st->renameType == OBJECT_OPFAMILY ? lower_class_name(l, st->object)
		    : lower_object_name(l, st->object);
		op->target_kind = RELATION_UNKNOWN;
	}
	if (op->target.name.s == NULL && p->old_name.s != NULL) {
		op->target.name = p->old_name;
		op->target.span = locate_name(l->statement, l->statement->span, p->old_name);
	}
}

struct op *
lower_rename(struct lowering *l, const struct op_kind *kind, const RenameStmt *st)
{
	bool on_relation = st->renameType == OBJECT_COLUMN || st->renameType == OBJECT_ATTRIBUTE;
	struct op *op;

	l->objtype = on_relation ? (int)st->relationType : (int)st->renameType;
	l->if_exists = st->missing_ok;
	l->action = l->statement->span;
	if (st->relation != NULL) {
		l->table = lower_range_var(l, st->relation);
		l->only = !st->relation->inh;
		l->action = locate_rest(l->statement, l->table.span);
	}
	op = lower_add(l, kind);
	op->cascade = st->behavior == DROP_CASCADE;
	set_names(l, op, st);
	op->spans[SPAN_TABLE] = op->target.span;
	op->spans[SPAN_NAME] = new_name_span(l, OP_DATA(op, struct rename)->new_name);
	if (st->renameType == OBJECT_INDEX)
		op->spans[SPAN_INDEX] = op->target.span;
	return op;
}

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	(void)lower_rename(l, kind, node);
}

static void
lower_constraint(struct lowering *l, const struct op_kind *kind, const void *node)
{
	struct op *op = lower_rename(l, kind, node);

	op->spans[SPAN_CONSTRAINT] = locate_name(l->statement, op->spans[SPAN_ACTION], OP_DATA(op, struct rename)->old_name);
}

/* Foreign tables and domains are no kinds of their own. */
static void
lower_object(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const RenameStmt *st = node;

	if (st->renameType == OBJECT_FOREIGN_TABLE)
		kind = op_kind_find(STR("rename_table"));
	else if (st->renameType == OBJECT_DOMAIN)
		kind = op_kind_find(STR("rename_type"));
	(void)lower_rename(l, kind, st);
}

/* ---- binding ---- */

/* Something has the new name already, which the server would mind if there were anything to rename or move. */
static bool
has_taken_place(const struct op *op, const struct catalog *c)
{
	static const char *const kinds[] = { "rename_table", "rename_view", "rename_materialized_view", "rename_sequence", "rename_index" };
	struct str new_name = OP_DATA(op, struct rename)->new_name;

	if (strcmp(op->kind->name, "set_schema") == 0)
		return catalog_slot_object(&c->relations, new_name, op->target.name) != NULL;
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (strcmp(op->kind->name, kinds[i]) == 0)
			return catalog_slot_object(&c->relations, catalog_target_schema(c, op->target), new_name) != NULL;
	return false;
}

void
bind_renamed(struct op *op, struct catalog *c)
{
	op->table = catalog_find_relation(c, op->target);
	if (op->table == NULL && op->if_exists && has_taken_place(op, c))
		op->noop = true;
	else
		op->table = catalog_relation(c, op->target, op->target_kind);
}

/* ALTER TABLE also renames indexes, ALTER INDEX also tables: what counts is what stands under the name. */
static void
bind_relation(struct op *op, struct catalog *c)
{
	struct relation *r;

	bind_renamed(op, c);
	r = op->table;
	if (r == NULL || (r->index == NULL && r->kind != RELATION_INDEX))
		return;
	op->index = r;
	op->table = r->index != NULL ? r->index->table : NULL;
}

static void
bind_constraint(struct op *op, struct catalog *c)
{
	bind_renamed(op, c);
	if (op->table != NULL)
		op->constraint = catalog_find_constraint(op->table, OP_DATA(op, struct rename)->old_name);
}

static void
bind_type(struct op *op, struct catalog *c)
{
	op->type = catalog_find_type(c, op->target.schema, op->target.name);
	op->table = catalog_find_relation(c, op->target);
	if (op->table != NULL && op->table->kind != RELATION_COMPOSITE)
		op->table = NULL;
}

static void
bind_object(struct op *op, struct catalog *c)
{
	int object = OP_DATA(op, struct rename)->object;

	if (object == OBJECT_TRIGGER || object == OBJECT_POLICY || object == OBJECT_RULE)
		bind_renamed(op, c);
	else if (object == OBJECT_DOMCONSTRAINT)
		op->type = catalog_find_type(c, op->target.schema, op->target.name);
}

/* ---- effects ---- */

/* RenameRelation(): ShareUpdateExclusiveLock only when ALTER INDEX finds an index */
static void
relation_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	(void)f;
	if (op->noop)
		return;
	if (op->index != NULL)
		effects_lock(e, op->index, op->target_kind == RELATION_INDEX ? SHARE_UPDATE_EXCLUSIVE : ACCESS_EXCLUSIVE);
	else
		effects_lock(e, op->table, ACCESS_EXCLUSIVE);
}

/* rename_constraint_internal(): CHECK and NOT NULL in all children, and the index of a key */
static void
constraint_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	const struct constraint *k = op->constraint;

	(void)f;
	if (op->noop)
		return;
	effects_lock_tree(e, op->table, ACCESS_EXCLUSIVE, op->only || (k != NULL && !constraint_passes_down(k)));
	if (k != NULL && k->index != NULL)
		effects_lock(e, k->index, SHARE_UPDATE_EXCLUSIVE);
}

static void
type_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	(void)f;
	if (op->table != NULL)
		effects_lock(e, op->table, ACCESS_EXCLUSIVE);
}

/* renametrig() goes down to partitions since 15 (release notes: ALTER TRIGGER RENAME on partitioned tables); policies and rules are not inherited */
static void
object_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	bool down = OP_DATA(op, struct rename)->object == OBJECT_TRIGGER && f->pg_version >= 15;

	if (op->table != NULL && !op->noop)
		effects_lock_tree(e, op->table, ACCESS_EXCLUSIVE, !down || op->table->kind != RELATION_PARTITIONED);
}

/* ---- catalog ---- */

/* NULL: the new name is free, as far as anyone knows. */
static const struct relation *
in_the_way(const struct catalog *c, const struct op *op)
{
	const struct relation *r = op->index != NULL ? op->index : op->table;
	const struct relation *there = r == NULL ? NULL : catalog_slot_object(&c->relations, r->schema, OP_DATA(op, struct rename)->new_name);

	return is_known(there) ? there : NULL;
}

static void
relation_apply(struct op *op, struct catalog *c, struct session *session)
{
	struct relation *r = op->index != NULL ? op->index : op->table;
	struct str name = OP_DATA(op, struct rename)->new_name;

	(void)session;
	if (op->noop || r == NULL || (r->assumed && in_the_way(c, op) != NULL))
		return;
	views_follow_relation(c, r, r->schema, name);
	rows_follow_relation(c, r, name);
	rows_follow(c, r, r->schema, name);
	names_follow(c, r, r->schema, name);
	catalog_rename_relation(c, r, r->schema, name);
	catalog_set(c, &r->replaced.place, ((struct place){ op->statement->source, op->spans[SPAN_NAME] }));
	if (r->index != NULL && r->index->constraint != NULL)
		catalog_rename_constraint(c, r->index->constraint, name);
}

static void
rename_in_children(struct catalog *c, struct relation *r, const struct constraint *k, struct str old, struct str name)
{
	for (size_t i = 0; constraint_passes_down(k) && i < r->partitions.n; i++) {
		struct relation *child = r->partitions.items[i];
		struct constraint *copy = catalog_find_constraint(child, old);
		if (copy == NULL || copy->kind != k->kind)
			continue;
		catalog_rename_constraint(c, copy, name);
		rename_in_children(c, child, k, old, name);
	}
}

static void
constraint_apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct rename *p = OP_DATA(op, struct rename);
	struct constraint *k = op->constraint;

	(void)session;
	if (op->noop || k == NULL)
		return;
	rename_in_children(c, op->table, k, p->old_name, p->new_name);
	catalog_rename_constraint(c, k, p->new_name);
	catalog_set(c, &k->name_given, true);
	if (k->index != NULL)
		catalog_rename_relation(c, k->index, k->index->schema, p->new_name);
}

static void
type_apply(struct op *op, struct catalog *c, struct session *session)
{
	struct str name = OP_DATA(op, struct rename)->new_name;

	(void)session;
	if (op->type != NULL)
		type_set_name(c, op->type, op->type->schema, name);
	if (op->table != NULL)
		catalog_rename_relation(c, op->table, op->table->schema, name);
}

/* Functions are only found by the schema in front of their key. */
static void
move_functions(struct catalog *c, struct str old, struct str schema)
{
	for (size_t i = 0, n = c->functions.n; i < n; i++) {
		struct str key = c->functions.entries[i].key;
		size_t end = str_find_char(key, '\0');
		if (end != (size_t)-1 && str_eq(str_slice(key, 0, end), old)) {
			struct str name = str_slice(key, end + 1, key.n);
			function_set_name(c, (struct name){ old, name, { 0, 0 } }, STR_NONE, schema, name);
		}
	}
}

static void
objects_follow_schema(struct catalog *c, struct str old, struct str name)
{
	for (size_t i = 0, n = c->objects.n; i < n; i++) {
		struct object *o = ((struct slot *)c->objects.entries[i].value)->object;
		int objtype = o == NULL || o->of != NULL || o->schema.s == NULL || !str_eq(o->schema, old) ? -1 : object_type_called(o->kind);
		if (objtype >= 0)
			object_set_name(c, objtype, o, name, str_slice(o->label, 0, str_find_char(o->label, '(')), str_slice(o->label, 0, str_find_char(o->label, '(')));
	}
}

static struct str
schema_refused(const struct facts *f)
{
	struct str name = OP_DATA(f->op, struct rename)->new_name;

	return catalog_slot_object(&f->catalog->schemas, STR(""), name) == NULL ? STR_NONE
	    : str_printf(f->arena, "schema \"%.*s\" already exists", STR_ARG(name));
}

static void
schema_apply(struct op *op, struct catalog *c, struct session *session)
{
	struct str old = op->target.name, name = OP_DATA(op, struct rename)->new_name;
	struct slot *slot = catalog_slot(c, &c->schemas, STR(""), old);

	(void)session;
	for (size_t i = 0; i < c->all.n; i++)
		if (!c->all.items[i]->dropped && str_eq(c->all.items[i]->schema, old))
			relation_set_schema(c, c->all.items[i], name);
	for (size_t i = 0; i < c->all_types.n; i++) {
		if (str_eq(c->all_types.items[i]->multirange_schema, old))
			catalog_set(c, &c->all_types.items[i]->multirange_schema, name);
		if (!c->all_types.items[i]->dropped && str_eq(c->all_types.items[i]->schema, old))
			type_set_name(c, c->all_types.items[i], name, c->all_types.items[i]->name);
	}
	move_functions(c, old, name);
	objects_follow_schema(c, old, name);
	publication_rename_schema(c, old, name);
	catalog_move_all_statistics(c, old, name);
	catalog_move_defaults(c, old, name);
	catalog_touch(c, TOUCHED_SCHEMA, STR(""), old, slot->object == NULL);
	catalog_touch(c, TOUCHED_SCHEMA, STR(""), name, slot->object == NULL);
	if (slot->object != NULL)
		catalog_set(c, &((struct schema *)slot->object)->named, c->now);
	catalog_set(c, &catalog_slot(c, &c->schemas, STR(""), name)->object, slot->object);
	catalog_set(c, &slot->object, NULL);
}

static void
rename_trigger(struct catalog *c, struct relation *r, struct str old, struct str name)
{
	for (size_t i = 0; i < r->triggers.n; i++)
		if (!r->triggers.items[i]->dropped && str_eq(r->triggers.items[i]->name, old))
			catalog_set(c, &r->triggers.items[i]->name, name);
	catalog_rename_remarks(c, r, "trigger", old, name);
	for (size_t i = 0; r->kind == RELATION_PARTITIONED && i < r->partitions.n; i++)
		rename_trigger(c, r->partitions.items[i], old, name);
}

static void
rename_policy(struct catalog *c, struct relation *r, struct str old, struct str name)
{
	for (size_t i = 0; i < r->policies.n; i++)
		if (!r->policies.items[i]->dropped && str_eq(r->policies.items[i]->name, old))
			catalog_set(c, &r->policies.items[i]->name, name);
	catalog_rename_remarks(c, r, "policy", old, name);
}

static void
rename_rule(struct catalog *c, struct relation *r, const char *kind, struct str old, struct str name)
{
	const struct object *o = catalog_find_object(c, r, kind, old);
	struct str text = o == NULL ? STR_NONE : o->text;

	if (o == NULL)
		return;
	catalog_remove_object(c, r, kind, old);
	catalog_put_object(c, r, kind, name, text);
}

static void
rename_domain_constraint(struct catalog *c, struct typedef_ *t, struct str old, struct str name)
{
	for (size_t i = 0; t != NULL && i < t->constraints.n; i++)
		if (str_eq(t->constraints.items[i].name, old))
			catalog_set(c, &t->constraints.items[i].name, name);
}

static struct str
upper_words(struct arena *arena, const char *kind)
{
	struct buf b = BUF(arena);

	for (; *kind != '\0'; kind++)
		buf_char(&b, (char)toupper((unsigned char)*kind));
	return buf_text(&b);
}

/* An operator is never quoted. */
static struct str
object_ident(struct arena *arena, const char *kind, struct str name)
{
	return strcmp(kind, "operator") == 0 ? name : sql_ident(arena, name);
}

/* "s.total" or "total" stands there as a whole. */
static size_t
name_size(struct arena *arena, const char *kind, struct str text, struct str schema, struct str name)
{
	struct str bare = object_ident(arena, kind, name), qualified = str_printf(arena, "%.*s.%.*s", STR_ARG(sql_ident(arena, schema)), STR_ARG(bare));
	struct str found = str_starts(text, str_c(arena, qualified)) ? qualified : str_starts(text, str_c(arena, bare)) ? bare : STR("");

	return found.n > 0 && (found.n == text.n || text.s[found.n] == ' ' || text.s[found.n] == '(' || text.s[found.n] == ';') ? found.n : 0;
}

struct str
object_text_moved(const struct catalog *c, const char *kind, struct str text, struct str old_schema, struct str old, struct str schema, struct str name)
{
	struct str words = str_printf(c->arena, "%.*s ", STR_ARG(upper_words(c->arena, kind))), optional = STR("IF NOT EXISTS ");
	struct buf b = BUF(c->arena);
	size_t from = 0, at, n;

	while ((at = str_find(str_slice(text, from, text.n), words)) != (size_t)-1) {
		at += from + words.n;
		if (str_starts(str_slice(text, at, text.n), optional.s))
			at += optional.n;
		buf_str(&b, str_slice(text, from, at));
		n = name_size(c->arena, kind, str_slice(text, at, text.n), old_schema, old);
		if (n > 0 && !str_eq(schema, c->default_schema))
			buf_printf(&b, "%.*s.", STR_ARG(sql_ident(c->arena, schema)));
		if (n > 0)
			buf_str(&b, object_ident(c->arena, kind, name));
		from = at + n;
	}
	buf_str(&b, str_slice(text, from, text.n));
	return buf_text(&b);
}

struct object *
renamed_object(const struct op *op, const struct catalog *c)
{
	const struct rename *p = OP_DATA(op, struct rename);
	const char *kind = object_type_word(p->object);
	struct str label = object_key(c->arena, p->object, op->target.name, p->signature);

	return catalog_find_object(c, NULL, kind, catalog_name_in_schema(c, kind, op->target.schema, label));
}

/* Its text names it once, where it is made. */
static void
rename_other(const struct op *op, struct catalog *c, const struct rename *p)
{
	const char *kind = object_type_word(p->object);
	struct object *there = renamed_object(op, c), *made;
	struct str text;

	if (there == NULL)
		return;
	text = sql_exchange(c->arena, there->text, sql_ident(c->arena, op->target.name), sql_ident(c->arena, p->new_name));
	catalog_remove_object(c, NULL, kind, there->name);
	catalog_put_object(c, NULL, kind, p->new_name, text);
	made = catalog_find_object(c, NULL, kind, p->new_name);
	made->gone = there->gone;
	made->born = there->born;
	made->number = there->number;
}

/* Where it stands bare, what is found without a schema is meant. */
static bool
is_named_bare(const struct catalog *c, const struct object *o)
{
	return catalog_object_labelled(c, str_c(c->arena, o->kind), o->label) == o;
}

static bool
is_name_of(const struct catalog *c, struct str words, const struct object *o)
{
	struct str bare = sql_ident(c->arena, o->label);

	return words.n > 0 && (str_eq(words, bare) ? is_named_bare(c, o)
	    : str_eq(words, str_printf(c->arena, "%.*s.%.*s", STR_ARG(sql_ident(c->arena, o->schema)), STR_ARG(bare))));
}

/* What of the keys names the class or collation. */
static void
keys_follow_object(struct catalog *c, struct index_column **items, size_t n, size_t cap, const struct object *o, struct str words)
{
	struct index_column *copy = NEW_ARRAY(c->arena, struct index_column, cap > n ? cap : n);
	bool any = false, class = str_is(o->kind, "operator class");

	for (size_t i = 0; i < n; i++) {
		copy[i] = (*items)[i];
		struct str *named = class ? &copy[i].opclass : &copy[i].collation;
		if (!is_name_of(c, *named, o))
			continue;
		*named = words;
		any = true;
	}
	if (any)
		catalog_set(c, items, copy);
}

static void
columns_follow_collation(struct catalog *c, struct relation *r, struct str old, struct str name)
{
	for (size_t i = 0; i < r->columns.n; i++)
		if (!r->columns.items[i]->dropped && str_eq(r->columns.items[i]->collation, old))
			catalog_set(c, &r->columns.items[i]->collation, name);
}

/* Columns know a collation by its bare name. */
static void
relations_follow_object(struct catalog *c, const struct object *o, struct str schema, struct str name)
{
	struct buf words = BUF(c->arena);

	spell_name(&words, c, schema, name);
	for (size_t i = 0; i < c->all.n; i++) {
		struct relation *r = c->all.items[i];
		if (!r->dropped && r->index != NULL && r->index->columns.n > 0)
			keys_follow_object(c, &r->index->columns.items, r->index->columns.n, r->index->columns.cap, o, buf_text(&words));
		if (!r->dropped && r->partition_key.n > 0)
			keys_follow_object(c, &r->partition_key.items, r->partition_key.n, r->partition_key.cap, o, buf_text(&words));
		if (!r->dropped && str_is(o->kind, "collation") && is_named_bare(c, o))
			columns_follow_collation(c, r, o->label, name);
	}
}

/* The classes of a family: "FAMILY f AS". */
static void
classes_follow_family(struct catalog *c, const struct object *family, struct str schema, struct str name)
{
	struct str before = STR(" FAMILY ");
	struct buf words = BUF(c->arena);

	spell_name(&words, c, schema, name);
	for (size_t i = 0; i < c->objects.n; i++) {
		struct object *o = ((struct slot *)c->objects.entries[i].value)->object;
		size_t at = o == NULL || !str_is(o->kind, "operator class") ? (size_t)-1 : str_find(o->text, before), n;
		struct str rest = at == (size_t)-1 ? STR("") : str_slice(o->text, at + before.n, o->text.n);
		if ((n = name_size(c->arena, "operator family", rest, family->schema, family->label)) > 0)
			catalog_set(c, &o->text, str_printf(c->arena, "%.*s%.*s%.*s", STR_ARG(str_slice(o->text, 0, at + before.n)),
			    STR_ARG(buf_text(&words)), STR_ARG(str_slice(rest, n, rest.n))));
	}
}

/* A class that made its family leaves that behind. */
static struct str
with_family(struct catalog *c, const struct object *class, struct str old)
{
	size_t as = str_find(class->text, STR(" AS "));
	struct buf b = BUF(c->arena);

	if (as == (size_t)-1 || str_find(str_slice(class->text, 0, as), STR(" FAMILY ")) != (size_t)-1)
		return class->text;
	class_leave_family(c, class);
	buf_str(&b, str_slice(class->text, 0, as));
	buf_c(&b, " FAMILY ");
	spell_name(&b, c, class->schema, old);
	buf_str(&b, str_slice(class->text, as, class->text.n));
	return buf_text(&b);
}

void
object_set_name(struct catalog *c, int objtype, struct object *o, struct str schema, struct str old, struct str name)
{
	const char *kind = object_type_word(objtype);
	struct str text = objtype == OBJECT_OPCLASS ? with_family(c, o, old) : o->text;
	struct str arguments = str_slice(o->label, old.n, o->label.n);

	if (objtype == OBJECT_OPCLASS || objtype == OBJECT_COLLATION)
		relations_follow_object(c, o, schema, name);
	if (objtype == OBJECT_OPFAMILY)
		classes_follow_family(c, o, schema, name);
	if (objtype == OBJECT_AGGREGATE)
		exprs_follow(c, EXPR_FUNCTION, (struct name){ o->schema, old, { 0, 0 } }, (struct name){ schema, name, { 0, 0 } });
	if (objtype == OBJECT_OPERATOR)
		catalog_settle(c);
	if (objtype == OBJECT_OPERATOR)
		exprs_follow_operator(c, operator_is_the_only(c, o, old) ? 0 : o->number, (struct name){ o->schema, old, { 0, 0 } }, (struct name){ schema, name, { 0, 0 } });
	text = object_text_moved(c, kind, text, o->schema, old, schema, name);
	catalog_move_object(c, o, schema, str_printf(c->arena, "%.*s%.*s", STR_ARG(name), STR_ARG(arguments)), text);
}

static struct str
method_of(const struct object *o)
{
	size_t at = str_find(o->text, STR(" USING "));
	struct str rest = at == (size_t)-1 ? STR("") : str_slice(o->text, at + 7, o->text.n), method = STR("");

	(void)str_cut(&rest, ' ', &method);
	return method;
}

/* report_namespace_conflict(), IsThereOpClassInNamespace() ... */
struct str
object_name_taken(const struct facts *f, const struct object *o, struct str schema, struct str label)
{
	const char *kind = str_c(f->arena, o->kind);
	const struct object *there = catalog_find_object(f->catalog, NULL, kind, catalog_name_in_schema(f->catalog, kind, schema, label));

	if (str_is(o->kind, "aggregate"))
		return o->born.doubtful ? STR_NONE : routine_there(f, schema, str_slice(label, 0, str_find_char(label, '(')),
		    str_slice(label, str_find_char(label, '(') + 1, label.n - 1));
	return there == NULL || there->born.doubtful || o->born.doubtful || catalog_unread_since(f->catalog, there->born, REACH_SCHEMA) ||
	    (str_starts(o->kind, "operator ") && !str_eq(method_of(o), method_of(there))) ? STR_NONE
	    : str_printf(f->arena, "%s \"%.*s\" already exists in schema \"%.*s\"", kind, STR_ARG(label), STR_ARG(schema));
}

static bool
is_schema_unsure(const struct catalog *c, struct str schema)
{
	return c->stand_ins.n > 0 || (schema.s != NULL && (str_starts(schema, "pg_") || str_is(schema, "information_schema")));
}

/* One of that name whose arguments may be called otherwise. */
static bool
may_be_spelled(const struct catalog *c, const char *kind, struct str name, struct str label)
{
	const char *begin = str_c(c->arena, str_printf(c->arena, "%.*s(", STR_ARG(name)));

	for (size_t i = 0; i < c->objects.n; i++) {
		const struct object *o = ((const struct slot *)c->objects.entries[i].value)->object;
		if (o != NULL && str_is(o->kind, kind) && str_starts(object_label(o), begin) &&
		    (str_find_char(object_label(o), '.') != (size_t)-1 || str_find_char(label, '.') != (size_t)-1))
			return true;
	}
	return false;
}

/* get_object_address(); the server has collations of many names. */
struct str
object_missing(const struct facts *f, int object, struct name name, struct str label)
{
	const struct catalog *c = f->catalog;
	const char *kind = object_type_word(object);
	struct str key = catalog_name_in_schema(c, kind, name.schema, label);

	if (f->op->if_exists || !c->complete || c->unread[REACH_SCHEMA] > 0 || has_extensions(c) || is_schema_unsure(c, name.schema) ||
	    catalog_find_object(c, NULL, kind, key) != NULL)
		return STR_NONE;
	if ((object == OBJECT_AGGREGATE || object == OBJECT_OPERATOR) && may_be_spelled(c, kind, name.name, label))
		return STR_NONE;
	if (object == OBJECT_OPERATOR)
		return c->shell_operators || (name.schema.s == NULL && operator_is_known(name.name) && !operator_is_lacking(c, name.name, label)) ? STR_NONE : str_printf(f->arena, "operator does not exist: %.*s", STR_ARG(label));
	if (object == OBJECT_AGGREGATE)
		return name.schema.s == NULL && volatile_builtin(name.name) != VOLATILITY_UNKNOWN ? STR_NONE
		    : str_printf(f->arena, "aggregate %.*s does not exist", STR_ARG(label));
	return object != OBJECT_COLLATION || (name.schema.s == NULL && !catalog_has_made(c, &c->objects, str_of(kind), key)) ? STR_NONE
	    : str_printf(f->arena, "collation \"%.*s\" does not exist", STR_ARG(label));
}

static void
rename_in_schema(const struct op *op, struct catalog *c, const struct rename *p)
{
	struct object *there = renamed_object(op, c);

	if (there != NULL)
		object_set_name(c, p->object, there, there->schema, op->target.name, p->new_name);
}

static void
rename_statistics(const struct op *op, struct catalog *c, const struct rename *p)
{
	struct object *there = catalog_find_statistics(c, op->target);

	if (there != NULL)
		catalog_move_statistics(c, there, there->schema, p->new_name);
}

static void
object_apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct rename *p = OP_DATA(op, struct rename);

	(void)session;
	if (op->noop)
		return;
	switch (p->object) {
	case OBJECT_TRIGGER:
		rename_trigger(c, op->table, p->old_name, p->new_name);
		break;
	case OBJECT_POLICY:
		rename_policy(c, op->table, p->old_name, p->new_name);
		break;
	case OBJECT_RULE:
		rename_rule(c, op->table, "rule", p->old_name, p->new_name);
		rename_rule(c, op->table, "rule state", p->old_name, p->new_name);
		catalog_rename_remarks(c, op->table, "rule", p->old_name, p->new_name);
		break;
	case OBJECT_PUBLICATION:
		publication_rename(c, op->target.name, p->new_name);
		rename_other(op, c, p);
		break;
	case OBJECT_FDW:
	case OBJECT_FOREIGN_SERVER:
		foreign_object_renamed(c, object_type_word(p->object), op->target.name, p->new_name);
		rename_other(op, c, p);
		break;
	case OBJECT_OPCLASS:
	case OBJECT_OPFAMILY:
	case OBJECT_AGGREGATE:
	case OBJECT_COLLATION:
	case OBJECT_CONVERSION:
	case OBJECT_TSCONFIGURATION:
	case OBJECT_TSDICTIONARY:
	case OBJECT_TSPARSER:
	case OBJECT_TSTEMPLATE:
		rename_in_schema(op, c, p);
		break;
	case OBJECT_EVENT_TRIGGER:
		rename_other(op, c, p);
		break;
	case OBJECT_STATISTIC_EXT:
		rename_statistics(op, c, p);
		break;
	case OBJECT_DOMCONSTRAINT:
		rename_domain_constraint(c, op->type, p->old_name, p->new_name);
		break;
	case OBJECT_FUNCTION:
	case OBJECT_PROCEDURE:
	case OBJECT_ROUTINE:
		routine_set_name(c, &(struct routine){ p->object, op->target, p->arguments }, STR_NONE, p->new_name);
		break;
	default:
		break;
	}
}

/* ---- what the server refuses ---- */

/* RenameRelationInternal() */
static struct str
relation_refused(const struct facts *f)
{
	const struct relation *r = f->op->index != NULL ? f->op->index : f->op->table;
	struct str name = OP_DATA(f->op, struct rename)->new_name;

	if (in_the_way(f->catalog, f->op) == NULL)
		return STR_NONE;
	if (r->assumed)
		return str_printf(f->arena, "relation \"%.*s\" does not exist, or \"%.*s\" is in its way", STR_ARG(r->name), STR_ARG(name));
	return str_printf(f->arena, "relation \"%.*s\" already exists", STR_ARG(name));
}

/* RenameType(): a composite type is a relation, too */
static struct str
type_refused(const struct facts *f)
{
	const struct typedef_ *t = f->op->type;
	struct str name = OP_DATA(f->op, struct rename)->new_name;
	const struct relation *r;
	const struct typedef_ *there;

	if (t == NULL || t->assumed)
		return STR_NONE;
	r = catalog_slot_object(&f->catalog->relations, t->schema, name);
	there = catalog_slot_object(&f->catalog->types, t->schema, name);
	if (is_known(r) && (t->kind == TYPE_COMPOSITE || (r->index == NULL && r->kind != RELATION_SEQUENCE)))
		return str_printf(f->arena, "%s \"%.*s\" already exists", t->kind == TYPE_COMPOSITE ? "relation" : "type", STR_ARG(name));
	return there == NULL || there->assumed ? STR_NONE : str_printf(f->arena, "type \"%.*s\" already exists", STR_ARG(name));
}

static bool
has_trigger(const struct relation *r, struct str name)
{
	return catalog_find_trigger(r, name) != NULL;
}

static bool
has_rule(const struct relation *r, struct str name)
{
	return catalog_find_object(NULL, r, "rule", name) != NULL;
}

static bool
has_policy(const struct relation *r, struct str name)
{
	return catalog_find_policy(r, name) != NULL;
}

static bool
has_domain_constraint(const struct typedef_ *t, struct str name)
{
	for (size_t i = 0; i < t->constraints.n; i++)
		if (t->constraints.items[i].name.s != NULL && str_eq(t->constraints.items[i].name, name))
			return true;
	return false;
}

/* renametrig(), rename_policy(), RenameRewriteRule() */
static struct str
part_refused(const struct facts *f, const char *part, const char *on, enum reach reach, bool (*has)(const struct relation *, struct str))
{
	const struct rename *p = OP_DATA(f->op, struct rename);
	const struct relation *r = f->op->table;

	if (!is_known(r))
		return STR_NONE;
	if (!has(r, p->old_name))
		return !is_settled(f, r, reach) ? STR_NONE
		    : str_printf(f->arena, "%s \"%.*s\" for %s \"%.*s\" does not exist", part, STR_ARG(p->old_name), on, STR_ARG(r->name));
	/* renametrig() does not mind the same name */
	return !has(r, p->new_name) || (p->object == OBJECT_TRIGGER && str_eq(p->old_name, p->new_name)) ? STR_NONE
	    : str_printf(f->arena, "%s \"%.*s\" for %s \"%.*s\" already exists", part, STR_ARG(p->new_name), on, STR_ARG(r->name));
}

static struct str
in_schema_refused(const struct facts *f, const struct rename *p)
{
	const struct object *o = renamed_object(f->op, f->catalog);

	if (o == NULL)
		return object_missing(f, p->object, f->op->target, object_key(f->arena, p->object, f->op->target.name, p->signature));
	return o->schema.s == NULL ? STR_NONE
	    : object_name_taken(f, o, o->schema, object_key(f->arena, p->object, p->new_name, p->signature));
}

static struct str
routine_refused(const struct facts *f, const struct rename *p)
{
	const struct routine r = { p->object, f->op->target, p->arguments };
	struct str missing = routine_missing(f, &r);

	return missing.s != NULL ? missing : routine_name_taken(f, &r, STR_NONE, p->new_name);
}

/* IsThereStatisticsInNamespace() */
struct str
statistics_name_taken(const struct facts *f, struct str schema, struct str name)
{
	const struct object *o = catalog_find_statistics(f->catalog, f->op->target);
	const struct object *there = o == NULL ? NULL
	    : catalog_find_statistics(f->catalog, (struct name){ schema.s != NULL ? schema : o->schema, name, { 0, 0 } });

	/* SET SCHEMA does nothing to what is there already */
	return there == NULL || there->born.doubtful || (there == o && schema.s != NULL) || catalog_unread_since(f->catalog, there->born, REACH_SCHEMA) ? STR_NONE
	    : str_printf(f->arena, "statistics object \"%.*s\" already exists in schema \"%.*s\"", STR_ARG(name), STR_ARG(there->schema));
}

static struct str
object_refused(const struct facts *f)
{
	const struct rename *p = OP_DATA(f->op, struct rename);
	const struct typedef_ *t = f->op->type;

	if (object_kind_has_schema(object_type_word(p->object)))
		return in_schema_refused(f, p);
	if (p->object == OBJECT_FUNCTION || p->object == OBJECT_PROCEDURE || p->object == OBJECT_ROUTINE)
		return routine_refused(f, p);
	if (p->object == OBJECT_STATISTIC_EXT)
		return statistics_name_taken(f, STR_NONE, p->new_name);
	if (p->object == OBJECT_TRIGGER)
		return part_refused(f, "trigger", "table", REACH_TRIGGERS, has_trigger);
	if (p->object == OBJECT_POLICY)
		return part_refused(f, "policy", "table", REACH_POLICIES, has_policy);
	if (p->object == OBJECT_RULE)
		return part_refused(f, "rule", "relation", REACH_SCHEMA, has_rule);
	if (p->object != OBJECT_DOMCONSTRAINT || t == NULL || t->assumed || t->kind != TYPE_DOMAIN)
		return STR_NONE;
	if (!has_domain_constraint(t, p->old_name))
		return catalog_unread_since(f->catalog, t->born, REACH_SCHEMA) ? STR_NONE
		    : str_printf(f->arena, "constraint \"%.*s\" for domain %.*s does not exist", STR_ARG(p->old_name), STR_ARG(t->name));
	return !has_domain_constraint(t, p->new_name) ? STR_NONE
	    : str_printf(f->arena, "constraint \"%.*s\" for domain %.*s already exists", STR_ARG(p->new_name), STR_ARG(t->name));
}

/* ---- facts ---- */

struct value
get_rename_new_name(const struct facts *f)
{
	return value_text(sql_ident(f->arena, OP_DATA(f->op, struct rename)->new_name));
}

struct value
get_rename_old_name(const struct facts *f)
{
	const struct rename *p = OP_DATA(f->op, struct rename);

	return value_text(sql_ident(f->arena, p->old_name.s != NULL ? p->old_name : f->op->target.name));
}

static struct value
get_if_exists(const struct facts *f)
{
	return value_bool(f->op->if_exists);
}

static struct value
get_object_kind(const struct facts *f)
{
	return value_text(str_of(object_type_word(OP_DATA(f->op, struct rename)->object)));
}

static struct value
get_backs_constraint(const struct facts *f)
{
	const struct relation *r = f->op->index;

	return r == NULL || r->index == NULL ? value_unknown() : value_bool(r->index->constraint != NULL);
}

static struct value
get_backing_index(const struct facts *f)
{
	const struct constraint *k = f->op->constraint;

	if (k == NULL)
		return value_unknown();
	return k->index == NULL ? value_absent() : value_text(relation_words(f->arena, f->catalog, k->index));
}

struct value
get_rename_view_follows(const struct facts *f)
{
	return script_value(f->op, script_creates_view_later(f->op));
}

/* Code that says the old name finds a table or view there again. */
bool
rename_op_gives_name_of(const struct op *other, const struct op *op)
{
	struct op twin = *other;

	twin.target.name = OP_DATA(other, struct rename)->new_name;
	return op_names_same(&twin, op);
}

static struct str
schema_of(const struct op *op)
{
	return op->target.schema.s == NULL && op->table != NULL ? op->table->schema : op->target.schema;
}

/* A temporary one is in a schema of its own. */
static bool
makes_table(const struct op *op)
{
	bool makes = is_kind(op, "create_table") || is_kind(op, "create_table_as");

	return makes && !field_find(op->kind, STR("is_temporary"))->get(&(struct facts){ .op = op }).yes;
}

bool
op_takes_name(const struct op *other, const struct op *op)
{
	if (is_kind(other, "rename_table") || is_kind(other, "rename_view") || is_kind(other, "rename_materialized_view"))
		return rename_op_gives_name_of(other, op);
	if (is_kind(other, "set_schema"))
		return str_eq(other->target.name, op->target.name) && str_eq(OP_DATA(other, struct rename)->new_name, schema_of(op));
	return op_creates_view_of(other, op) || (makes_table(other) && op_names_same(other, op));
}

bool
script_takes_name_later(const struct op *op)
{
	return script_later(op, op_takes_name);
}

struct value
get_rename_name_returns(const struct facts *f)
{
	return script_value(f->op, script_takes_name_later(f->op));
}

struct str
later_file_taking_name(const struct facts *f)
{
	return later_file_of(f, &f->op->target.name, 1, op_takes_name);
}

static struct value
get_new_relation(const struct facts *f)
{
	struct relation renamed;

	if (f->op->table == NULL)
		return value_absent();
	renamed = *f->op->table;
	renamed.name = OP_DATA(f->op, struct rename)->new_name;
	return value_text(relation_words(f->arena, f->catalog, &renamed));
}

static struct value
get_keeping_old_name(const struct facts *f)
{
	return f->op->table == NULL ? value_absent()
	    : value_text(keeping_old_name(f, str_printf(f->arena, "RENAME TO %.*s", STR_ARG(get_rename_new_name(f).text))));
}

/* The query as far as the files tell. */
static struct value
get_view_beside(const struct facts *f)
{
	const struct relation *r = f->op->table;
	bool stored = is_kind(f->op, "rename_materialized_view");
	struct str query, name = get_new_relation(f).text;

	if (r == NULL)
		return value_absent();
	query = r->definition.n == 0 ? str_printf(f->arena, "AS SELECT * FROM %.*s", STR_ARG(relation_words(f->arena, f->catalog, r)))
	    : stored ? str_printf(f->arena, "AS %.*s", STR_ARG(r->definition)) : r->definition;
	return value_text(str_printf(f->arena, "CREATE %sVIEW %.*s %.*s;", stored ? "MATERIALIZED " : "", STR_ARG(name), STR_ARG(query)));
}

struct value
get_rename_name_is_new(const struct facts *f)
{
	return f->op->table == NULL ? value_absent() : value_bool(birth_in_change(f->catalog, &f->op->table->replaced));
}

static struct value
get_schema_is_new(const struct facts *f)
{
	const struct schema *s = catalog_slot_object(&f->catalog->schemas, STR(""), f->op->target.name);

	return value_bool(s != NULL && (birth_in_change(f->catalog, &s->born) || birth_in_change(f->catalog, &s->named)));
}

#define COMMON \
	{ "old_name", FIELD_TEXT, "the name it has before", get_rename_old_name }, \
	{ "new_name", FIELD_TEXT, "the name it gets", get_rename_new_name }, \
	{ "if_exists", FIELD_BOOL, "IF EXISTS is given", get_if_exists }

static const struct field fields[] = { COMMON, { NULL, FIELD_BOOL, NULL, NULL } };

static const struct field relation_fields[] = {
	COMMON,
	{ "view_beside", FIELD_TEXT, "for advice: the statement that creates a view like it under the new name", get_view_beside },
	{ "new_relation", FIELD_TEXT, "the name it gets, with its schema when that is not the default one", get_new_relation },
	{ "name_returns", FIELD_BOOL, "a later statement of the file creates a view or table of the old name, or gives it to another one",
	    get_rename_name_returns },
	{ "keeping_old_name", FIELD_TEXT, "for advice: the statement, and a view of the old name, of what later statements of the file neither drop nor give another type; comments where row level security forbids it",
	    get_keeping_old_name },
	{ "name_is_new", FIELD_BOOL, "it was given the name, or moved to the schema, that it has before by this migration, or by another of the changed files", get_rename_name_is_new },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

static const struct field schema_fields[] = {
	COMMON,
	{ "name_is_new", FIELD_BOOL, "it was created, or given the name that it has before, by this migration, or by another of the changed files", get_schema_is_new },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

static const struct field index_fields[] = {
	COMMON,
	{ "backs_constraint", FIELD_BOOL, "the index belongs to a key or exclusion constraint, which is renamed too",
	    get_backs_constraint },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

static const struct field constraint_fields[] = {
	COMMON,
	{ "backing_index", FIELD_TEXT, "the index of the key, which is renamed too; absent: it has none", get_backing_index },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

static const struct field object_fields[] = {
	COMMON,
	{ "object_kind", FIELD_TEXT, "what is renamed: trigger, policy, function ...", get_object_kind },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

#define RENAME(object) .node = T_RenameStmt, .subtype = object, .size = sizeof(struct rename)
#define RELATION(kind_name, kind_doc, object) \
	{ .name = kind_name, .doc = kind_doc, RENAME(object), .has = HAS_TABLE, .fields = relation_fields, .lower = lower, \
	    .bind = bind_relation, .effects = relation_effects, .refused = relation_refused, .apply = relation_apply }

const struct op_kind op_kinds_rename[] = {
	RELATION("rename_table", "ALTER TABLE ... RENAME TO, ALTER FOREIGN TABLE ... RENAME TO", OBJECT_TABLE),
	RELATION("rename_view", "ALTER VIEW ... RENAME TO", OBJECT_VIEW),
	RELATION("rename_materialized_view", "ALTER MATERIALIZED VIEW ... RENAME TO", OBJECT_MATVIEW),
	RELATION("rename_sequence", "ALTER SEQUENCE ... RENAME TO", OBJECT_SEQUENCE),
	{ .name = "rename_index", .doc = "ALTER INDEX ... RENAME TO", RENAME(OBJECT_INDEX), .has = HAS_TABLE | HAS_INDEX,
	    .fields = index_fields, .lower = lower, .bind = bind_relation, .effects = relation_effects, .refused = relation_refused,
	    .apply = relation_apply },
	{ .name = "rename_constraint", .doc = "ALTER TABLE ... RENAME CONSTRAINT", RENAME(OBJECT_TABCONSTRAINT),
	    .has = HAS_TABLE | HAS_CONSTRAINT, .fields = constraint_fields, .lower = lower_constraint,
	    .bind = bind_constraint, .effects = constraint_effects, .apply = constraint_apply },
	{ .name = "rename_type", .doc = "ALTER TYPE ... RENAME TO, ALTER DOMAIN ... RENAME TO", RENAME(OBJECT_TYPE),
	    .has = HAS_TYPE, .fields = fields, .lower = lower, .bind = bind_type, .effects = type_effects, .refused = type_refused,
	    .apply = type_apply },
	{ .name = "rename_schema", .doc = "ALTER SCHEMA ... RENAME TO", RENAME(OBJECT_SCHEMA), .fields = schema_fields,
	    .lower = lower, .refused = schema_refused, .apply = schema_apply },
	{ .name = "rename_object", .doc = "ALTER ... RENAME of a trigger, policy, rule, function or another kind of object",
	    RENAME(-1), .has = HAS_TABLE | HAS_TYPE, .fields = object_fields, .lower = lower_object, .bind = bind_object,
	    .effects = object_effects, .refused = object_refused, .apply = object_apply },
	{ .name = NULL }
};
