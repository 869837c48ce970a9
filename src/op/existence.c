#include "op/existence.h"
#include "op/failure.h"
#include "op/lower.h"

bool
existence_lacks_relation(const struct op *op, const struct catalog *c)
{
	return op->if_exists && op_names_relation(op) && catalog_find_relation(c, op->target) == NULL &&
	    catalog_lacks_name(c, &c->relations, op->target);
}

/* DROP of what has a schema; parts of a table, which is there, are no such thing. */
static bool
drops_whole(const struct op *op)
{
	static const char *const kinds[] = { "table", "foreign_table", "view", "materialized_view", "sequence", "index", "type", "domain", "function", "procedure",
		"routine", "schema" };

	for (size_t i = 0; str_starts(str_of(op->kind->name), "drop_") && i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(op->kind->name + sizeof("drop_") - 1, kinds[i]) == 0)
			return true;
	return false;
}

static bool
makes_whole(const struct op *other, const struct op *op)
{
	static const char *const parts[] = { "create_trigger", "create_policy", "create_rule", "create_index", "create_statistics" };

	if (is_kind(op, "drop_index"))
		return index_op_makes(other, op->target.name);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (is_kind(other, parts[i]))
			return false;
	if (is_kind(op, "drop_schema") != is_kind(other, "create_schema"))
		return false;
	return str_starts(str_of(other->kind->name), "create_") && op_names_same(other, op);
}

/* Its only maker, further on, puts it on a table that this migration has made: before, there was nothing that it could have been on. */
static bool
is_of_new_table(const struct op *op, const struct catalog *c)
{
	const struct script *script = op->script;
	bool later = false;

	for (size_t i = 0; script != NULL && i < script->ops.n; later = later || script->ops.items[i] == op, i++) {
		const struct relation *r = later && index_op_makes(script->ops.items[i], op->target.name) ? catalog_find_relation(c, script->ops.items[i]->target) : NULL;
		if (r != NULL)
			return !r->assumed && relation_new_in_migration(c, r);
	}
	return false;
}

bool
existence_is_remade(const struct op *op, const struct catalog *c)
{
	if (is_kind(op, "drop_index") && op->if_exists && catalog_find_relation(c, op->target) == NULL && is_of_new_table(op, c))
		return true;
	return c->begun && op->if_exists && drops_whole(op) && catalog_find_relation(c, op->target) == NULL && script_later(op, makes_whole);
}

static bool
is_doubted(const struct relation *r)
{
	return r != NULL && r->doubted;
}

void
existence_doubt(struct op *op, struct catalog *c, size_t known)
{
	for (size_t i = known; i < c->all.n; i++)
		if (c->all.items[i]->assumed && (op->if_exists || c->now.doubtful))
			catalog_set(c, &c->all.items[i]->doubted, true);
	op->may_be_missing = op->may_be_missing || (op->if_exists && (is_doubted(op->index) || is_doubted(op->table)));
}

static void
prove(struct catalog *c, struct relation *r)
{
	if (is_doubted(r))
		catalog_set(c, &r->doubted, false);
}

void
op_prove(const struct op *op, const struct effects *e, struct catalog *c)
{
	if (op->if_exists || c->now.doubtful)
		return;
	prove(c, op->table);
	prove(c, op->index);
	for (size_t i = 0; i < e->list.n; i++)
		prove(c, e->list.items[i].relation);
}

/* ---- what rules say of it ---- */

/* What the end of the history is told of was bound to nothing. */
bool
op_may_be_missing(const struct op *op)
{
	return op->may_be_missing || (op->statement == NULL && is_doubted(op->table));
}

/* get_object_address() lets go of the table when there is nothing to drop */
bool
op_finds_no_part(const struct op *op)
{
	static const char *const kinds[] = { "drop_trigger", "drop_policy", "drop_rule", NULL };

	return op->may_be_missing && str_among(str_of(op->kind->name), kinds);
}

bool
op_lacks_part_only(const struct op *op)
{
	return op->part_if_exists && op->table != NULL && !op->table->doubted;
}

/* Of a table: a column, a constraint, a trigger ... */
static struct str
part_words(const struct facts *f)
{
	struct value constraint = fact(f, "constraint_name");

	if (f->op->column_name.s != NULL)
		return sql_ident(f->arena, f->op->column_name);
	return constraint.state == VALUE_KNOWN ? constraint.text : fact(f, "object").text;
}

struct str
op_missing_words(const struct facts *f)
{
	const struct op *op = f->op;

	if (!op_may_be_missing(op))
		return STR_NONE;
	if (op->statement == NULL)
		return words(f, op->table);
	if (op->target.name.s == NULL)
		return fact(f, "object_name").text;
	if (op->table == NULL || op->table->doubted || op->index != NULL)
		return op_target_words(f->arena, op);
	return str_printf(f->arena, "%.*s of %.*s", STR_ARG(part_words(f)), STR_ARG(op_target_words(f->arena, op)));
}

/* ---- what later files say of it ---- */

struct first_use {
	const struct op *op, *later;
};

static bool
is_first_use(const struct op *later, void *arg)
{
	struct first_use *use = arg;

	use->later = op_names_same(later, use->op) ? later : NULL;
	return use->later != NULL;
}

const struct op *
existence_made_later(const struct facts *f, const struct op *op)
{
	struct first_use use = { op, NULL };

	if (op->target.name.s == NULL || !later_file_has(f, &op->target.name, 1, is_first_use, &use))
		return NULL;
	return (is_kind(use.later, "create_table") || is_kind(use.later, "create_table_as")) && !use.later->if_not_exists ? use.later : NULL;
}

bool
existence_begins_later(const struct facts *f)
{
	return op_may_be_missing(f->op) && existence_made_later(f, f->op) != NULL;
}
