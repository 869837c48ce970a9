#include <string.h>

#include "base/buf.h"
#include "catalog/spell.h"
#include "op/column_def.h"
#include "op/concurrently.h"
#include "op/constraint.h"
#include "op/enum_swap.h"
#include "op/failure.h"
#include "op/order.h"
#include "op/rename.h"
#include "op/swap.h"
#include "op/view.h"
#include "op/view_text.h"

struct str
not_null_steps(const struct facts *f, const struct relation *r, struct str column)
{
	struct str table = relation_words(f->arena, f->catalog, r), name = sql_ident(f->arena, column);
	struct str check = sql_ident(f->arena, catalog_object_name(f->arena, r->name, column, STR("given")));

	return str_printf(f->arena, "\n-- next migration\nALTER TABLE %.*s ADD CONSTRAINT %.*s CHECK (%.*s IS NOT NULL) NOT VALID;"
	    "\n-- next migration\nALTER TABLE %.*s VALIDATE CONSTRAINT %.*s;\n-- next migration\nALTER TABLE %.*s ALTER COLUMN %.*s SET NOT NULL;"
	    "\nALTER TABLE %.*s DROP CONSTRAINT %.*s;", STR_ARG(table), STR_ARG(check), STR_ARG(name), STR_ARG(table), STR_ARG(check),
	    STR_ARG(table), STR_ARG(name), STR_ARG(table), STR_ARG(check));
}

static struct str
with_suffix(const struct facts *f, const char *suffix)
{
	return str_printf(f->arena, "%.*s%s", STR_ARG(f->op->column_name), suffix);
}

static enum tri
is_not_null(const struct facts *f)
{
	return f->op->column == NULL ? UNKNOWN : f->op->column->not_null;
}

static struct str
copy_not_null(const struct facts *f)
{
	struct str copy = with_suffix(f, "_new");

	if (is_not_null(f) == YES)
		return not_null_steps(f, f->op->table, copy);
	return is_not_null(f) == NO ? STR("") : str_printf(f->arena, "\n-- next migrations, if %.*s is NOT NULL: CHECK (%.*s IS NOT NULL) NOT VALID, "
	    "then VALIDATE, then SET NOT NULL", STR_ARG(sql_ident(f->arena, f->op->column_name)), STR_ARG(sql_ident(f->arena, copy)));
}

static bool
holds_column(const struct constraint *k, const struct facts *f)
{
	return k != NULL && k->kind == CONSTRAINT_PRIMARY_KEY && str_in(f->op->column_name, k->columns.items, k->columns.n);
}

static bool
makes_again(const struct op *op, const struct constraint *k, const struct facts *f)
{
	const struct new_constraint *made = OP_DATA(op, struct new_constraint);

	return is_kind(op, "add_primary_key") && op->statement == f->op->statement && (made->name.s == NULL || str_eq(made->name, k->name)) &&
	    made->columns.n == k->columns.n && str_in(f->op->column_name, made->columns.items, made->columns.n);
}

/* A key that other clauses of the statement drop and make again, of the column too. */
static const struct constraint *
key_made_again(const struct facts *f)
{
	const struct script *script = f->op->script;

	for (size_t i = 0; i < script->ops.n; i++) {
		const struct op *drop = script->ops.items[i];
		if (drop->statement != f->op->statement || !is_kind(drop, "drop_constraint") || !holds_column(drop->constraint, f))
			continue;
		for (size_t k = i + 1; k < script->ops.n; k++)
			if (makes_again(script->ops.items[k], drop->constraint, f))
				return drop->constraint;
	}
	return NULL;
}

/* The primary key, if the column is in it. */
static const struct constraint *
key_of(const struct facts *f)
{
	const struct constraint *k = relation_primary_key(f->op->table);

	return holds_column(k, f) ? k : key_made_again(f);
}

static struct str
key_index(const struct facts *f)
{
	return sql_ident(f->arena, catalog_object_name(f->arena, f->op->table->name, STR_NONE, STR("new_pkey")));
}

static struct str
copy_key(const struct facts *f)
{
	const struct constraint *k = key_of(f);
	struct buf columns = BUF(f->arena);

	if (k == NULL)
		return STR("");
	if (relation_is_partitioned(f->op->table) == YES)
		return str_printf(f->arena, "\n-- it is in the primary key: %.*s is built on each partition CONCURRENTLY, then ON ONLY the table, and attached",
		    STR_ARG(key_index(f)));
	for (size_t i = 0; i < k->columns.n; i++) {
		struct str name = str_eq(k->columns.items[i], f->op->column_name) ? with_suffix(f, "_new") : k->columns.items[i];
		buf_item(&columns, ", ", sql_ident(f->arena, name));
	}
	return str_printf(f->arena, "\n-- next migration (no transaction)%.*s\nCREATE UNIQUE INDEX CONCURRENTLY %.*s ON %.*s (%.*s);",
	    STR_ARG(get_lock_timeout_off(f).text), STR_ARG(key_index(f)), STR_ARG(relation_words(f->arena, f->catalog, f->op->table)), STR_ARG(buf_text(&columns)));
}

struct value
get_copy_steps(const struct facts *f)
{
	return value_text(str_printf(f->arena, "%.*s%.*s", STR_ARG(copy_not_null(f)), STR_ARG(copy_key(f))));
}

/* ---- the swap ---- */

bool
op_drops_sequence(const struct op *later, void *arg)
{
	const struct relation *sequence = arg;

	return is_kind(later, "drop_sequence") && str_eq(later->target.name, sequence->name) &&
	    (later->target.schema.n == 0 || str_eq(later->target.schema, sequence->schema));
}

/* What numbers the rows goes over to the copy, unless the file drops it. */
static void
put_sequence(struct buf *b, const struct facts *f, struct str table, struct str old)
{
	const struct column *column = f->op->column;
	struct str name = sql_ident(f->arena, f->op->column_name), sequence;

	if (column == NULL || column->sequence == NULL || script_find_later(f->op, op_drops_sequence, column->sequence))
		return;
	if (column->identity != 0) {
		buf_printf(b, "\nALTER TABLE %.*s ALTER COLUMN %.*s DROP IDENTITY;", STR_ARG(table), STR_ARG(old));
		buf_printf(b, "\nALTER TABLE %.*s ALTER COLUMN %.*s ADD GENERATED %s AS IDENTITY (START WITH ...);  -- behind its last value", STR_ARG(table),
		    STR_ARG(name), column->identity == 'a' ? "ALWAYS" : "BY DEFAULT");
		return;
	}
	sequence = relation_words(f->arena, f->catalog, column->sequence);
	buf_printf(b, "\nALTER TABLE %.*s ALTER COLUMN %.*s SET DEFAULT nextval('%.*s');", STR_ARG(table), STR_ARG(name), STR_ARG(sequence));
	buf_printf(b, "\nALTER SEQUENCE %.*s OWNED BY %.*s.%.*s;", STR_ARG(sequence), STR_ARG(table), STR_ARG(name));
}

static bool
references_column(const struct facts *f, const struct constraint *k)
{
	return k->parent == NULL && str_in(f->op->column_name, k->reference_columns.items, k->reference_columns.n);
}

static void
put_reference_drops(struct buf *b, const struct facts *f)
{
	const struct relation *r = f->op->table;

	for (size_t i = 0; i < r->referenced_by.n; i++)
		if (references_column(f, r->referenced_by.items[i]))
			buf_printf(b, "\nALTER TABLE %.*s DROP CONSTRAINT %.*s;", STR_ARG(relation_words(f->arena, f->catalog, r->referenced_by.items[i]->table)),
			    STR_ARG(sql_ident(f->arena, r->referenced_by.items[i]->name)));
}

/* On the new column, which has the name now. */
static void
put_references(struct buf *b, const struct facts *f)
{
	const struct relation *r = f->op->table;

	for (size_t i = 0; i < r->referenced_by.n; i++) {
		const struct constraint *k = r->referenced_by.items[i];
		bool whole = relation_is_partitioned(k->table) == YES && f->pg_version < 18;
		if (!references_column(f, k))
			continue;
		buf_printf(b, "\nALTER TABLE %.*s ADD CONSTRAINT %.*s ", STR_ARG(relation_words(f->arena, f->catalog, k->table)),
		    STR_ARG(sql_ident(f->arena, k->name)));
		spell_constraint(b, f->catalog, k);
		buf_c(b, whole ? ";" : k->valid == NO ? ";  -- VALIDATE CONSTRAINT follows in a transaction of its own"
		    : " NOT VALID;  -- VALIDATE CONSTRAINT follows in a transaction of its own");
	}
}

static bool
in_replica_identity(const struct facts *f)
{
	const struct relation *r = f->op->table;

	for (size_t i = 0; i < r->indexes.n; i++)
		if (r->indexes.items[i]->index->identity && index_has_key(r->indexes.items[i]->index, f->op->column_name))
			return true;
	return false;
}

/* ATExecDropNotNull() refuses it of a column in the primary key, so that this moves in the same statement. */
static void
put_release(struct buf *b, const struct facts *f, struct str table, struct str old)
{
	const struct constraint *k = key_of(f);

	if (k == NULL && in_replica_identity(f))
		buf_str(b, STR("\n-- it is in the replica identity, so the table needs another one first"));
	if (relation_primary_key(f->op->table) == NULL && f->op->table->assumed)
		buf_printf(b, "\n-- if it is in the primary key, with a unique index of all columns of the key, %.*s among them, built CONCURRENTLY before, in the same ALTER TABLE: DROP CONSTRAINT ..., ADD PRIMARY KEY USING INDEX ...",
		    STR_ARG(sql_ident(f->arena, with_suffix(f, "_new"))));
	buf_printf(b, "\nALTER TABLE %.*s ", STR_ARG(table));
	if (k != NULL)
		buf_printf(b, "DROP CONSTRAINT %.*s, ADD CONSTRAINT %.*s PRIMARY KEY USING INDEX %.*s, ", STR_ARG(sql_ident(f->arena, k->name)),
		    STR_ARG(sql_ident(f->arena, k->name)), STR_ARG(key_index(f)));
	buf_printf(b, "ALTER COLUMN %.*s DROP NOT NULL;", STR_ARG(old));
}

/* DROP COLUMN fails where a foreign key points at the column, or where something draws from the sequence that would go with it. */
static void
put_unseen(struct buf *b, const struct facts *f, struct str old)
{
	if (f->op->table->assumed)
		buf_printf(b, "\n-- what the files do not show: foreign keys that point at %.*s are dropped before and made again behind, a sequence that belongs to it gets OWNED BY the new one",
		    STR_ARG(old));
}

/* ATExecAlterColumnType() refuses it of a column that a view shows: the file has dropped those that do. */
static bool
is_dropped_view(const struct facts *f, const struct op *op)
{
	if (!(is_kind(op, "drop_view") || is_kind(op, "drop_materialized_view")) || op->noop || op->table == NULL)
		return false;
	for (size_t i = 0; i < op->table->reads.n; i++)
		if (op->table->reads.items[i] == f->op->table)
			return view_uses_column(f->catalog, op->table, f->op->table, f->op->column_name) != NO;
	return false;
}

static const struct op *
creation_behind(const struct facts *f, const struct op *drop)
{
	for (size_t i = f->op->script->ops.n; i-- > 0 && f->op->script->ops.items[i] != f->op;) {
		const struct op *op = f->op->script->ops.items[i];
		if ((is_kind(op, "create_view") || is_kind(op, "create_materialized_view")) && op_names_same(op, drop))
			return op;
	}
	return NULL;
}

struct dropped_views {
	struct buf drops, creations;
	bool all_columns;               /* of a table, in one of them */
};

static struct dropped_views
find_dropped_views(const struct facts *f)
{
	struct dropped_views v = { BUF(f->arena), BUF(f->arena), false };

	for (size_t i = 0; i < f->op->script->ops.n && f->op->script->ops.items[i] != f->op; i++) {
		const struct op *op = f->op->script->ops.items[i], *creation;
		if (!is_dropped_view(f, op))
			continue;
		struct str name = relation_words(f->arena, f->catalog, op->table);
		const char *kind = is_kind(op, "drop_view") ? "VIEW" : "MATERIALIZED VIEW";
		creation = creation_behind(f, op);
		v.all_columns = v.all_columns || (creation != NULL && view_takes_all_columns(creation));
		buf_printf(&v.drops, "\nDROP %s %.*s;", kind, STR_ARG(name));
		buf_printf(&v.creations, "\n%.*s;", STR_ARG(creation != NULL ? source_text(creation->statement->source, creation->statement->span)
		    : str_printf(f->arena, "CREATE %s %.*s AS ...", kind, STR_ARG(name))));
	}
	return v;
}

/* A view that stays shows the column that it has shown, whatever that is called. */
static void
put_views(struct buf *b, const struct facts *f)
{
	struct dropped_views v = find_dropped_views(f);

	if (v.drops.n > 0)
		buf_printf(b, "\n-- what shows the old column goes on showing it unless it is made again:%.*s%.*s", STR_ARG(buf_text(&v.drops)),
		    STR_ARG(buf_text(&v.creations)));
}

/* A view of all columns shows the old one, too, as long as that is there. */
struct value
get_old_drop(const struct facts *f)
{
	struct dropped_views v = find_dropped_views(f);
	struct buf b = BUF(f->arena);

	if (v.all_columns)
		buf_printf(&b, "%.*s\n", STR_ARG(str_slice(buf_text(&v.drops), 1, v.drops.n)));
	buf_printf(&b, "ALTER TABLE %.*s DROP COLUMN %.*s;", STR_ARG(relation_words(f->arena, f->catalog, f->op->table)),
	    STR_ARG(sql_ident(f->arena, with_suffix(f, "_old"))));
	if (v.all_columns)
		buf_str(&b, buf_text(&v.creations));
	return value_text(buf_text(&b));
}

/* Of the type that the old column keeps until it goes. */
static bool
drops_its_type(const struct op *op, const struct op *other)
{
	return is_kind(other, "drop_type") && op->column != NULL && str_eq(other->target.name, op->column->type.name);
}

/* Neither that nor the DROP TYPE of the file is needed any more. */
struct value
get_instead_of_type(const struct facts *f)
{
	struct ops exchange = enum_swap_along(f, false);

	if (exchange.n > 0)
		return value_text(str_printf(f->arena, "-- instead of the new type, and of %.*s", STR_ARG(order_lines(f->arena, &exchange))));
	for (size_t i = 0; f->op->script != NULL && f->inside == NULL && i < f->op->script->ops.n; i++)
		if (drops_its_type(f->op, f->op->script->ops.items[i]))
			return value_text(str_printf(f->arena, "-- instead of the new type, and of line %u, which drops the old one", order_line(f->op->script->ops.items[i])));
	return value_text(STR("-- instead of the new type"));
}

/* Behind the change of the type; NULL: none does. */
static const struct op *
type_drop_behind(const struct facts *f)
{
	for (size_t i = 0; f->op->statement != NULL && i < f->op->script->ops.n; i++) {
		const struct op *other = f->op->script->ops.items[i];
		if (drops_its_type(f->op, other) && other->statement->span.off > f->op->statement->span.off)
			return other;
	}
	return NULL;
}

static bool
takes_name_of(const struct op *op, const struct op *drop)
{
	if (is_kind(op, "rename_type"))
		return str_eq(OP_DATA(op, struct rename)->new_name, drop->target.name) && str_eq(op->target.schema, drop->target.schema);
	return str_starts(str_of(op->kind->name), "create_") && op_names_same(op, drop);
}

/* What takes the name of the type that is dropped, and what has to follow that; none without a DROP TYPE. */
static struct ops
taken_again(const struct facts *f, const struct op *drop)
{
	struct ops ops = { 0 };

	for (size_t i = 0; drop != NULL && i < drop->script->ops.n; i++) {
		const struct op *op = drop->script->ops.items[i];
		if (op->statement->span.off > drop->statement->span.off && takes_name_of(op, drop))
			order_push(f->arena, &ops, op);
	}
	return f->inside == NULL ? order_with_following(f, &ops) : ops;
}

/* What the file does behind the change of the type, where those wait, too. */
static struct ops
find_following(const struct facts *f, const struct ops *along)
{
	struct ops tied = order_tied_behind(f);

	for (size_t i = 0; i < along->n; i++)
		*vec_push(f->arena, &tied) = along->items[i];
	return order_with_following(f, &tied);
}

/* But for what the steps say themselves, and what waits until the type has gone. */
static void
put_following(struct buf *b, const struct facts *f)
{
	struct ops following = find_following(f, &(struct ops){ 0 }), last = taken_again(f, type_drop_behind(f)), now = { 0 };
	struct str said = buf_text(b);

	for (size_t i = 0; i < following.n; i++) {
		const struct statement *s = following.items[i]->statement;
		if (!drops_its_type(f->op, following.items[i]) && !order_holds(&last, following.items[i]) && str_find(said, source_text(s->source, s->span)) == (size_t)-1)
			*vec_push(f->arena, &now) = following.items[i];
	}
	if (now.n > 0)
		buf_printf(b, "\n-- not before that, of this file: %.*s", STR_ARG(order_lines(f->arena, &now)));
}

/* Without the statements that exchange enums no type has the old name meanwhile, or one that the column does not have. */
static struct ops
find_waiting(const struct facts *f, bool behind)
{
	struct ops along = enum_swap_along(f, true), following, waiting = { 0 };

	if (type_drop_behind(f) != NULL)
		*vec_push(f->arena, &along) = type_drop_behind(f);
	following = find_following(f, &along);
	for (size_t i = 0; i < f->op->script->ops.n; i++) {
		const struct op *op = f->op->script->ops.items[i];
		bool waits = order_holds(&along, op) || order_holds(&following, op);
		if (waits && (op->statement->span.off > f->op->statement->span.off) == behind && !order_holds(&waiting, op))
			*vec_push(f->arena, &waiting) = op;
	}
	return waiting;
}

struct value
get_waits_along(const struct facts *f)
{
	struct buf b = BUF(f->arena);

	buf_c(&b, " this change of the type");
	if (f->inside != NULL || f->op->script == NULL)
		return value_text(buf_text(&b));
	struct ops before = find_waiting(f, false), behind = find_waiting(f, true);
	if (before.n > 0)
		buf_printf(&b, ", in front of it %.*s", STR_ARG(order_lines(f->arena, &before)));
	if (behind.n > 0)
		buf_printf(&b, "%s behind it %.*s", before.n > 0 ? " and" : ", and", STR_ARG(order_lines(f->arena, &behind)));
	return value_text(buf_text(&b));
}

struct value
get_swap_rest(const struct facts *f)
{
	struct str table = relation_words(f->arena, f->catalog, f->op->table), old = sql_ident(f->arena, with_suffix(f, "_old"));
	struct buf b = BUF(f->arena);

	put_unseen(&b, f, old);
	put_sequence(&b, f, table, old);
	put_reference_drops(&b, f);
	if (is_not_null(f) != NO)
		put_release(&b, f, table, old);
	put_references(&b, f);
	put_views(&b, f);
	put_following(&b, f);
	return value_text(b.n > 0 ? buf_text(&b) : STR(""));
}

struct value
get_type_drop(const struct facts *f)
{
	const struct op *drop = type_drop_behind(f);
	struct ops taken = taken_again(f, drop);
	struct buf b = BUF(f->arena);

	if (drop == NULL)
		return value_text(STR(""));
	buf_printf(&b, "\n-- and only now, when nothing else has the type, not in this file:\n%.*s;", STR_ARG(source_text(drop->statement->source, drop->statement->span)));
	if (taken.n > 0)
		buf_printf(&b, "\n-- then, of this file: %.*s", STR_ARG(order_lines(f->arena, &taken)));
	return value_text(buf_text(&b));
}

/* ---- the triggers that are there ---- */

static bool
fires_per_row(const struct trigger *t, unsigned events)
{
	return !t->dropped && t->row && (t->events & events) != 0 && !str_is(t->state, "disabled");
}

/* The file goes on, and what is advised runs when it has ended: the triggers for each row that it makes behind an operation. */
struct made_behind {
	const struct facts *f;
	const char *event, *timing;     /* "": any */
	struct str_list names;
};

static bool
note_trigger(const struct op *later, void *arg)
{
	struct made_behind *m = arg;
	struct facts f = *m->f;

	f.op = later;
	if (!op_names_same(later, m->f->op))
		return false;
	if (is_kind(later, "drop_trigger")) {
		for (size_t i = 0; i < m->names.n; i++)
			if (str_eq(sql_ident(f.arena, m->names.items[i]), fact(&f, "object").text))
				m->names.items[i] = m->names.items[--m->names.n];
	} else if (is_kind(later, "create_trigger") && fact(&f, "for_each_row").yes && str_find(fact(&f, "events").text, str_of(m->event)) != (size_t)-1 &&
	    str_find(fact(&f, "timing").text, str_of(m->timing)) != (size_t)-1)
		*vec_push(f.arena, &m->names) = fact(&f, "trigger").text;
	return false;
}

static struct str_list
triggers_behind(const struct facts *f, const char *event, const char *timing)
{
	struct made_behind m = { .f = f, .event = event, .timing = timing };

	if (f->op->statement != NULL)
		(void)script_find_later(f->op, note_trigger, &m);
	return m.names;
}

/* DROP TRIGGER of it. */
struct dropped_behind {
	const struct facts *f;
	struct str name;
};

static bool
drops_trigger(const struct op *later, void *arg)
{
	const struct dropped_behind *d = arg;
	struct facts f = *d->f;

	f.op = later;
	return is_kind(later, "drop_trigger") && op_names_same(later, d->f->op) && str_eq(sql_ident(f.arena, d->name), fact(&f, "object").text);
}

static bool
is_dropped_behind(const struct facts *f, struct str name)
{
	struct dropped_behind d = { f, name };

	return f->op->statement != NULL && script_find_later(f->op, drops_trigger, &d);
}

/* Triggers fire in the order of their names: RelationBuildTriggers() */
static bool
is_last(const struct facts *f, struct str name)
{
	const struct relation *r = f->op->table;
	struct str_list behind = triggers_behind(f, "", "before");

	for (size_t i = 0; i < behind.n; i++)
		if (str_cmp(behind.items[i], name) >= 0)
			return false;
	for (size_t i = 0; i < r->triggers.n; i++) {
		const struct trigger *t = r->triggers.items[i];
		if (fires_per_row(t, ON_INSERT | ON_UPDATE) && str_starts(t->definition, "BEFORE") && str_cmp(t->name, name) >= 0)
			return false;
	}
	return true;
}

struct value
get_trigger_prefix(const struct facts *f)
{
	struct str prefix = STR(""), zs = STR("zz");

	for (int tries = 0; tries < 4 && !is_last(f, str_printf(f->arena, "%.*s%.*s_%.*s_", STR_ARG(prefix), STR_ARG(f->op->table->name),
	    STR_ARG(f->op->column_name))); tries++) {
		prefix = str_printf(f->arena, "%.*s_", STR_ARG(zs));
		zs = str_printf(f->arena, "%.*sz", STR_ARG(zs));
	}
	return value_text(prefix);
}

/* Without triggers nothing would compute the column. */
static bool
is_filled_by_trigger(const struct op *op)
{
	return strcmp(op->kind->name, "set_expression") == 0 || (strcmp(op->kind->name, "add_column") == 0 && added_column(op)->generated != 0);
}

/* Those of UPDATE OF other columns stay silent. */
struct str
copy_fires(const struct facts *f)
{
	const struct relation *r = f->op->table;
	struct str_list behind = triggers_behind(f, "update", "");
	struct buf names = BUF(f->arena);

	for (size_t i = 0; i < r->triggers.n; i++)
		if (fires_per_row(r->triggers.items[i], ON_UPDATE) && r->triggers.items[i]->columns.n == 0 &&
		    !is_dropped_behind(f, r->triggers.items[i]->name))
			buf_item(&names, ", ", sql_ident(f->arena, r->triggers.items[i]->name));
	for (size_t i = 0; i < behind.n; i++)
		buf_item(&names, ", ", sql_ident(f->arena, behind.items[i]));
	return names.n == 0 ? STR("") : str_printf(f->arena, "the table's triggers (%.*s) fire for each row that is updated: disable what must not%s",
	    STR_ARG(buf_text(&names)), is_filled_by_trigger(f->op) ? "" : ", or SET session_replication_role = replica");
}

struct value
get_firing_note(const struct facts *f)
{
	struct str fires = copy_fires(f);

	return value_text(str_printf(f->arena, "%s%s%.*s", runs_by_hand(f) ? "\n-- by hand: its runner puts every file into a transaction" : "",
	    fires.n > 0 ? "\n-- " : "", STR_ARG(fires)));
}
