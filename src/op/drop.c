#include <string.h>

#include "op/concurrently.h"
#include "op/constraint.h"
#include "op/copied.h"
#include "op/depend.h"
#include "op/dml.h"
#include "op/drop.h"
#include "op/extension.h"
#include "op/extras.h"
#include "op/failure.h"
#include "op/foreign.h"
#include "op/key_drops.h"
#include "op/key_index.h"
#include "op/order.h"
#include "op/other_key.h"
#include "op/rename.h"
#include "op/retire.h"
#include "op/routine.h"
#include "op/select.h"
#include "op/unread_drop.h"
#include "op/uses.h"
#include "op/view.h"
#include "op/view_text.h"

#include "base/buf.h"

struct payload {
	bool concurrently;
	size_t nobjects;                /* named in the statement */
	int object;                     /* OBJECT_... */
	struct str arguments;           /* of a function; STR_NONE: not given */
	VEC(const struct relation *) pointed_at;        /* by foreign keys that have gone with it; set by apply */
};

/* DropStmt names objects by lists of strings; types and domains by TypeName, functions by ObjectWithArgs. */
static const List *
object_names(const Node *object)
{
	if (IsA(object, List))
		return (const List *)object;
	if (IsA(object, TypeName))
		return ((const TypeName *)object)->names;
	if (IsA(object, ObjectWithArgs))
		return ((const ObjectWithArgs *)object)->objname;
	return NIL;
}

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const DropStmt *st = node;
	const ListCell *cell;

	foreach (cell, st->objects) {
		struct op *op = lower_add(l, kind);
		struct payload *p = OP_DATA(op, struct payload);
		const Node *object = lfirst(cell);
		if (IsA(object, String))
			op->target.name = lower_text(l, strVal(object));
		else
			op->target = st->removeType == OBJECT_OPCLASS || st->removeType == OBJECT_OPFAMILY ? lower_class_name(l, object)
			    : lower_name_list(l, object_names(object));
		if (op->target.span.len == 0 && op->target.name.s != NULL)
			op->target.span = locate_name(l->statement, l->statement->span, op->target.name);
		op->spans[SPAN_TABLE] = op->spans[SPAN_NAME] = op->spans[SPAN_INDEX] = op->target.span;
		op->spans[SPAN_KEYWORD] = locate_leading(l->statement, l->statement->span, st->concurrent ? 3 : 2);
		op->if_exists = st->missing_ok;
		op->cascade = st->behavior == DROP_CASCADE;
		p->concurrently = st->concurrent;
		p->object = (int)st->removeType;
		p->arguments = st->removeType == OBJECT_OPERATOR || st->removeType == OBJECT_AGGREGATE ? lower_signature(l, object)
		    : st->removeType == OBJECT_CAST ? lower_cast_types(l, object) : lower_argument_types(l, object);
		p->nobjects = (size_t)list_length(st->objects);
	}
}

/* A name we know nothing about exists, unless the statement itself has dropped it already. */
static void
bind_relation(struct op *op, struct catalog *c, enum relkind kind)
{
	op->table = catalog_find_relation(c, op->target);
	if (op->table == NULL && catalog_ended_now(c, op->target))
		op->noop = true;
	else
		op->table = catalog_relation(c, op->target, kind);
}

static void
bind_table(struct op *op, struct catalog *c)
{
	bind_relation(op, c, RELATION_TABLE);
}

static void
bind_view(struct op *op, struct catalog *c)
{
	bind_relation(op, c, RELATION_VIEW);
}

static void
bind_matview(struct op *op, struct catalog *c)
{
	bind_relation(op, c, RELATION_MATVIEW);
}

static void
bind_sequence(struct op *op, struct catalog *c)
{
	bind_relation(op, c, RELATION_SEQUENCE);
}

static void
bind_foreign_table(struct op *op, struct catalog *c)
{
	bind_relation(op, c, RELATION_FOREIGN);
}

/* The only index of that name, in whatever schema, or NULL. */
static struct relation *
find_index(const struct catalog *c, struct str name)
{
	struct relation *found = NULL;

	for (size_t i = 0; i < c->all.n; i++) {
		struct relation *r = c->all.items[i];
		if (!is_known(r) || r->index == NULL || !str_eq(r->name, name))
			continue;
		if (found != NULL)
			return NULL;
		found = r;
	}
	return found;
}

/* It fails, or runs with another search path, and then it is the one that the files have made. */
static void
bind_index(struct op *op, struct catalog *c)
{
	struct relation *other = op->target.schema.s == NULL && !op->if_exists && catalog_find_relation(c, op->target) == NULL &&
	    !catalog_ended_now(c, op->target) ? find_index(c, op->target.name) : NULL;

	op->elsewhere = other != NULL;
	if (other != NULL)
		op->table = other;
	else
		bind_relation(op, c, RELATION_INDEX);
	op->index = op->table;
	op->table = op->index != NULL && op->index->index != NULL ? op->index->index->table : NULL;
}

/* Where a table was, its row type was the type of that name. */
static bool
lacks_type(const struct catalog *c, struct name name)
{
	return catalog_find_relation(c, name) == NULL && (catalog_lacks_name(c, &c->types, name) || catalog_lacks_name(c, &c->relations, name));
}

static void
bind_type(struct op *op, struct catalog *c)
{
	op->type = catalog_find_type(c, op->target.schema, op->target.name);
	op->noop = op->type == NULL && ((op->if_exists && lacks_type(c, op->target)) || catalog_ended_now(c, op->target));
	op->may_be_missing = op->type == NULL && op->if_exists && !op->noop;
}

static struct routine
routine_of(const struct op *op)
{
	return (struct routine){ op->kind->subtype, op->target, OP_DATA(op, struct payload)->arguments };
}

static struct routine_found
routine_named(const struct op *op, const struct catalog *c)
{
	const struct routine r = routine_of(op);

	return routine_find(c, &r);
}

/* IF EXISTS is there for what the file then makes. */
static bool
gets_signature(const struct op *other, const struct op *op)
{
	bool creates = is_kind(other, "create_function") && str_eq(function_op_arguments(other), OP_DATA(op, struct payload)->arguments);

	return ((creates || is_kind(other, "create_object")) && op_names_same(other, op)) || (is_kind(other, "rename_object") && rename_op_gives_name_of(other, op));
}

/* LookupFuncWithArgs(): NOTICE, where what has the name takes other arguments */
static void
spare_others(struct op *op, struct catalog *c)
{
	struct str arguments = OP_DATA(op, struct payload)->arguments, others = op->if_exists ? routine_others(c, &(struct routine){ OBJECT_ROUTINE, op->target, arguments }) : STR_NONE;

	if (others.s == NULL)
		return;
	op->noop = true;
	op->may_be_missing = false;
	if (!script_later(op, gets_signature))
		op->difference = str_printf(c->arena, "%.*s(%.*s) is not there, only %.*s", STR_ARG(op->target.name), STR_ARG(arguments), STR_ARG(others));
}

/* The one of those arguments was dropped before. */
static void
bind_function(struct op *op, struct catalog *c)
{
	const struct function_set *set = catalog_functions(c, op->target.schema, op->target.name);
	struct str arguments = OP_DATA(op, struct payload)->arguments;
	bool was_there = catalog_functions(c, op->target.schema, op->target.name) == NULL && catalog_lacks_name(c, &c->functions, op->target);

	if (routine_named(op, c).aggregate != NULL)
		return;
	for (size_t i = 0; set != NULL && i < set->overloads.n; i++) {
		if (arguments.s != NULL && !function_takes(c, set->overloads.items[i], arguments))
			continue;
		if (!set->overloads.items[i]->dropped)
			return;
		was_there = true;
	}
	op->noop = op->if_exists && was_there;
	op->may_be_missing = op->if_exists && !was_there;
	if (!was_there)
		spare_others(op, c);
}

static bool
holds_relation(const struct catalog *c, struct str schema)
{
	for (size_t i = 0; i < c->all.n; i++)
		if (!c->all.items[i]->dropped && !c->all.items[i]->doubted && str_eq(c->all.items[i]->schema, schema))
			return true;
	return false;
}

/* Every database comes with the default schema. */
static void
bind_schema(struct op *op, struct catalog *c)
{
	struct name name = { STR(""), op->target.name, op->target.span };
	bool is_there = catalog_slot_object(&c->schemas, STR(""), name.name) != NULL || holds_relation(c, name.name);
	bool is_known = catalog_knows_name(c, &c->schemas, name);

	op->noop = op->if_exists && !is_there && is_known && !str_eq(name.name, c->default_schema);
	op->may_be_missing = op->if_exists && !is_there && !is_known && !str_eq(name.name, c->default_schema);
}

static struct str
key_of(const struct op *op, const struct catalog *c)
{
	const struct payload *p = OP_DATA(op, struct payload);
	const struct object *statistics = p->object == OBJECT_STATISTIC_EXT ? catalog_find_statistics(c, op->target) : NULL;

	return statistics != NULL ? statistics->name
	    : catalog_name_in_schema(c, object_type_word(p->object), op->target.schema, object_key(c->arena, p->object, op->target.name, p->arguments));
}

/* Every database comes with plpgsql. */
static void
bind_object(struct op *op, struct catalog *c)
{
	const char *kind = object_type_word(OP_DATA(op, struct payload)->object);
	struct name name = { str_of(kind), key_of(op, c), op->target.span };
	bool is_there = catalog_find_object(c, NULL, kind, name.name) != NULL || str_is(op->target.name, "plpgsql");
	bool is_known = catalog_knows_name(c, &c->objects, name);

	op->noop = op->if_exists && !is_there && is_known;
	op->may_be_missing = op->if_exists && !is_there && !is_known;
	if (OP_DATA(op, struct payload)->object == OBJECT_AGGREGATE && !is_there && !catalog_has_made(c, &c->objects, name.schema, name.name))
		spare_others(op, c);
}

/* ---- effects ---- */

/* heap_drop_with_catalog(): a partition's parent and its DEFAULT partition. */
static void
lock_parent(struct effects *e, const struct relation *r)
{
	const struct relation *parent = r->parent;

	if (parent == NULL || !r->is_partition)
		return;
	effects_lock(e, r->parent, ACCESS_EXCLUSIVE);
	for (size_t i = 0; i < parent->partitions.n; i++)
		if (parent->partitions.items[i]->default_partition)
			effects_lock(e, parent->partitions.items[i], ACCESS_EXCLUSIVE);
}

static void
lock_dependents(struct effects *e, struct relation *r)
{
	for (size_t i = 0; i < r->dependents.n; i++)
		if (!r->dependents.items[i]->dropped && effects_find(e, r->dependents.items[i]) == NULL)
			drop_lock_relation(e, r->dependents.items[i], true);
}

void
drop_lock_relation(struct effects *e, struct relation *r, bool cascade)
{
	effects_lock(e, r, ACCESS_EXCLUSIVE);
	lock_parent(e, r);
	/* a partition's copy of a foreign key has nothing on the other table */
	for (size_t i = 0; i < r->constraints.n; i++)
		if (r->constraints.items[i]->references != NULL && r->constraints.items[i]->parent == NULL)
			effects_lock_tree(e, r->constraints.items[i]->references, ACCESS_EXCLUSIVE, false);
	for (const struct relation *at = r; at != NULL; at = relation_whole(at))
		for (size_t i = 0; i < at->referenced_by.n; i++)
			effects_lock(e, at->referenced_by.items[i]->table, ACCESS_EXCLUSIVE);
	for (size_t i = 0; i < r->indexes.n; i++)
		effects_lock(e, r->indexes.items[i], ACCESS_EXCLUSIVE);
	for (size_t i = 0; i < r->columns.n; i++)
		if (!r->columns.items[i]->dropped && r->columns.items[i]->sequence != NULL)
			effects_lock(e, r->columns.items[i]->sequence, ACCESS_EXCLUSIVE);
	for (size_t i = 0; i < r->partitions.n; i++)
		drop_lock_relation(e, r->partitions.items[i], cascade);
	if (!cascade)
		return;
	lock_dependents(e, r);
	/* the default that draws from the sequence */
	if (r->kind == RELATION_SEQUENCE && r->owner != NULL)
		effects_lock(e, r->owner, ACCESS_EXCLUSIVE);
}

static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	(void)f;
	if (op->table != NULL && !op->noop)
		drop_lock_relation(e, op->table, op->cascade);
}

void
drop_lock_with_column(struct effects *e, struct relation *r, struct str column)
{
	for (size_t i = 0; i < r->indexes.n; i++)
		if (index_has_key(r->indexes.items[i]->index, column))
			effects_lock(e, r->indexes.items[i], ACCESS_EXCLUSIVE);
	for (size_t i = 0; i < r->dependents.n; i++)
		if (!r->dependents.items[i]->dropped && sql_find_word(r->dependents.items[i]->definition, column, 0) != (size_t)-1)
			drop_lock_relation(e, r->dependents.items[i], true);
}

static void
lock_users(struct effects *e, const struct catalog *c, const struct typedef_ *t)
{
	for (size_t i = 0; i < t->users.n; i++) {
		struct relation *r = t->users.items[i];
		if (r->dropped || !type_is_needed_by(c, t, r))
			continue;
		effects_lock_tree(e, r, ACCESS_EXCLUSIVE, false);
		for (size_t j = 0; j < r->columns.n; j++)
			if (!r->columns.items[j]->dropped && str_eq(r->columns.items[j]->type.name, t->name))
				drop_lock_with_column(e, r, r->columns.items[j]->name);
	}
}

/* DROP_CASCADE takes the columns of the type along. A composite type has a relation of its own. */
static void
type_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	struct relation *composite = catalog_find_relation(f->catalog, op->target);

	if (op->noop)
		return;
	if (composite != NULL && composite->kind == RELATION_COMPOSITE)
		effects_lock(e, composite, ACCESS_EXCLUSIVE);
	if (op->cascade && op->type != NULL)
		lock_users(e, f->catalog, op->type);
}

struct call_search {
	const struct called *function;
	bool found;
};

/* A schema that is not given may be any. */
static bool
may_mean(struct str schema, struct str name, const struct called *function)
{
	return str_eq(name, function->name) && (schema.s == NULL || function->schema.s == NULL || str_eq(schema, function->schema));
}

static void
visit_call(void *arg, const struct expr *e)
{
	struct call_search *search = arg;

	search->found = search->found || (e->kind == EXPR_FUNCTION && may_mean(e->schema, e->name, search->function));
}

static bool
expr_calls(const struct expr *e, const struct called *function)
{
	struct call_search search = { .function = function };

	if (e != NULL)
		expr_walk(e, visit_call, &search);
	return search.found;
}

static bool
index_calls(const struct index *index, const struct called *function)
{
	for (size_t i = 0; i < index->columns.n; i++)
		if (expr_calls(index->columns.items[i].expr, function))
			return true;
	return expr_calls(index->predicate, function);
}

/* A trigger, CHECK, default or policy of it does, or the query of a view. */
static bool
calls(const struct relation *r, const struct called *function)
{
	for (size_t i = 0; i < r->triggers.n; i++)
		if (!r->triggers.items[i]->dropped && may_mean(r->triggers.items[i]->function_schema, r->triggers.items[i]->function, function))
			return true;
	for (size_t i = 0; i < r->constraints.n; i++)
		if (expr_calls(r->constraints.items[i]->check, function))
			return true;
	for (size_t i = 0; i < r->columns.n; i++)
		if (!r->columns.items[i]->dropped && expr_calls(r->columns.items[i]->default_expr, function))
			return true;
	for (size_t i = 0; i < r->policies.n; i++)
		if (expr_calls(r->policies.items[i]->using_expr, function) || expr_calls(r->policies.items[i]->check_expr, function))
			return true;
	return false;
}

static bool
view_calls(const struct relation *r, const struct called *function)
{
	for (size_t i = 0; i < r->calls.n; i++)
		if (may_mean(r->calls.items[i].schema, r->calls.items[i].name, function))
			return true;
	return false;
}

void
drop_lock_callers(struct effects *e, const struct facts *f, struct called function)
{
	for (size_t i = 0; i < f->catalog->all.n; i++) {
		struct relation *r = f->catalog->all.items[i];
		if (r->dropped)
			continue;
		if (calls(r, &function))
			effects_lock(e, r, ACCESS_EXCLUSIVE);
		if (view_calls(r, &function))
			drop_lock_relation(e, r, true);
		if (r->index == NULL || r->index->table == NULL || !index_calls(r->index, &function))
			continue;
		effects_lock(e, r->index->table, ACCESS_EXCLUSIVE);
		effects_lock(e, r, ACCESS_EXCLUSIVE);
	}
}

const struct function *
drop_op_function(const struct op *op, const struct catalog *c)
{
	return routine_named(op, c).function;
}

/* That a DROP FUNCTION, PROCEDURE or ROUTINE names; NULL: none that is known. */
static const struct function *
named_function(const struct facts *f)
{
	return drop_op_function(f->op, f->catalog);
}

/* DROP_CASCADE takes along what calls it. */
static void
function_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	const struct function *fn = named_function(f);

	if (op->cascade && !op->noop)
		drop_lock_callers(e, f, (struct called){ .schema = fn != NULL ? fn->schema : op->target.schema, .name = op->target.name });
}

static bool
needs_schema(const struct typedef_ *t, struct str schema)
{
	return !t->dropped && (str_eq(t->schema, schema) || str_eq(t->multirange_schema, schema));
}

static void
schema_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	for (size_t i = 0; op->cascade && i < f->catalog->all.n; i++) {
		struct relation *r = f->catalog->all.items[i];
		if (!r->dropped && r->index == NULL && str_eq(r->schema, op->target.name))
			drop_lock_relation(e, r, true);
	}
	for (size_t i = 0; op->cascade && i < f->catalog->all_types.n; i++)
		if (needs_schema(f->catalog->all_types.items[i], op->target.name))
			lock_users(e, f->catalog, f->catalog->all_types.items[i]);
}

static void
lock_index_tree(struct effects *e, struct relation *index, enum lock lock)
{
	if (index->index->table != NULL)
		effects_lock(e, index->index->table, lock);
	effects_lock(e, index, lock);
	for (size_t i = 0; i < index->index->children.n; i++)
		lock_index_tree(e, index->index->children.items[i], lock);
}

/* Foreign keys may need a unique index that is no constraint. */
static void
lock_referencing(struct effects *e, const struct index *index)
{
	for (size_t i = 0; i < index->table->referenced_by.n; i++) {
		const struct constraint *k = index->table->referenced_by.items[i];
		if (k->reference_columns.n == index->columns.n && k->reference_columns.n > 0 && index->columns.items[0].name.s != NULL &&
		    str_eq(k->reference_columns.items[0], index->columns.items[0].name))
			effects_lock(e, k->table, ACCESS_EXCLUSIVE);
	}
}

/*
 * index_drop(): CONCURRENTLY takes ShareUpdateExclusiveLock on the table and the index, and in the end, when no one uses
 * it any more, AccessExclusiveLock on the index. An index we know nothing of stands for its table.
 */
static void
index_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	const struct payload *p = OP_DATA(op, struct payload);
	enum lock lock = p->concurrently ? SHARE_UPDATE_EXCLUSIVE : ACCESS_EXCLUSIVE;

	(void)f;
	if (op->noop)
		return;
	if (op->index->index != NULL)
		lock_index_tree(e, op->index, lock);
	effects_lock(e, op->index, op->index->index != NULL ? ACCESS_EXCLUSIVE : lock);
	if (op->cascade && op->index->index != NULL && op->index->index->unique && op->index->index->table != NULL)
		lock_referencing(e, op->index->index);
}

/* ---- catalog ---- */

/* On the table, its partitions and children, which go with it. */
static void
drop_views(struct catalog *c, struct relation *r)
{
	const struct depended on = { .relation = r };

	views_drop_on(c, r);
	depend_drop(c, &on);
	for (size_t i = 0; i < r->partitions.n; i++)
		drop_views(c, r->partitions.items[i]);
}

void
drop_relation(struct catalog *c, struct relation *r, bool cascade)
{
	if (cascade)
		drop_views(c, r);
	catalog_drop_relation(c, r);
}

static void
note_pointed_at(struct op *op, const struct catalog *c)
{
	struct payload *p = OP_DATA(op, struct payload);

	p->pointed_at.n = 0;
	for (size_t i = 0; i < op->table->constraints.n; i++)
		if (op->table->constraints.items[i]->references != NULL)
			*vec_push(c->arena, &p->pointed_at) = op->table->constraints.items[i]->references;
}

static void
apply(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	if (op->noop || op->table == NULL)
		return;
	note_pointed_at(op, c);
	drop_relation(c, op->table, op->cascade);
}

static void
apply_index(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	if (!op->noop && op->index != NULL)
		catalog_drop_relation(c, op->index);
}

void
type_drop_with_users(struct catalog *c, struct typedef_ *t)
{
	const struct depended on = { .type = t };
	struct relation *composite = catalog_find_relation(c, (struct name){ t->schema, t->name, { 0, 0 } });

	if (t->dropped)
		return;
	depend_drop(c, &on);
	if (!t->dropped)
		catalog_drop_type(c, t);
	if (composite != NULL && composite->kind == RELATION_COMPOSITE)
		catalog_drop_relation(c, composite);
}

static void
drop_functions_and_objects(struct catalog *c, struct str schema)
{
	for (size_t i = 0; i < c->functions.n; i++) {
		const struct function_set *set = ((const struct slot *)c->functions.entries[i].value)->object;
		for (size_t j = 0; set != NULL && j < set->overloads.n; j++)
			if (str_eq(set->overloads.items[j]->schema, schema))
				depend_drop_function(c, set->overloads.items[j]);
	}
	for (size_t i = 0; i < c->objects.n; i++) {
		struct object *o = ((const struct slot *)c->objects.entries[i].value)->object;
		if (o == NULL || o->of != NULL || o->schema.s == NULL || !str_eq(o->schema, schema))
			continue;
		depend_drop(c, &(struct depended){ .object = o });
		catalog_remove_object(c, NULL, str_c(c->arena, o->kind), o->name);
	}
}

static void
apply_type(struct op *op, struct catalog *c, struct session *session)
{
	struct relation *composite = catalog_find_relation(c, op->target);

	(void)session;
	if (op->type != NULL && op->cascade)
		type_drop_with_users(c, op->type);
	else if (op->type != NULL)
		catalog_drop_type(c, op->type);
	if (composite != NULL && composite->kind == RELATION_COMPOSITE)
		catalog_drop_relation(c, composite);
}

static void
apply_schema(struct op *op, struct catalog *c, struct session *session)
{
	struct schema *schema = catalog_slot_object(&c->schemas, STR(""), op->target.name);

	(void)session;
	for (size_t i = 0; i < c->all.n; i++)
		if (!c->all.items[i]->dropped && str_eq(c->all.items[i]->schema, op->target.name)) {
			drop_views(c, c->all.items[i]);
			catalog_drop_relation(c, c->all.items[i]);
		}
	for (size_t i = 0; i < c->all_types.n; i++)
		if (needs_schema(c->all_types.items[i], op->target.name)) {
			type_drop_with_users(c, c->all_types.items[i]);
		}
	drop_functions_and_objects(c, op->target.name);
	catalog_drop_functions(c, op->target.name);
	publication_rename_schema(c, op->target.name, STR_NONE);
	catalog_move_all_statistics(c, op->target.name, STR_NONE);
	catalog_move_defaults(c, op->target.name, STR_NONE);
	catalog_touch(c, TOUCHED_SCHEMA, STR(""), op->target.name, false);
	if (schema != NULL)
		catalog_set(c, &schema->dropped, true);
	catalog_set(c, &catalog_slot(c, &c->schemas, STR(""), op->target.name)->object, NULL);
}

bool
trigger_calls(const struct catalog *c, const struct trigger *t, struct str schema, struct str function)
{
	return !t->dropped && str_eq(t->function, function) &&
	    str_eq(t->function_schema.s != NULL ? t->function_schema : c->default_schema, schema);
}

/* What would have kept the function from going is gone: something that is not read has dropped its table. */
static void
forget_triggers(struct catalog *c, struct name function, bool of_known)
{
	struct str schema = catalog_target_schema(c, function);

	for (size_t i = 0; i < c->all.n; i++) {
		struct relation *r = c->all.items[i];
		for (size_t j = r->dropped || !(of_known || r->assumed) ? 0 : r->triggers.n; j-- > 0;)
			if (trigger_calls(c, r->triggers.items[j], schema, function.name)) {
				catalog_touch(c, TOUCHED_RELATION, r->schema, r->name, r->assumed);
				catalog_remove(c, &r->triggers, j);
			}
	}
}

static void
apply_function(struct op *op, struct catalog *c, struct session *session)
{
	struct str arguments = OP_DATA(op, struct payload)->arguments;
	struct routine_found found = routine_named(op, c);

	(void)session;
	if (found.aggregate != NULL) {
		if (op->cascade)
			depend_drop(c, &(struct depended){ .object = found.aggregate });
		catalog_remove_object(c, NULL, "aggregate", found.aggregate->name);
		return;
	}
	if (op->cascade && found.function != NULL) {
		depend_drop_function(c, found.function);
		return;
	}
	if (!op->cascade && arguments.n == 0)
		forget_triggers(c, op->target, op->failure.s == NULL);
	catalog_drop_function(c, op->target.schema, op->target.name, found.function != NULL ? found.function->arguments : arguments, op->cascade);
}

static const struct object *
object_named(const struct op *op, const struct catalog *c)
{
	return catalog_find_object(c, NULL, object_type_word(OP_DATA(op, struct payload)->object), key_of(op, c));
}

static void
apply_object(struct op *op, struct catalog *c, struct session *session)
{
	int object = OP_DATA(op, struct payload)->object;

	(void)session;
	if (object == OBJECT_PUBLICATION)
		publication_remove_members(c, op->target.name);
	if (object == OBJECT_FDW || object == OBJECT_FOREIGN_SERVER)
		foreign_object_renamed(c, object_type_word(object), op->target.name, STR_NONE);
	if (op->cascade && object_named(op, c) != NULL)
		depend_drop(c, &(struct depended){ .object = object_named(op, c) });
	if (object_named(op, c) != NULL)
		class_leave_family(c, object_named(op, c));
	catalog_remove_object(c, NULL, object_type_word(object), key_of(op, c));
}

static void
apply_extension(struct op *op, struct catalog *c, struct session *session)
{
	if (op->cascade)
		extension_drop_users(c, op->target.name);
	apply_object(op, c, session);
}

static void
extension_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	if (op->cascade)
		extension_lock_users(e, f, op->target.name);
}

/* ---- what the server refuses ---- */

/* One that no file has made may not be there either. */
static struct str
extension_refused(const struct facts *f)
{
	struct str extension = f->op->target.name;
	struct str user = f->op->cascade || catalog_find_object(f->catalog, NULL, "extension", extension) == NULL ? STR_NONE
	    : extension_needed(f, extension);

	return user.s == NULL ? STR_NONE
	    : str_printf(f->arena, "cannot drop extension %.*s: %.*s depends on it", STR_ARG(extension), STR_ARG(user));
}

static struct str
aggregate_refused(const struct facts *f, const struct object *o)
{
	struct str user = f->op->cascade || o->born.doubtful ? STR_NONE : depend_needed(f, &(struct depended){ .object = o });

	/* RemoveObjects() */
	if (f->op->kind->subtype == OBJECT_FUNCTION)
		return o->born.doubtful ? STR_NONE : str_printf(f->arena, "\"%.*s\" is an aggregate function", STR_ARG(f->op->target.name));
	return user.s == NULL ? STR_NONE
	    : str_printf(f->arena, "cannot drop function %.*s: %.*s depends on it", STR_ARG(f->op->target.name), STR_ARG(user));
}

/* Triggers name a function without arguments. */
static struct str
function_refused(const struct facts *f)
{
	const struct op *op = f->op;
	const struct routine routine = routine_of(op);
	const struct function *function = routine_find(f->catalog, &routine).function;
	const struct object *aggregate = routine_find(f->catalog, &routine).aggregate;
	struct str user;

	if (aggregate != NULL)
		return aggregate_refused(f, aggregate);
	if (function == NULL)
		return routine_missing(f, &routine);
	user = op->cascade ? STR_NONE : depend_needed(f, &(struct depended){ .function = function });

	if (user.s != NULL)
		return str_printf(f->arena, "cannot drop function %.*s: %.*s depends on it", STR_ARG(function->name), STR_ARG(user));
	if (op->cascade || function->arguments.n > 0)
		return STR_NONE;
	for (size_t i = 0; i < f->catalog->all.n; i++) {
		const struct relation *r = f->catalog->all.items[i];
		for (size_t j = 0; !r->dropped && j < r->triggers.n; j++)
			if (trigger_calls(f->catalog, r->triggers.items[j], function->schema, function->name))
				return str_printf(f->arena, "cannot drop function %.*s(): trigger %.*s on %.*s depends on it", STR_ARG(function->name),
				    STR_ARG(r->triggers.items[j]->name), STR_ARG(words(f, r)));
	}
	return STR_NONE;
}

static bool
is_needed_by_name(int object)
{
	return object == OBJECT_AGGREGATE || object == OBJECT_COLLATION || object == OBJECT_OPERATOR || object == OBJECT_OPCLASS;
}

static struct str
object_refused(const struct facts *f)
{
	const char *kind = object_type_word(OP_DATA(f->op, struct payload)->object);
	int object = OP_DATA(f->op, struct payload)->object;
	const struct object *o = f->op->cascade ? NULL : object_named(f->op, f->catalog);
	struct str user = o == NULL || o->born.doubtful ? STR_NONE : object == OBJECT_FDW || object == OBJECT_FOREIGN_SERVER
	    ? foreign_object_needed(f, kind, f->op->target.name) : is_needed_by_name(object) ? depend_needed(f, &(struct depended){ .object = o }) : STR_NONE;

	if (object_named(f->op, f->catalog) == NULL)
		return object_missing(f, object, f->op->target, object_key(f->arena, object, f->op->target.name, OP_DATA(f->op, struct payload)->arguments));
	return user.s == NULL ? STR_NONE
	    : str_printf(f->arena, "cannot drop %s %.*s: %.*s depends on it", kind, STR_ARG(f->op->target.name), STR_ARG(user));
}

static struct str
index_refused(const struct facts *f)
{
	return f->op->elsewhere ? str_printf(f->arena, "index \"%.*s\" does not exist, unless the search path has %.*s",
	    STR_ARG(f->op->target.name), STR_ARG(f->op->index->schema)) : STR_NONE;
}

static const struct function *
function_in(const struct catalog *c, struct str schema)
{
	for (size_t i = 0; i < c->functions.n; i++) {
		const struct function_set *set = ((const struct slot *)c->functions.entries[i].value)->object;
		for (size_t j = 0; set != NULL && j < set->overloads.n; j++) {
			const struct function *f = set->overloads.items[j];
			if (!f->dropped && !f->born.doubtful && str_eq(f->schema, schema) && !catalog_unread_since(c, f->born, REACH_SCHEMA))
				return f;
		}
	}
	return NULL;
}

static const struct object *
object_in(const struct facts *f, struct str schema)
{
	const struct catalog *c = f->catalog;

	for (size_t i = 0; i < c->objects.n; i++) {
		const struct object *o = ((const struct slot *)c->objects.entries[i].value)->object;
		if (o == NULL || o->born.doubtful || (o->gone != NULL && *o->gone) || catalog_unread_since(c, o->born, REACH_SCHEMA))
			continue;
		if (o->schema.s != NULL && str_eq(o->schema, schema))
			return o;
	}
	return NULL;
}

static struct str
schema_refused(const struct facts *f)
{
	const struct catalog *c = f->catalog;
	struct str schema = f->op->target.name;

	for (size_t i = 0; !f->op->cascade && i < c->all.n; i++)
		if (is_known(c->all.items[i]) && str_eq(c->all.items[i]->schema, schema))
			return str_printf(f->arena, "cannot drop schema %.*s: %.*s depends on it", STR_ARG(schema), STR_ARG(words(f, c->all.items[i])));
	if (!f->op->cascade && function_in(c, schema) != NULL)
		return str_printf(f->arena, "cannot drop schema %.*s: function %.*s depends on it", STR_ARG(schema), STR_ARG(function_in(c, schema)->name));
	if (!f->op->cascade && object_in(f, schema) != NULL)
		return str_printf(f->arena, "cannot drop schema %.*s: %.*s %.*s depends on it", STR_ARG(schema), STR_ARG(object_in(f, schema)->kind),
		    STR_ARG(object_in(f, schema)->name));
	for (size_t i = 0; !f->op->cascade && i < c->all_types.n; i++)
		if (!c->all_types.items[i]->assumed && needs_schema(c->all_types.items[i], schema))
			return str_printf(f->arena, "cannot drop schema %.*s: type %.*s depends on it", STR_ARG(schema),
			    STR_ARG(c->all_types.items[i]->name));
	return STR_NONE;
}

/* ---- facts ---- */

static struct value
get_concurrently(const struct facts *f)
{
	return value_bool(OP_DATA(f->op, struct payload)->concurrently);
}

static struct value
get_cascade(const struct facts *f)
{
	return value_bool(f->op->cascade);
}

static struct value
get_if_exists(const struct facts *f)
{
	return value_bool(f->op->if_exists);
}

static struct value
get_object(const struct facts *f)
{
	return value_text(op_target_words(f->arena, f->op));
}

static bool
drops_function(const struct op *op)
{
	int object = op->kind->subtype;

	return object == OBJECT_FUNCTION || object == OBJECT_PROCEDURE || object == OBJECT_ROUTINE;
}

/* What has no birth in the catalog (schema) is taken for old. */
static struct value
get_object_is_new(const struct facts *f)
{
	const struct op *op = f->op;
	const struct function *fn = drops_function(op) ? named_function(f) : NULL;

	if (op->table != NULL)
		return value_bool(relation_new_in_change(f->catalog, op->table));
	if (fn != NULL)
		return value_bool(birth_in_change(f->catalog, &fn->born));
	if (op->type == NULL || op->type->assumed)
		return value_bool(false);
	return value_bool(birth_in_change(f->catalog, &op->type->born) || birth_in_change(f->catalog, &op->type->named));
}

static struct value
get_object_count(const struct facts *f)
{
	return value_number((int64_t)OP_DATA(f->op, struct payload)->nobjects);
}

static struct value
get_is_partition(const struct facts *f)
{
	const struct relation *r = f->op->table;

	return r == NULL ? value_unknown() : value_tri(r->is_partition ? YES : r->assumed ? UNKNOWN : NO);
}

/* Its own DROP locks it as well. */
static bool
goes_too(const struct facts *f, const struct relation *r)
{
	return r->dropped || dropped_with(f, r) || script_drops_later(f, r);
}

static bool
locks_other(const struct facts *f, const struct constraint *k)
{
	const struct relation *other = k->references;

	return other != NULL && other != f->op->table && !relation_new_in_change(f->catalog, other) && !goes_too(f, other) &&
	    op_lock_held(f, other) != ACCESS_EXCLUSIVE;
}

/* The foreign keys of the dropped table lock the tables they point at. */
static struct value
get_references(const struct facts *f)
{
	struct buf b = BUF(f->arena);
	const struct relation *r = f->op->table;

	for (size_t i = 0; r != NULL && i < r->constraints.n; i++)
		if (locks_other(f, r->constraints.items[i]))
			buf_item(&b, ", ", words(f, r->constraints.items[i]->references));
	if (b.n == 0)
		return r != NULL && r->assumed ? value_unknown() : value_absent();
	return value_text(buf_text(&b));
}

static struct value
get_foreign_key_drops(const struct facts *f)
{
	return get_key_drops(f, locks_other);
}

static struct value
get_locks_referenced(const struct facts *f)
{
	struct value references = get_references(f);

	return references.state == VALUE_UNKNOWN ? value_unknown() : value_bool(references.state == VALUE_KNOWN);
}

static struct value
get_parent(const struct facts *f)
{
	const struct relation *r = f->op->table;

	return r == NULL || r->parent == NULL ? value_absent() : value_text(relation_words(f->arena, f->catalog, r->parent));
}

static struct value
get_parent_is_new(const struct facts *f)
{
	const struct relation *r = f->op->table;

	return r == NULL || r->parent == NULL ? value_absent() : value_bool(relation_new_in_change(f->catalog, r->parent));
}

/* With any of the tables above it: RemoveRelations() takes the whole tree along. */
static struct value
get_parent_goes(const struct facts *f)
{
	const struct relation *r = f->op->table;

	if (r == NULL || r->parent == NULL)
		return value_absent();
	for (const struct relation *at = r->parent; at != NULL; at = at->parent)
		if (at->dropped || script_drops_later(f, at))
			return value_bool(true);
	return value_bool(false);
}

static struct value
get_parent_lock(const struct facts *f)
{
	return value_lock(op_lock_held(f, f->op->table == NULL ? NULL : f->op->table->parent));
}

static struct value
get_taken(const struct facts *f)
{
	struct buf b = BUF(f->arena);
	const struct relation *r = f->op->table;

	for (size_t i = 0; r != NULL && i < r->dependents.n; i++)
		if (!r->dependents.items[i]->dropped && !dropped_with(f, r->dependents.items[i]))
			buf_item(&b, ", ", str_printf(f->arena, "view %.*s", STR_ARG(words(f, r->dependents.items[i]))));
	for (const struct relation *at = r; at != NULL; at = relation_whole(at))
		for (size_t i = 0; i < at->referenced_by.n; i++)
			if (!belongs_to(at->referenced_by.items[i]->table, r) && !dropped_with(f, at->referenced_by.items[i]->table) &&
			    !script_drops_later(f, at->referenced_by.items[i]->table))
				buf_item(&b, ", ", str_printf(f->arena, "foreign key %.*s of %.*s", STR_ARG(at->referenced_by.items[i]->name),
				    STR_ARG(words(f, at->referenced_by.items[i]->table))));
	return b.n > 0 ? value_text(buf_text(&b)) : value_absent();
}

static void
list_callers(struct buf *b, const struct facts *f, const struct function *fn)
{
	const struct catalog *c = f->catalog;
	struct str user = depend_needed(f, &(struct depended){ .function = fn });

	for (size_t i = 0; fn->arguments.n == 0 && i < c->all.n; i++)
		for (size_t j = 0; !c->all.items[i]->dropped && j < c->all.items[i]->triggers.n; j++)
			if (trigger_calls(c, c->all.items[i]->triggers.items[j], fn->schema, fn->name))
				buf_item(b, ", ", str_printf(f->arena, "trigger %.*s on %.*s", STR_ARG(c->all.items[i]->triggers.items[j]->name),
				    STR_ARG(words(f, c->all.items[i]))));
	if (user.s != NULL)
		buf_item(b, ", ", user);
}

/* An aggregate, operator, cast, event trigger ... or a function in standard SQL, whose definition has its name. */
static bool
is_spoken_of(const struct catalog *c, const struct function *fn)
{
	for (size_t i = 0; i < c->objects.n; i++) {
		const struct object *o = ((const struct slot *)c->objects.entries[i].value)->object;
		if (o != NULL && !str_is(o->kind, "comment") && str_find(o->text, fn->name) != (size_t)-1)
			return true;
	}
	for (size_t i = 0; i < c->functions.n; i++) {
		const struct function_set *set = ((const struct slot *)c->functions.entries[i].value)->object;
		for (size_t j = 0; set != NULL && j < set->overloads.n; j++)
			if (!set->overloads.items[j]->dropped && set->overloads.items[j] != fn && set->overloads.items[j]->body.s == NULL &&
			    str_find(set->overloads.items[j]->definition, fn->name) != (size_t)-1)
				return true;
	}
	return false;
}

/* The columns whose defaults draw from the sequence. */
static void
list_drawing(struct buf *b, const struct facts *f)
{
	for (size_t i = 0; is_kind(f->op, "drop_sequence") && f->op->table != NULL && i < f->catalog->all.n; i++) {
		const struct relation *r = f->catalog->all.items[i];
		for (size_t j = 0; !r->dropped && j < r->columns.n; j++)
			if (draws_from(f->catalog, r->columns.items[j], f->op->table))
				buf_item(b, ", ", str_printf(f->arena, "the default of %.*s.%.*s", STR_ARG(words(f, r)),
				    STR_ARG(sql_ident(f->arena, r->columns.items[j]->name))));
	}
}

/* The same for what is not a relation: a schema's tables and views, the tables with a column of the type, what calls the function. */
static void
list_users(struct buf *b, const struct facts *f)
{
	const struct op *op = f->op;

	list_drawing(b, f);
	for (size_t i = 0; op->kind->subtype == OBJECT_SCHEMA && i < f->catalog->all.n; i++) {
		const struct relation *r = f->catalog->all.items[i];
		if (!r->dropped && r->index == NULL && r->kind != RELATION_SEQUENCE && str_eq(r->schema, op->target.name))
			buf_item(b, ", ", str_printf(f->arena, "%.*s.%.*s", STR_ARG(sql_ident(f->arena, r->schema)),
			    STR_ARG(sql_ident(f->arena, r->name))));
	}
	if (drops_function(op) && named_function(f) != NULL)
		list_callers(b, f, named_function(f));
	for (size_t i = 0; op->type != NULL && i < op->type->users.n; i++)
		if (!op->type->users.items[i]->dropped && type_is_needed_by(f->catalog, op->type, op->type->users.items[i]))
			buf_item(b, ", ", str_printf(f->arena, "the columns of %.*s of that type", STR_ARG(words(f, op->type->users.items[i]))));
}

/* For code that reads the name. */
static bool
stands_in(const struct op *other, const struct op *op)
{
	bool makes = is_kind(other, "create_materialized_view") || is_kind(other, "create_foreign_table");

	return op_takes_name(other, op) || (makes && op_names_same(other, op));
}

/* CREATE VIEW of that name, as OR REPLACE; STR_NONE: what gets the name is no view that this file creates, or has other columns. */
static struct str
replacement(const struct facts *f)
{
	const struct op *op = f->op;
	bool later = false;

	for (size_t i = 0; i < op->script->ops.n; i++) {
		const struct op *other = op->script->ops.items[i];
		struct span view = locate_keywords(other->statement, other->statement->span, "view");
		if (later && is_kind(other, "create_view") && op_names_same(other, op) && view.len > 0 && view_op_misfit(f, other, op->table).s == NULL)
			return str_printf(op->script->arena, "CREATE OR REPLACE %.*s",
			    STR_ARG(source_text(other->statement->source, span_of(view.off, other->statement->span.off + other->statement->span.len))));
		later = later || other == op;
	}
	return STR_NONE;
}

static struct value
get_replacing(const struct facts *f)
{
	struct str text = replacement(f);

	if (text.s == NULL)
		return value_text(STR("-- CREATE OR REPLACE VIEW cannot make this of it, so that in the same transaction"));
	return value_text(str_printf(f->arena, "-- without DROP, where columns are at most added at the end, and no table or column below it goes:\n%.*s;\n-- otherwise:",
	    STR_ARG(text)));
}

static struct value
get_view_follows(const struct facts *f)
{
	return follows_value(f, script_later(f->op, stands_in), f->op->target.name, stands_in);
}

static bool
drops_trigger(const struct op *other, const struct op *op)
{
	(void)op;
	return is_kind(other, "drop_trigger");
}

/* It takes nothing, as one of a trigger does, and no file tells what it returns. */
static bool
may_be_of_trigger(const struct facts *f)
{
	return named_function(f) == NULL && OP_DATA(f->op, struct payload)->arguments.n == 0;
}

static struct value
get_is_trigger_function(const struct facts *f)
{
	const struct op *op = f->op;
	struct str arguments = OP_DATA(op, struct payload)->arguments;
	const struct function *fn = named_function(f);

	if (may_be_of_trigger(f) && script_earlier(f->op, drops_trigger) && !catalog_is_trigger_function(f->catalog, op->target.schema, op->target.name))
		return value_unknown_because(STR("a trigger that the file drops may have called it"));
	if (fn == NULL)
		return value_bool(arguments.n == 0 && catalog_is_trigger_function(f->catalog, op->target.schema, op->target.name));
	return value_bool(fn->returns.s != NULL && str_is(fn->returns, "trigger"));
}

static struct value
get_granted_again(const struct facts *f)
{
	return script_later_value(f->op, grant_op_names);
}

static struct value
get_function_has_extras(const struct facts *f)
{
	struct extras lost = extras_lost(f, named_function(f));

	return value_tri(extras_any(&lost));
}

static struct value
get_lost(const struct facts *f)
{
	struct extras lost = extras_lost(f, named_function(f));

	return value_text(extras_words(f->arena, &lost));
}

/* What none of the files makes may have been made otherwise, or be there in none but IF EXISTS. */
static struct value
get_made_before(const struct facts *f)
{
	const struct op *op = f->op;

	if (op->table != NULL)
		return value_bool(!op->table->assumed);
	return value_bool(named_function(f) != NULL);
}

/* A rule or trigger that is dropped along with its relation. */
struct attached {
	const struct facts *f;
	const char *kind;               /* "rule" */
	struct str name;
};

static bool
attaches(const struct op *later, void *arg)
{
	const struct attached *a = arg;
	struct facts f = *a->f;

	f.op = later;
	return is_kind(later, str_is(STR("rule"), a->kind) ? "create_rule" : "create_trigger") && op_names_same(later, a->f->op) &&
	    str_eq(fact(&f, a->kind).text, a->name);
}

static bool
comes_back(const struct facts *f, const char *kind, struct str name)
{
	return script_find_later(f->op, attaches, &(struct attached){ f, kind, name });
}

/* It is there, came with no default privileges, and the file does not make it again. */
static bool
is_lost(const struct facts *f, const struct object *o)
{
	return !o->brought && (o->gone == NULL || !*o->gone) && !(str_is(o->kind, "rule") && comes_back(f, "rule", o->name));
}

static bool
loses_trigger(const struct facts *f)
{
	const struct relation *r = f->op->table;

	for (size_t i = 0; i < r->triggers.n; i++)
		if (!r->triggers.items[i]->dropped && !comes_back(f, "trigger", r->triggers.items[i]->name))
			return true;
	return false;
}

static bool
hangs_on(const struct facts *f)
{
	const struct relation *r = f->op->table;
	bool any = loses_trigger(f);

	for (size_t i = 0; i < r->objects.n; i++)
		any = any || is_lost(f, r->objects.items[i]);
	return any;
}

/* Of what no file makes nobody knows. */
static struct value
get_has_extras(const struct facts *f)
{
	const struct relation *r = f->op->table;

	if (r == NULL)
		return value_unknown();
	return value_tri(hangs_on(f) ? YES : r->assumed ? UNKNOWN : NO);
}

static bool
comments_later(const struct op *op, struct str part)
{
	bool later = false;

	for (size_t i = 0; i < op->script->ops.n; i++) {
		if (later && comment_op_writes(op->script->ops.items[i], op, part))
			return true;
		later = later || op->script->ops.items[i] == op;
	}
	return false;
}

static struct value
get_commented_again(const struct facts *f)
{
	const struct relation *r = f->op->table;
	bool any = false, all = r != NULL && !loses_trigger(f);

	if (r == NULL)
		return value_unknown();
	for (size_t i = 0; i < r->objects.n; i++) {
		const struct object *o = r->objects.items[i];
		if (!is_lost(f, o))
			continue;
		any = true;
		all = all && str_is(o->kind, "comment") && comments_later(f->op, o->name);
	}
	return script_value(f->op, any && all && !r->assumed);
}

/* It gives a new body to one of the name that stays, or is made again itself. */
static bool
is_for_overload(const struct op *create, const struct op *drop)
{
	const struct catalog *c = drop->script != NULL ? drop->script->catalog : NULL;
	const struct function *fn = c != NULL ? drop_op_function(drop, c) : NULL;
	const struct routine r = { OBJECT_ROUTINE, create->target, function_op_arguments(create) };
	const struct function *there = fn != NULL ? routine_find(c, &r).function : NULL;

	for (size_t i = 0; fn != NULL && i < drop->script->ops.n; i++) {
		const struct op *other = drop->script->ops.items[i];
		if (other != drop && drops_function(other) && op_names_same(other, drop) && str_eq(OP_DATA(other, struct payload)->arguments, r.arguments) &&
		    !function_takes(c, fn, r.arguments))
			return true;
	}
	return there != NULL && there != fn;
}

static bool
creates_function(const struct op *other, const struct op *op)
{
	return strcmp(other->kind->name, "create_function") == 0 && op_names_same(other, op) && !is_for_overload(other, op);
}

bool
function_op_drops(const struct op *op, const struct catalog *c, const struct function *fn)
{
	bool drops = is_kind(op, "drop_function") || is_kind(op, "drop_procedure") || is_kind(op, "drop_routine");
	struct str arguments = drops ? OP_DATA(op, struct payload)->arguments : STR_NONE;

	return arguments.s != NULL && function_takes(c, fn, arguments);
}

/* One with other arguments is another function. Where nothing tells those of the old one they may be the same. */
static bool
makes_function_again(const struct op *other, const struct op *op)
{
	const struct catalog *c = op->script->catalog;
	const struct function named = { .arguments = OP_DATA(op, struct payload)->arguments }, *known = c != NULL ? drop_op_function(op, c) : NULL;
	const struct function *old = known != NULL ? known : &named;

	return creates_function(other, op) && (c == NULL || old->arguments.s == NULL || function_takes(c, old, function_op_arguments(other)));
}

static struct value
get_replaced_later(const struct facts *f)
{
	return script_later_value(f->op, makes_function_again);
}

/* Of a function that no file makes, which may have defaults, only the most is known. */
static struct call_width
calls_of(const struct op *drop)
{
	const struct function *fn = drop->script != NULL && drop->script->catalog != NULL ? drop_op_function(drop, drop->script->catalog) : NULL;
	struct str types = OP_DATA(drop, struct payload)->arguments, type;
	struct call_width width = { 0, types.s != NULL ? 0 : SIZE_MAX };

	if (fn != NULL)
		return call_width_of(&fn->parameters);
	for (struct str rest = types; str_find(types, STR("variadic")) == (size_t)-1 && str_cut(&rest, ',', &type);)
		width.most++;
	return width;
}

/* One that is called with other numbers of values leaves the old calls without any. */
static bool
takes_function_name(const struct op *other, const struct op *op)
{
	return (creates_function(other, op) && function_op_takes(other, calls_of(op))) || (is_kind(other, "rename_object") && OP_DATA(other, struct rename)->object == op->kind->subtype &&
	    rename_op_gives_name_of(other, op));
}

/* What the calls of the one give the other takes as well. */
static bool
takes_calls(const struct function *other, const struct function *fn)
{
	if (call_width_of(&other->parameters).least > call_width_of(&fn->parameters).least || other->parameters.n < fn->parameters.n || other->procedure != fn->procedure)
		return false;
	for (size_t i = 0; i < fn->parameters.n; i++)
		if (fn->parameters.items[i].variadic || other->parameters.items[i].variadic || !type_leads_to(fn->parameters.items[i].type, other->parameters.items[i].type))
			return false;
	return true;
}

static bool
goes_later(const struct facts *f, const struct function *fn)
{
	for (size_t i = 0; i < f->op->script->ops.n; i++) {
		const struct op *other = f->op->script->ops.items[i];
		if (other != f->op && drops_function(other) && drop_op_function(other, f->catalog) == fn)
			return true;
	}
	return false;
}

/* Another one of the name is there already, and stays. */
static bool
overload_takes_calls(const struct facts *f)
{
	const struct function *fn = named_function(f);
	const struct function_set *set = fn == NULL ? NULL : catalog_functions(f->catalog, fn->schema, fn->name);

	for (size_t i = 0; set != NULL && i < set->overloads.n; i++) {
		const struct function *other = set->overloads.items[i];
		if (other != fn && !other->dropped && !other->born.doubtful && takes_calls(other, fn) && !goes_later(f, other))
			return true;
	}
	return false;
}

static struct value
get_function_returns(const struct facts *f)
{
	bool here = overload_takes_calls(f) || script_later(f->op, takes_function_name) || script_broken_creates_function(f->op);

	return follows_value(f, here, f->op->target.name, takes_function_name);
}

/* A file that runs later, and not at once, has one of that name again; STR_NONE: none has. */
static struct str
file_remaking(const struct facts *f)
{
	return f->unit != NULL && !f->unit->down ? later_file_of(f, &f->op->target.name, 1, takes_function_name) : STR_NONE;
}

static struct value
get_function_until(const struct facts *f)
{
	struct str file = file_remaking(f);

	return value_text(file.s == NULL ? STR("as soon as this commits")
	    : str_printf(f->arena, "between this and %.*s, which has one of that name again", STR_ARG(file)));
}

/* For messages: only a trigger calls a function of one. */
static struct value
get_callers(const struct facts *f)
{
	struct str object = op_target_words(f->arena, f->op);

	if (script_later(f->op, creates_function))
		return value_text(str_printf(f->arena, "code that still calls the old %.*s", STR_ARG(object)));
	return value_text(str_printf(f->arena, "%s still calls %.*s", may_be_of_trigger(f) ? "what" : "code that", STR_ARG(object)));
}

/* LookupFuncWithArgs(): the name alone is refused beside another one of it. */
static struct str
with_arguments(const struct facts *f)
{
	const struct function *fn = named_function(f);

	if (OP_DATA(f->op, struct payload)->arguments.s != NULL)
		return STR("");
	if (fn == NULL)
		return STR(", by its arguments, as the name alone is not unique then");
	return str_printf(f->arena, ", by its arguments, as the name alone is not unique then:\n%s %.*s(%.*s)%s;", f->op->kind->doc, STR_ARG(op_target_words(f->arena, f->op)),
	    STR_ARG(fn->arguments), f->op->cascade ? " CASCADE" : "");
}

static struct value
get_function_steps(const struct facts *f)
{
	struct str file = file_remaking(f), object = op_target_words(f->arena, f->op);

	if (file.s == NULL && script_later(f->op, creates_function))
		return value_text(str_printf(f->arena, "-- 1. create the new %.*s beside the old one, and release code that calls that\n-- 2. in a later release, drop the old one%.*s",
		    STR_ARG(object), STR_ARG(with_arguments(f))));
	if (file.s == NULL && may_be_of_trigger(f))
		return value_text(str_printf(f->arena, "-- 1. if it is no function of a trigger, release code that does not call %.*s\n-- 2. in a later release, drop it", STR_ARG(object)));
	if (file.s == NULL)
		return value_text(str_printf(f->arena, "-- 1. release code that does not call %.*s\n-- 2. in a later release, drop it", STR_ARG(object)));
	return value_text(str_printf(f->arena, "-- where %.*s is still to come, too: there, in front of the new one and in its transaction, so that no call finds none;\n"
	    "-- or CREATE OR REPLACE there instead of both, where the arguments and the result type stay", STR_ARG(file)));
}

static struct str
known_as(const struct facts *f)
{
	return field_find(NULL, STR("table.known_as"))->get(f).text;
}

/* The transaction has renamed the table, and this one has its name now; NULL: none. */
static const struct relation *
successor(const struct catalog *c, const struct relation *r)
{
	const struct relation *other = r == NULL ? NULL : catalog_find_relation(c, relation_committed_name(c, r));

	return other == r ? NULL : other;
}

static struct str
used_as(const struct facts *f)
{
	const struct relation *r = f->op->table;

	return r == NULL || r->former.transaction != f->catalog->now.transaction ? STR("it") : known_as(f);
}

/* For messages: what becomes of code that says the name. */
static struct value
get_aftermath(const struct facts *f)
{
	const struct relation *other = successor(f->catalog, f->op->table);

	if (other != NULL)
		return value_text(str_printf(f->arena, "the new %.*s has only those that were copied", STR_ARG(words(f, other))));
	if (script_takes_name_later(f->op))
		return value_text(STR("what a later statement puts in its place has only those that were copied"));
	return value_text(str_printf(f->arena, "code that still uses %.*s fails at once", STR_ARG(used_as(f))));
}

/* Of TRUNCATE ... CASCADE rules tell the tables that it does not name. */
static bool
says_emptied(const struct op *earlier, const struct op *op)
{
	return is_kind(earlier, "delete") || (is_kind(earlier, "truncate") && earlier->cascade == (earlier->table != op->table));
}

static bool
is_emptied(const struct facts *f)
{
	const struct relation *r = f->op->table;

	return r != NULL && r->emptied.when.transaction != 0 && r->emptied.when.transaction == f->catalog->now.transaction &&
	    relation_has_few_rows(f->catalog, r) == YES && script_earlier(f->op, says_emptied);
}

static struct value
get_loses_rows(const struct facts *f)
{
	return value_bool(!is_emptied(f));
}

/* "public.users": one name with a point in it. No table is known by it. */
static struct value
get_one_word(const struct facts *f)
{
	const struct relation *r = f->op->table;

	return value_bool((r == NULL || r->assumed) && f->op->target.schema.s == NULL && str_find_char(f->op->target.name, '.') != (size_t)-1);
}

/* "public.users" without the quotes around both */
static struct value
get_two_words(const struct facts *f)
{
	size_t point = str_find_char(f->op->target.name, '.');

	if (point == (size_t)-1)
		return value_absent();
	return value_text(str_printf(f->arena, "%.*s.%.*s", STR_ARG(sql_ident(f->arena, str_slice(f->op->target.name, 0, point))),
	    STR_ARG(sql_ident(f->arena, str_slice(f->op->target.name, point + 1, f->op->target.name.n)))));
}

static struct value
get_table_returns(const struct facts *f)
{
	return successor(f->catalog, f->op->table) != NULL ? value_bool(true) : script_value(f->op, script_takes_name_later(f->op));
}

/* The table that has all its rows by now, where nothing takes its name; NULL: none. */
static const struct relation *
keeper(const struct facts *f)
{
	return successor(f->catalog, f->op->table) == NULL && !script_takes_name_later(f->op) ? table_copied_before(f->op) : NULL;
}

/* What of its rows nothing else has; STR_NONE: all of them. */
static struct str
uncopied(const struct facts *f, const char *rows)
{
	const struct relation *whole;
	struct str by = rows_copier(f, &whole);

	if (by.s == NULL)
		return STR_NONE;
	return whole == NULL ? str_printf(f->arena, "what %.*s has not copied%s", STR_ARG(by), rows)
	    : str_printf(f->arena, "what %.*s has not copied%s into %.*s", STR_ARG(by), rows, STR_ARG(words(f, whole)));
}

static struct value
get_loses(const struct facts *f)
{
	const struct relation *kept = keeper(f);
	struct str left = uncopied(f, " of its rows");

	if (kept != NULL)
		return value_text(str_printf(f->arena, "makes code fail at once that still uses %.*s; %.*s has its rows", STR_ARG(used_as(f)), STR_ARG(words(f, kept))));
	if (is_emptied(f))
		return value_text(str_printf(f->arena, "makes code fail at once that still uses %.*s", STR_ARG(used_as(f))));
	if (get_table_returns(f).yes || left.s == NULL)
		left = STR("all its rows");
	return value_text(str_printf(f->arena, "deletes %.*s, and %.*s", STR_ARG(left), STR_ARG(get_aftermath(f).text)));
}

static bool
copies_all_of(const struct op *earlier, const struct op *op)
{
	const struct query *q = is_kind(earlier, "insert") ? &OP_DATA(earlier, struct dml)->query : NULL;
	bool copies = false;

	for (size_t i = 0; q != NULL && i < q->tables.n; i++)
		copies = copies || (q->tables.items[i].whole && q->tables.items[i].relation == op->table);
	return copies && earlier->table != NULL && earlier->table->former.transaction == 0 &&
	    str_eq(earlier->table->name, op->table->former.name) && str_eq(earlier->table->schema, op->table->former.schema);
}

static struct value
get_undoing(const struct facts *f)
{
	const struct relation *kept = keeper(f);

	return value_text(kept == NULL ? STR("cannot be undone once committed") : str_printf(f->arena, "only its rows are kept, in %.*s", STR_ARG(words(f, kept))));
}

static struct value
get_way_to_rows(const struct facts *f)
{
	const struct relation *kept = keeper(f);
	struct str left = uncopied(f, "");

	if (kept != NULL)
		return value_text(str_printf(f->arena, "its rows have been copied into %.*s before", STR_ARG(words(f, kept))));
	if (is_emptied(f))
		return value_text(STR("its rows have gone before, when the transaction emptied it"));
	if (left.s != NULL)
		return value_text(str_printf(f->arena, "%.*s, only a backup brings back", STR_ARG(left)));
	return value_text(STR("only a backup brings rows back"));
}

static struct value
get_rows_moved(const struct facts *f)
{
	return value_bool(successor(f->catalog, f->op->table) != NULL && script_earlier(f->op, copies_all_of));
}

static bool
takes_type_name(const struct op *other, const struct op *op)
{
	if (is_kind(other, "rename_type"))
		return rename_op_gives_name_of(other, op);
	return (is_kind(other, "create_enum") || is_kind(other, "create_domain") || is_kind(other, "create_composite_type") ||
	    is_kind(other, "create_range_type")) && op_names_same(other, op);
}

static struct value
get_type_replaced(const struct facts *f)
{
	return script_later_value(f->op, takes_type_name);
}

/* Something that begins with the same key, on the same table. */
static bool
leads_like(const struct op *other, const struct op *op, bool (*leads)(const struct op *, const struct index_column *))
{
	const struct index *old = op->index != NULL ? op->index->index : NULL;

	return old != NULL && old->columns.n > 0 && str_eq(other->target.name, old->table->name) && leads(other, &old->columns.items[0]);
}

static bool
creates_like_index(const struct op *other, const struct op *op)
{
	return leads_like(other, op, index_op_leads_like);
}

static bool
adds_like_key(const struct op *other, const struct op *op)
{
	return leads_like(other, op, key_op_leads_like);
}

static bool
is_followed(const struct op *other, const struct op *op)
{
	return creates_like_index(other, op) || adds_like_key(other, op);
}

static struct value
get_index_follows(const struct facts *f)
{
	return script_later_value(f->op, is_followed);
}

/* A later drop, with the other index. */
static bool
drops_other(const struct op *later, void *arg)
{
	const struct relation *other = arg;
	const struct constraint *k = other->index->constraint;

	return (is_kind(later, "drop_index") && str_eq(later->target.name, other->name)) || (k != NULL && constraint_op_drops(later, k->name));
}

/* A plain B-tree over all rows, which serves conditions on its first column. */
static bool
serves_meanwhile(const struct facts *f, const struct relation *other)
{
	const struct index *old = f->op->index->index, *new = other->index;

	if (other->dropped || other == f->op->index || new->predicate != NULL || new->valid != YES || !str_is(new->method, "btree") ||
	    !str_is(old->method, "btree") || new->columns.n == 0 || old->columns.n == 0)
		return false;
	const struct index_column *mine = &old->columns.items[0], *theirs = &new->columns.items[0];
	return mine->name.s != NULL && str_eq(mine->name, theirs->name) && str_eq(mine->opclass, theirs->opclass) && str_eq(mine->collation, theirs->collation) &&
	    !script_find_later(f->op, drops_other, (void *)(uintptr_t)other);
}

static struct value
get_stand_in(const struct facts *f)
{
	const struct index *old = f->op->index == NULL ? NULL : f->op->index->index;

	for (size_t i = 0; old != NULL && old->table != NULL && i < old->table->indexes.n; i++)
		if (serves_meanwhile(f, old->table->indexes.items[i]))
			return value_text(words(f, old->table->indexes.items[i]));
	return value_absent();
}

static struct value
get_meanwhile(const struct facts *f)
{
	struct str other = get_stand_in(f).text;

	if (other.s == NULL)
		return value_text(f->op->table == NULL ? STR("read all of its table") : str_printf(f->arena, "read all of %.*s", STR_ARG(words(f, f->op->table))));
	return value_text(str_printf(f->arena, "make do with %.*s, which begins with %.*s, too", STR_ARG(other), STR_ARG(f->op->index->index->columns.items[0].name)));
}

static bool
key_comes(const struct facts *f)
{
	return !script_later(f->op, creates_like_index) && script_later(f->op, adds_like_key);
}

static struct value
get_next_built(const struct facts *f)
{
	return value_text(key_comes(f) ? STR("CREATE UNIQUE INDEX CONCURRENTLY that of the key, under a name of its own")
	                               : STR("CREATE INDEX CONCURRENTLY the new one, under a name of its own"));
}

static struct value
get_next_name(const struct facts *f)
{
	if (key_comes(f))
		return value_text(STR("ADD CONSTRAINT ... USING INDEX, in a transaction of its own: the index then has the name of the constraint"));
	return value_text(str_printf(f->arena, "ALTER INDEX ... RENAME TO %.*s, where the name matters", STR_ARG(sql_ident(f->arena, f->op->target.name))));
}

static bool
creates_same_index(const struct op *other, const struct op *op)
{
	return index_op_makes(other, op->target.name);
}

/* The one that takes its place is built before, so that there is one all the time. */
static struct value
get_drop_begins(const struct facts *f)
{
	const char *behind = index_op_waits_for_rows(f->op) ? "\n-- in a migration before the one that changes the rows; the new one is built behind that"
	    : script_later(f->op, creates_same_index) ? "\n-- behind CREATE INDEX CONCURRENTLY of the one that gets its name, under another one"
	    : script_later(f->op, creates_like_index) ? "\n-- behind CREATE INDEX CONCURRENTLY of the one that takes its place"
	    : script_later(f->op, adds_like_key) ? "\n-- behind CREATE UNIQUE INDEX CONCURRENTLY of the key that takes its place, before ADD CONSTRAINT ... USING INDEX"
						 : "";

	return value_text(str_printf(f->arena, "%s-- (no transaction)%s%.*s", get_object_count(f).number > 1 ? "-- in the place of this one; the statement keeps the others\n" : "",
	    behind, STR_ARG(get_lock_timeout_off(f).text)));
}

static struct value
get_waits_for_rows(const struct facts *f)
{
	return value_bool(index_op_waits_for_rows(f->op));
}

static struct value
get_bare_name(const struct facts *f)
{
	return value_text(sql_ident(f->arena, f->op->target.name));
}

/* RENAME has no place in a file that holds one statement, nor in what is run by hand in front of one. */
static struct value
get_successor_name(const struct facts *f)
{
	const char *when = runs_by_hand(f) || get_next_concurrently(f).text.n > 0 ? "next migration:" : "then";

	return value_text(!script_later(f->op, creates_same_index) || index_op_waits_for_rows(f->op) ? STR("")
	    : str_printf(f->arena, "\n-- %s ALTER INDEX ... RENAME TO %.*s, where the name matters", when, STR_ARG(get_bare_name(f).text)));
}

static struct value
get_index_dropped_anyway(const struct facts *f)
{
	const struct index *i = f->op->index == NULL ? NULL : f->op->index->index;
	bool dropped = i != NULL && script_drops_further_on(f, NULL);

	for (size_t k = 0; i != NULL && k < i->columns.n; k++)
		dropped = dropped || (i->columns.items[k].name.s != NULL && script_drops_further_on(f, &i->columns.items[k].name));
	for (size_t k = 0; i != NULL && k < i->include.n; k++)
		dropped = dropped || script_drops_further_on(f, &i->include.items[k]);
	return value_bool(dropped);
}

static bool
drops_key_of_name(const struct op *earlier, const struct op *op)
{
	return earlier->table != NULL && constraint_op_drops(earlier, op->target.name);
}

/* DROP CONSTRAINT IF EXISTS of its name, as of a key that it may have backed, has locked the one table that it is likely to be on. */
static struct value
get_key_dropped_before(const struct facts *f)
{
	return value_bool(op_may_be_missing(f->op) && f->session->open == YES && script_earlier(f->op, drops_key_of_name));
}

static struct value
get_dropped_as(const struct facts *f)
{
	const struct relation *r = f->op->index != NULL ? f->op->index : f->op->table;
	struct str object = r != NULL && !r->assumed ? relation_words(f->arena, f->catalog, r) : fact(f, "object").text;

	return value_text(op_may_be_missing(f->op) && f->op->if_exists ? str_printf(f->arena, "IF EXISTS %.*s", STR_ARG(object)) : object);
}

static bool
has_pointed_at(const struct op *drop, const struct relation *r)
{
	const struct payload *p = OP_DATA(drop, struct payload);

	for (size_t i = 0; i < p->pointed_at.n; i++)
		if (p->pointed_at.items[i] == r)
			return true;
	return false;
}

static void put_holders(struct buf *, const struct facts *, const struct relation *, struct map *);

static void
put_holder(struct buf *b, const struct facts *f, const struct relation *holder, struct map *seen)
{
	struct str words = relation_words(f->arena, f->catalog, holder);

	if (holder == f->op->table || map_has(seen, words))
		return;
	*map_at(seen, words) = b;
	buf_printf(b, ", %.*s", STR_ARG(words));
	put_holders(b, f, holder, seen);
}

/* Those that the statement drops, too, and that point at it or at one of them: without them the server refuses. */
static void
put_holders(struct buf *b, const struct facts *f, const struct relation *r, struct map *seen)
{
	const struct script *script = f->op->script;

	for (size_t i = 0; i < r->referenced_by.n; i++)
		if (dropped_with(f, r->referenced_by.items[i]->table))
			put_holder(b, f, r->referenced_by.items[i]->table, seen);
	for (size_t i = 0; i < script->ops.n && script->ops.items[i] != f->op; i++) {
		const struct op *op = script->ops.items[i];
		if (op->statement == f->op->statement && op->kind == f->op->kind && op->table != NULL && has_pointed_at(op, r))
			put_holder(b, f, op->table, seen);
	}
}

static struct value
get_drop_statement(const struct facts *f)
{
	struct map seen = MAP(f->arena);
	struct buf b = BUF(f->arena);

	buf_printf(&b, "%s %.*s", f->op->kind->doc, STR_ARG(get_dropped_as(f).text));
	if (f->op->cascade)
		buf_str(&b, STR(" CASCADE"));
	else if (f->op->table != NULL)
		put_holders(&b, f, f->op->table, &seen);
	return value_text(buf_text(&b));
}

/* At once, its lock would have kept other rows from coming in between. Old code writes to what has its name now. */
static struct str
taken_over_again(const struct facts *f)
{
	bool written = is_kind(f->op, "drop_table") && successor(f->catalog, f->op->table) == NULL;
	struct ops taking = written ? rows_taken_over(f) : (struct ops){ 0 };

	return taking.n == 0 ? STR("") : str_printf(f->arena, "\n-- before it, in the same transaction, do what %.*s %s for the rows that old code has written in between, and for no others",
	    STR_ARG(order_lines(f->arena, &taking)), taking.n > 1 ? "do" : "does");
}

static struct value
get_retirement(const struct facts *f)
{
	const struct relation *r = f->op->table;
	struct str name = known_as(f), file = r == NULL || successor(f->catalog, r) != NULL ? STR_NONE : later_file_taking_name(f), wait = STR("");

	if (file.s != NULL)
		wait = str_printf(f->arena, "\n-- and %.*s, which gives that name to another one, has to wait until then", STR_ARG(file));
	if (r != NULL && successor(f->catalog, r) == NULL && script_takes_name_later(f->op))
		return get_set_aside(f, get_taken(f).text);
	return value_text(str_printf(f->arena, "-- 1. release code that neither reads nor writes %.*s; watch pg_stat_user_tables until it stays idle\n"
	    "-- 2. copy its rows away, %s\n-- 3. in a later release:%.*s\n%.*s;%.*s", STR_ARG(name),
	    keeper(f) != NULL ? "as this file does" : "for example with pg_dump -t", STR_ARG(taken_over_again(f)), STR_ARG(get_drop_statement(f).text), STR_ARG(wait)));
}

static struct value
get_replica_identity(const struct facts *f)
{
	return value_bool(f->op->index != NULL && f->op->index->index != NULL && f->op->index->index->identity);
}

/* FULL works for any table. */
static struct value
get_identity_instead(const struct facts *f)
{
	const struct relation *r = f->op->table, *key = r == NULL ? NULL : other_key(r, f->op->index, STR_NONE);

	if (r != NULL && relation_primary_key(r) != NULL)
		return value_text(STR("DEFAULT"));
	return value_text(key == NULL ? STR("FULL") : str_printf(f->arena, "USING INDEX %.*s", STR_ARG(sql_ident(f->arena, key->name))));
}

/* For messages: always says something. */
static struct value
get_takes(const struct facts *f)
{
	struct value taken = get_taken(f);
	struct buf b = BUF(f->arena);

	if (taken.state == VALUE_KNOWN)
		return taken;
	list_users(&b, f);
	return value_text(b.n > 0 ? buf_text(&b) : STR("whatever depends on it"));
}

/* Of a table or view that is wholly known the views and foreign keys are, too. */
static struct value
get_takes_more(const struct facts *f)
{
	const struct relation *r = f->op->table;
	const struct function *fn = drops_function(f->op) ? named_function(f) : NULL;
	bool is_followed = (r != NULL && !r->assumed && r->kind != RELATION_SEQUENCE && !relation_unread_since(f->catalog, r, r->born, REACH_SCHEMA)) ||
	    (fn != NULL && !catalog_unread_since(f->catalog, fn->born, REACH_SCHEMA) && f->effects->list.n == 0 && !is_spoken_of(f->catalog, fn));
	struct buf b = BUF(f->arena);

	list_users(&b, f);
	if (b.n > 0 || get_taken(f).state == VALUE_KNOWN)
		return value_bool(true);
	return is_followed ? value_bool(false) : value_unknown();
}

static bool
covered_by_another(struct arena *arena, const struct relation *index, const struct constraint *k)
{
	for (size_t i = 0; i < k->table->indexes.n; i++)
		if (k->table->indexes.items[i] != index && key_index_serves(arena, k, k->table->indexes.items[i]->index))
			return true;
	return false;
}

/* The first foreign key of the table for which this is the last index, in the sense of foreign_key_is_covered(). */
static const struct constraint *
bared_foreign_key(const struct op *op)
{
	const struct relation *r = op->table, *index = op->index;

	for (size_t i = 0; r != NULL && index != NULL && index->index != NULL && i < r->constraints.n; i++) {
		const struct constraint *k = r->constraints.items[i];
		if (k->kind == CONSTRAINT_FOREIGN_KEY && index_covers(index->index, k->columns.items, k->columns.n) &&
		    !covered_by_another(op->script->arena, index, k))
			return k;
	}
	return NULL;
}

/* One that serves for the foreign key alone would be the same. */
static bool
is_narrow(const struct index *index, const struct constraint *k)
{
	return index->columns.n == k->columns.n && index->include.n == 0;
}

static struct value
get_index_instead(const struct facts *f)
{
	const struct constraint *k = bared_foreign_key(f->op);
	struct str file;

	if (k == NULL)
		return value_absent();
	file = later_file_indexing(f, f->op->table, k->columns.items[0]);
	if (file.s != NULL)
		return value_text(str_printf(f->arena, "-- behind %.*s, which builds one that begins with %.*s\n-- (no transaction)%.*s\nDROP INDEX CONCURRENTLY %.*s;",
		    STR_ARG(file), STR_ARG(sql_ident(f->arena, k->columns.items[0])), STR_ARG(get_lock_timeout_off(f).text), STR_ARG(get_dropped_as(f).text)));
	if (is_narrow(f->op->index->index, k))
		return value_text(STR("-- it stays: what takes its place would be another one on the same columns"));
	return value_text(str_printf(f->arena, "-- (no transaction)%.*s\nCREATE INDEX CONCURRENTLY %.*s ON %.*s (%.*s);%.*s\nDROP INDEX CONCURRENTLY %.*s;",
	    STR_ARG(get_lock_timeout_off(f).text), STR_ARG(sql_ident(f->arena, advised_index(f, f->op->table, k->columns.items, k->columns.n))),
	    STR_ARG(words(f, f->op->table)), STR_ARG(ident_list(f->arena, k->columns.items, k->columns.n)), STR_ARG(get_next_concurrently(f).text),
	    STR_ARG(get_dropped_as(f).text)));
}

static bool
creates_schema(const struct op *other, const struct op *op)
{
	return is_kind(other, "create_schema") && op_names_same(other, op);
}

static struct value
get_schema_created_again(const struct facts *f)
{
	return script_later_value(f->op, creates_schema);
}

/* An assumed table may have an index that no file made. */
static struct value
get_bares(const struct facts *f)
{
	const struct op *op = f->op;

	if (bared_foreign_key(op) == NULL)
		return value_bool(false);
	return value_tri(op->table->assumed ? UNKNOWN : YES);
}

static struct value
get_bared(const struct facts *f)
{
	const struct constraint *k = bared_foreign_key(f->op);

	return k == NULL ? value_absent() : value_text(sql_ident(f->arena, k->name));
}

/* Takes the foreign key along, or makes an index that covers it. */
static bool
settles_foreign_key(const struct op *other, const struct op *op)
{
	const struct constraint *k = bared_foreign_key(op);

	if (k == NULL || !str_eq(other->target.name, op->table->name))
		return false;
	if (strcmp(other->kind->name, "drop_table") == 0)
		return true;
	for (size_t i = 0; i < k->columns.n; i++)
		if (strcmp(other->kind->name, "drop_column") == 0 && str_eq(other->column_name, k->columns.items[i]))
			return true;
	return constraint_op_drops(other, k->name) || (k->columns.n > 0 && index_op_leads_with(other, k->columns.items[0]));
}

static struct value
get_foreign_key_settled(const struct facts *f)
{
	return script_later_value(f->op, settles_foreign_key);
}

static struct value
get_bared_references(const struct facts *f)
{
	const struct constraint *k = bared_foreign_key(f->op);

	return k == NULL || k->references == NULL ? value_absent() :
	    value_text(relation_words(f->arena, f->catalog, k->references));
}

static struct value
get_backs_constraint(const struct facts *f)
{
	const struct relation *r = f->op->index;

	return r == NULL || r->index == NULL ? value_unknown() : value_bool(r->index->constraint != NULL);
}

static struct value
get_index_partitioned(const struct facts *f)
{
	const struct relation *r = f->op->index;

	return r == NULL || r->index == NULL ? value_unknown() : value_bool(r->kind == RELATION_PARTITIONED_INDEX);
}

static struct value
get_built_concurrently(const struct facts *f)
{
	const struct relation *r = f->op->index;

	return r == NULL || r->index == NULL ? value_unknown() : value_bool(r->index->concurrently);
}

#define COMMON \
	{ "object", FIELD_TEXT, "the dropped object's name as written", get_object }, \
	{ "object_is_new", FIELD_BOOL, "it was created, or a type renamed, by this migration or by another of the changed files", get_object_is_new }, \
	{ "object_count", FIELD_NUMBER, "objects named in the statement", get_object_count }, \
	{ "cascade", FIELD_BOOL, "CASCADE is given", get_cascade }, \
	{ "takes", FIELD_TEXT, "what CASCADE drops as well, or \"whatever depends on it\" when nothing is known", get_takes }, \
	{ "takes_more", FIELD_BOOL, "something depends on it and goes, too; of a table, view or function the files tell, of others seldom", get_takes_more }, \
	{ "if_exists", FIELD_BOOL, "IF EXISTS is given", get_if_exists }, \
	{ "dropped_as", FIELD_TEXT, "for advice: the object, behind IF EXISTS where the statement has that and it is not known to be there", \
	    get_dropped_as }, \
	{ "drop_statement", FIELD_TEXT, "for advice: the statement for that object alone, with CASCADE where that is given", get_drop_statement }

static const struct field fields[] = { COMMON, { NULL, FIELD_BOOL, NULL, NULL } };

static bool
has_privileges(const struct catalog *c, const struct schema *schema)
{
	for (size_t i = 0; schema != NULL && i < c->objects.n; i++) {
		const struct object *o = ((struct slot *)c->objects.entries[i].value)->object;
		if (o != NULL && o->gone == &schema->dropped && str_is(o->kind, "privilege"))
			return true;
	}
	return false;
}

/* doDeletion(): of pg_default_acl, too */
static struct value
get_taken_along(const struct facts *f)
{
	const struct catalog *c = f->catalog;
	bool privileges = has_privileges(c, catalog_slot_object(&c->schemas, STR(""), f->op->target.name)), defaults = false;

	for (size_t i = 0; i < c->default_privileges.n; i++)
		defaults = defaults || str_eq(c->default_privileges.items[i].schema, f->op->target.name);
	if (privileges && defaults)
		return value_text(STR(", and takes the privileges on it and the default privileges in it along"));
	return value_text(privileges ? STR(", and takes the privileges on it along") : defaults ? STR(", and takes the default privileges in it along") : STR(""));
}

static const struct field schema_fields[] = {
	COMMON,
	{ "created_again", FIELD_BOOL, "a later statement of the file makes a schema of that name", get_schema_created_again },
	{ "taken_along", FIELD_TEXT, "for labels: that privileges on it and default privileges in it go, too; empty: there are none", get_taken_along },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

static const struct field function_fields[] = {
	COMMON,
	{ "granted_again", FIELD_BOOL, "a later statement of the file grants something on what has the name then", get_granted_again },
	{ "made_before", FIELD_BOOL, "an earlier statement makes it", get_made_before },
	{ "has_extras", FIELD_BOOL, "it was granted, revoked, given away, altered or commented on since it was made, and no later statement of the file does so again", get_function_has_extras },
	{ "lost", FIELD_TEXT, "for messages: which of that is lost, or may be", get_lost },
	{ "is_trigger_function", FIELD_BOOL, "it returns trigger, or a trigger has named it, so that nothing but triggers can call it; false when nothing tells, unknown when the file drops a trigger before", get_is_trigger_function },
	{ "replaced_later", FIELD_BOOL, "a later statement of the file creates the function again, with the same arguments", get_replaced_later },
	{ "callers", FIELD_TEXT, "for messages: what calls it: code, or where it may be of a trigger only what does", get_callers },
	{ "until", FIELD_TEXT, "for messages: from when on, or until which later file, calls fail", get_function_until },
	{ "function_steps", FIELD_TEXT, "for advice: how no call finds the function missing", get_function_steps },
	{ "name_returns", FIELD_BOOL, "a later statement of the file, or of what runs at once behind it, creates a function of that name that calls of the old one may fit, or gives it to another one; or another one of that name stays and takes the same calls", get_function_returns },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

static const struct field type_fields[] = {
	COMMON,
	{ "replaced_later", FIELD_BOOL, "a later statement of the file creates a type of that name, or gives it to another one", get_type_replaced },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

static const struct field table_fields[] = {
	COMMON,
	{ "granted_again", FIELD_BOOL, "a later statement of the file grants something on what has the name then", get_granted_again },
	{ "made_before", FIELD_BOOL, "an earlier statement makes it", get_made_before },
	{ "has_extras", FIELD_BOOL, "it has privileges, comments, options, an owner that was given to it, triggers or rules, but for those that the file makes again", get_has_extras },
	{ "commented_again", FIELD_BOOL, "all of that is comments, and later statements of the file write each of them again", get_commented_again },
	{ "rows_moved", FIELD_BOOL, "the transaction has renamed it, another has its name, and an INSERT of the file put all its rows into that", get_rows_moved },
	{ "loses_rows", FIELD_BOOL, "the open transaction has not emptied it before", get_loses_rows },
	{ "quoted_as_one", FIELD_BOOL, "its name has a point in it, as in \"public.users\", and no such table is known", get_one_word },
	{ "quoted_apart", FIELD_TEXT, "that name, taken for a schema and a table; absent: it has no point", get_two_words },
	{ "name_returns", FIELD_BOOL, "another one has its name, or gets it by a later statement of the file", get_table_returns },
	{ "loses", FIELD_TEXT, "for messages: what dropping it does", get_loses },
	{ "undoing", FIELD_TEXT, "for messages: that it cannot be undone, or where the file has put all rows before", get_undoing },
	{ "retirement", FIELD_TEXT, "for advice: the steps in which the table goes, with what has to take over rows once more, and which keep it under another name where a later statement of the file takes its own",
	    get_retirement },
	{ "way_to_rows", FIELD_TEXT, "for the reason: \"only a backup brings rows back\", unless the file has emptied or copied it before", get_way_to_rows },
	{ "aftermath", FIELD_TEXT, "what becomes of code that says its name, and of its rows when another one takes it", get_aftermath },
	{ "view_follows", FIELD_BOOL, "a later statement of the file, or of what runs at once behind it, creates a view or table of that name, or gives it to another one", get_view_follows },
	{ "replacing", FIELD_TEXT, "for advice: the later CREATE VIEW of that name as CREATE OR REPLACE VIEW, between comments; only a comment when the file has none or its columns are known not to fit", get_replacing },
	{ "is_partition", FIELD_BOOL, "the table is a partition", get_is_partition },
	{ "references", FIELD_TEXT, "tables its foreign keys point at, which are locked too, and were not before, and stay; absent: none", get_references },
	{ "locks_referenced", FIELD_BOOL, "there are some: existing tables that stay", get_locks_referenced },
	{ "foreign_key_drops", FIELD_TEXT, "for advice: behind SET lock_timeout, the migrations before this one that drop those foreign keys, table by table; empty: none", get_foreign_key_drops },
	{ "parent", FIELD_TEXT, "the partitioned table it is a partition of; absent: none", get_parent },
	{ "parent_is_new", FIELD_BOOL, "that was created by this migration or by another of the changed files", get_parent_is_new },
	{ "parent_goes", FIELD_BOOL, "the same transaction drops that, too", get_parent_goes },
	{ "parent_lock", FIELD_LOCK, "lock that earlier statements of the transaction hold on that", get_parent_lock },
	{ "taken_along", FIELD_TEXT, "views and foreign keys that CASCADE drops, or that make a plain DROP fail; absent: none known",
	    get_taken },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

/* Without IF EXISTS the statement says so itself. */
static struct value
get_index_left(const struct facts *f)
{
	return f->op->index == NULL || !f->op->if_exists ? value_bool(true) : unread_drop_spares(f, "index", &f->op->index->born);
}

static const struct field index_fields[] = {
	COMMON,
	{ "concurrently", FIELD_BOOL, "CONCURRENTLY is given", get_concurrently },
	{ "built_concurrently", FIELD_BOOL, "the index was created CONCURRENTLY", get_built_concurrently },
	{ "is_left", FIELD_BOOL, "the index is still there; no code of the file that could not be read may have dropped it", get_index_left },
	{ "backs_constraint", FIELD_BOOL, "the index belongs to a key or exclusion constraint", get_backs_constraint },
	{ "is_partitioned", FIELD_BOOL, "it is the index of a partitioned table", get_index_partitioned },
	{ "leaves_foreign_key_unindexed", FIELD_BOOL, "it is the last index that covers a foreign key of the table", get_bares },
	{ "unindexed_foreign_key", FIELD_TEXT, "the foreign key that no index covers then; absent: none", get_bared },
	{ "foreign_key_settled", FIELD_BOOL, "a later statement of the file drops that foreign key, a column of it, or creates an index that begins with its first column",
	    get_foreign_key_settled },
	{ "drop_begins", FIELD_TEXT, "for advice: what stands before DROP INDEX CONCURRENTLY, with a comment that what takes its place in the file is built first",
	    get_drop_begins },
	{ "bare_name", FIELD_TEXT, "the index's name without its schema", get_bare_name },
	{ "successor_name", FIELD_TEXT, "for advice: a comment that an index that the file builds gets its name then; empty: none does", get_successor_name },
	{ "waits_for_rows", FIELD_BOOL, "a later statement of the file creates a unique index of its name, and one between them changes rows of the table",
	    get_waits_for_rows },
	{ "meanwhile", FIELD_TEXT, "what queries that used it do without it: read all of the table, or use another index that stays and begins with the same column", get_meanwhile },
	{ "next_built", FIELD_TEXT, "for advice, where one follows: how that is built", get_next_built },
	{ "next_name", FIELD_TEXT, "for advice, where one follows: how that then gets its name", get_next_name },
	{ "index_follows", FIELD_BOOL, "a later statement of the file creates an index on the table, itself or as that of a key, that begins with the same column or expression", get_index_follows },
	{ "key_dropped_before", FIELD_BOOL, "nobody knows of it, and the transaction has dropped a constraint of its name, so that the table is locked", get_key_dropped_before },
	{ "dropped_anyway", FIELD_BOOL, "a later statement of the file, in a transaction that has begun before it or in one of its own, drops its table or a column of it, which takes the index along", get_index_dropped_anyway },
	{ "identity_instead", FIELD_TEXT, "for advice: what follows REPLICA IDENTITY and identifies the rows without it: DEFAULT, USING INDEX of another one, or FULL", get_identity_instead },
	{ "index_instead", FIELD_TEXT, "for advice: the statements by which an index on the columns of that foreign key alone takes its place, or that it has to stay", get_index_instead },
	{ "is_replica_identity", FIELD_BOOL, "REPLICA IDENTITY USING names it", get_replica_identity },
	{ "unindexed_references", FIELD_TEXT, "the table that foreign key points at; absent: none", get_bared_references },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

#define FUNCTION(kind_name, kind_doc, object) \
	{ .name = kind_name, .doc = kind_doc, .node = T_DropStmt, .subtype = object, .size = sizeof(struct payload), \
	    .fields = function_fields, .lower = lower, .bind = bind_function, .effects = function_effects, .refused = function_refused, \
	    .apply = apply_function }
#define RELATION(kind_name, kind_doc, object, bind_function) \
	{ .name = kind_name, .doc = kind_doc, .node = T_DropStmt, .subtype = object, .has = HAS_TABLE, \
	    .size = sizeof(struct payload), .fields = table_fields, .lower = lower, .bind = bind_function, \
	    .effects = effects, .apply = apply }

const struct op_kind op_kinds_drop[] = {
	RELATION("drop_table", "DROP TABLE", OBJECT_TABLE, bind_table),
	RELATION("drop_view", "DROP VIEW", OBJECT_VIEW, bind_view),
	RELATION("drop_materialized_view", "DROP MATERIALIZED VIEW", OBJECT_MATVIEW, bind_matview),
	RELATION("drop_sequence", "DROP SEQUENCE", OBJECT_SEQUENCE, bind_sequence),
	RELATION("drop_foreign_table", "DROP FOREIGN TABLE", OBJECT_FOREIGN_TABLE, bind_foreign_table),
	{ .name = "drop_index", .doc = "DROP INDEX", .node = T_DropStmt, .subtype = OBJECT_INDEX, .has = HAS_TABLE | HAS_INDEX,
	    .size = sizeof(struct payload), .fields = index_fields, .lower = lower, .bind = bind_index,
	    .effects = index_effects, .refused = index_refused, .apply = apply_index },
	{ .name = "drop_type", .doc = "DROP TYPE", .node = T_DropStmt, .subtype = OBJECT_TYPE, .has = HAS_TYPE,
	    .size = sizeof(struct payload), .fields = type_fields, .lower = lower, .bind = bind_type, .effects = type_effects,
	    .apply = apply_type },
	{ .name = "drop_domain", .doc = "DROP DOMAIN", .node = T_DropStmt, .subtype = OBJECT_DOMAIN, .has = HAS_TYPE,
	    .size = sizeof(struct payload), .fields = type_fields, .lower = lower, .bind = bind_type, .effects = type_effects,
	    .apply = apply_type },
	{ .name = "drop_schema", .doc = "DROP SCHEMA", .node = T_DropStmt, .subtype = OBJECT_SCHEMA,
	    .size = sizeof(struct payload), .fields = schema_fields, .lower = lower, .bind = bind_schema, .effects = schema_effects,
	    .refused = schema_refused, .apply = apply_schema },
	FUNCTION("drop_function", "DROP FUNCTION", OBJECT_FUNCTION),
	FUNCTION("drop_procedure", "DROP PROCEDURE", OBJECT_PROCEDURE),
	FUNCTION("drop_routine", "DROP ROUTINE", OBJECT_ROUTINE),
	{ .name = "drop_aggregate", .doc = "DROP AGGREGATE", .node = T_DropStmt, .subtype = OBJECT_AGGREGATE, .size = sizeof(struct payload),
	    .fields = fields, .lower = lower, .bind = bind_object, .refused = object_refused, .apply = apply_object },
	{ .name = "drop_extension", .doc = "DROP EXTENSION", .node = T_DropStmt, .subtype = OBJECT_EXTENSION,
	    .size = sizeof(struct payload), .fields = fields, .lower = lower, .bind = bind_object, .effects = extension_effects,
	    .refused = extension_refused, .apply = apply_extension },
	{ .name = "drop_object", .doc = "DROP of another kind of object", .node = T_DropStmt, .subtype = -1, .size = sizeof(struct payload),
	    .fields = fields, .lower = lower, .bind = bind_object, .refused = object_refused, .apply = apply_object },
	{ .name = NULL }
};
