#include "op/batch.h"

#include "base/buf.h"
#include "op/code.h"
#include "op/dml.h"
#include "op/done.h"
#include "op/failure.h"
#include "op/firing.h"
#include "op/operators.h"
#include "op/order.h"

enum { MAX_LINES = 8, MAX_BYTES = 1000 };       /* a longer statement is not written out again */

/* NULL: it is no UPDATE or DELETE, but empties the table. */
static const struct dml *
payload(const struct facts *f)
{
	return is_kind(f->op, "truncate") ? NULL : OP_DATA(f->op, struct dml);
}

/* ---- what is set ---- */

struct own_use {
	const struct relation *table;
	const struct str_list *set;
	struct str column;
	bool builds;                    /* n = n + 1, active = NOT active; a = b, b = a. What a function makes of its own result is mostly the same again. */
	bool shifts;                    /* that may be what another row has now. What is put behind or before a text makes it longer: hardly a key that is there. */
	bool any;                       /* a column that is set is mentioned */
};

static void
visit_own_use(void *arg, const struct expr *e)
{
	struct own_use *use = arg;
	bool computes = (e->kind == EXPR_OPERATOR && !operator_settles(e, catalog_find_column(use->table, use->column))) || e->kind == EXPR_NOT;

	if (e->kind == EXPR_COLUMN && str_in(e->name, use->set->items, use->set->n)) {
		use->any = true;
		use->shifts = use->shifts || !str_eq(e->name, use->column);
	}
	for (size_t i = 0; computes && i < e->nargs; i++)
		if (e->args[i]->kind == EXPR_COLUMN && str_eq(e->args[i]->name, use->column)) {
			use->builds = true;
			use->shifts = use->shifts || !str_is(e->name, "||");
		}
	use->shifts = use->shifts || case_chains(e, use->column);
	use->builds = use->builds || use->shifts;
}

static struct own_use
own_use(const struct facts *f)
{
	const struct dml *p = payload(f);
	struct own_use use = { .table = f->op->table, .set = &p->columns };

	for (size_t i = 0; i < p->values.n; i++) {
		use.column = p->columns.items[i];
		if (p->values.items[i] != NULL)
			expr_walk(p->values.items[i], visit_own_use, &use);
	}
	return use;
}

/* ---- rows that are not done ---- */

/* Types without an operator "=". */
static bool
is_comparable(struct type t)
{
	static const char *const types[] = { "json", "xml", "point", "polygon", NULL };

	return !str_among(t.name, types);
}

/* A row that was changed shows what it was changed to. */
static bool
shows_done(const struct facts *f, size_t i)
{
	const struct expr *value = payload(f)->values.items[i];
	const struct column *c = catalog_find_column(f->op->table, payload(f)->columns.items[i]);

	return value != NULL && value->kind != EXPR_SUBQUERY && expr_volatility(value, NULL, NULL) == IMMUTABLE && c != NULL &&
	    (expr_is_null(value) || is_comparable(c->type));
}

/* What is stored may have been rounded or shortened on its way into the column. */
static bool
may_be_rounded(const struct expr *value, struct type t)
{
	static const char *const as_they_are[] = { "text", "varchar", "bool", "uuid", "jsonb", NULL };
	bool whole = value->kind == EXPR_CONST && (!type_known(value->type) || str_find_char(value->name, '.') == (size_t)-1);

	return type_known(t) && (t.nmods > 0 || (!whole && !str_among(t.name, as_they_are)));
}

/* It gets into the column by a cast that a comparison does not make: a number into text. */
static bool
is_compared_as_cast(const struct facts *f, const struct expr *value, struct type column)
{
	struct type t = type_below_domains(f->catalog, expr_plain_type(f->catalog, f->op->table, value));

	return type_known(t) && operator_exists(f->catalog, STR("="), type_below_domains(f->catalog, column), t) == NO;
}

static struct str
one_undone(const struct facts *f, size_t i)
{
	const struct expr *value = payload(f)->values.items[i];
	struct str column = sql_ident(f->arena, payload(f)->columns.items[i]);
	struct type type = catalog_find_column(f->op->table, payload(f)->columns.items[i])->type;
	struct str cast = may_be_rounded(value, type) || is_compared_as_cast(f, value, type) ? type_format(f->arena, type) : STR_NONE;
	bool negative = cast.s != NULL && str_starts(value->text, "-");
	bool simple = !negative && (value->nargs == 0 || value->kind == EXPR_FUNCTION || value->kind == EXPR_CAST);

	if (expr_is_null(value))
		return str_printf(f->arena, "%.*s IS NOT NULL", STR_ARG(column));
	return str_printf(f->arena, "%.*s IS DISTINCT FROM %s%.*s%s%s%.*s", STR_ARG(column), simple ? "" : "(", STR_ARG(value->text), simple ? "" : ")",
	    cast.s != NULL ? "::" : "", STR_ARG(cast));
}

static struct str
joined(struct arena *arena, struct str a, struct str b)
{
	return str_printf(arena, "%.*s%s%.*s", STR_ARG(a), a.n > 0 && b.n > 0 ? " AND " : "", STR_ARG(b));
}

/* A column of the table, where another one may be called the same. */
static struct str
qualified(const struct facts *f, struct str column)
{
	return payload(f)->joins ? str_printf(f->arena, "%.*s.%.*s", STR_ARG(sql_ident(f->arena, payload(f)->called)), STR_ARG(column)) : column;
}

/* An earlier statement of the file may have given some rows another value. */
static bool
is_written_before(const struct facts *f, struct str name)
{
	const struct script *script = f->op->script;

	if (script == NULL || f->inside != NULL)
		return true;
	for (size_t i = 0; i < script->ops.n && script->ops.items[i]->statement != f->op->statement; i++) {
		const struct op *other = script->ops.items[i];
		const struct str_list *set = op_set_columns(other);
		if (op_is_opaque(f, other) || (op_writes_rows(other) && op_names_same(other, f->op) && (set == NULL || str_in(name, set->items, set->n))))
			return true;
	}
	return false;
}

/* Added by its own migration, without a value: what is there by then, code has written that knows the column. */
static bool
is_filled_first(const struct facts *f, struct str name)
{
	const struct column *c = f->op->table == NULL ? NULL : catalog_find_column(f->op->table, name);
	unsigned now = f->catalog->now.migration;

	return c != NULL && now > 0 && c->born.migration == now && f->op->table->born.migration != now && c->default_expr == NULL && c->identity == 0 && c->not_null == NO &&
	    !is_written_before(f, name);
}

/* Of an UPDATE that only fills such columns: "a IS NULL AND b IS NULL"; empty: it is another. */
static struct str
not_filled(const struct facts *f)
{
	const struct dml *p = payload(f);
	struct buf b = BUF(f->arena);

	for (size_t i = 0; i < p->columns.n; i++) {
		if (p->values.n != p->columns.n || p->values.items[i] == NULL || expr_is_null(p->values.items[i]) || !is_filled_first(f, p->columns.items[i]))
			return STR("");
		buf_printf(&b, "%s%.*s IS NULL", i > 0 ? " AND " : "", STR_ARG(qualified(f, sql_ident(f->arena, p->columns.items[i]))));
	}
	return buf_text(&b);
}

/* One of the values is none that leaves its row as it is. */
static struct str
gives_value(const struct facts *f)
{
	const struct dml *p = payload(f);
	struct buf b = BUF(f->arena);

	for (size_t i = 0; i < p->values.n; i++) {
		if (expr_is_constant(p->values.items[i]))
			return STR("");
		buf_printf(&b, "%s%s%.*s%s IS NOT NULL", i > 0 ? " OR " : "", p->values.items[i]->nargs > 0 ? "(" : "", STR_ARG(p->values.items[i]->text),
		    p->values.items[i]->nargs > 0 ? ")" : "");
	}
	return p->values.n < 2 ? buf_text(&b) : str_printf(f->arena, "(%.*s)", STR_ARG(buf_text(&b)));
}

/* What holds for the rows that the UPDATE has not reached, and for no other; STR_NONE: nothing tells. A trigger may give them other values. */
static struct str
undone(const struct facts *f)
{
	const struct dml *p = payload(f);
	struct buf b = BUF(f->arena);
	bool several = p->columns.n > 1;

	if (p->values.n != p->columns.n || own_use(f).any || firing_first(f) != NULL)
		return STR_NONE;
	for (size_t i = 0; i < p->values.n; i++) {
		if (!shows_done(f, i))
			return STR_NONE;
		buf_printf(&b, "%s%.*s", i > 0 ? " OR " : several ? "(" : "", STR_ARG(one_undone(f, i)));
	}
	if (not_filled(f).n > 0)
		return joined(f->arena, not_filled(f), gives_value(f));
	buf_c(&b, several ? ")" : "");
	return buf_text(&b);
}

/* ---- the statement ---- */

struct parts {
	struct span head, where, rest;  /* up to the condition, with its WHERE; the condition; what follows; len 0: there is none */
};

/* The statement is the change, which is no part of WITH, of a rule, of EXPLAIN. */
static bool
is_whole(const struct op *op)
{
	static const char *const begins[] = { "update", "delete", "with", NULL };
	const struct statement *st = op->statement;
	struct span verb = locate_top(st, st->span, OP_DATA(op, struct dml)->deletes ? "delete from" : "update");

	return str_among(source_text(st->source, locate_leading(st, st->span, 1)), begins) && verb.len > 0 && op->target.span.len > 0 &&
	    verb.off + verb.len <= op->target.span.off;
}

static size_t
lines(struct str text)
{
	size_t n = 0;

	for (struct str line; str_cut(&text, '\n', &line);)
		n++;
	return n;
}

bool
statement_is_short(const struct op *op)
{
	struct str text = source_text(op->statement->source, op->statement->span);

	return text.n <= MAX_BYTES && lines(text) <= MAX_LINES;
}

static struct parts
cut(const struct statement *st)
{
	struct span where = locate_top(st, st->span, "where"), returning = locate_top(st, st->span, "returning");
	uint32_t end = st->span.off + st->span.len, tail = returning.len > 0 ? returning.off : end;
	struct parts parts = { .rest = span_of(tail, end) };

	parts.head = locate_between(st, st->span.off, where.len > 0 ? where.off + where.len : tail);
	if (where.len > 0)
		parts.where = locate_between(st, where.off + where.len, tail);
	return parts;
}

/* Its condition, to be joined with AND to another one; empty: there is none, or it is true. */
static struct str
own_condition(const struct facts *f, const struct parts *parts)
{
	const struct expr *where = payload(f)->where;
	struct str text = source_text(f->op->statement->source, parts->where);

	if (where == NULL || str_is_nocase(where->text, "true"))
		return STR("");
	return where->kind == EXPR_OR ? str_printf(f->arena, "(%.*s)", STR_ARG(text)) : text;
}

/* The statement with another condition; blank: what stands between two of its clauses. */
static struct str
with_condition(const struct facts *f, const struct parts *parts, struct str condition)
{
	const struct source *s = f->op->statement->source;
	const char *blank = lines(source_text(s, f->op->statement->span)) > 1 ? "\n" : " ";
	struct str rest = source_text(s, parts->rest);

	return str_printf(f->arena, "%.*s%s%s %.*s%s%.*s;", STR_ARG(source_text(s, parts->head)), parts->where.len > 0 ? "" : blank,
	    parts->where.len > 0 ? "" : "WHERE", STR_ARG(condition), rest.n > 0 ? blank : "", STR_ARG(rest));
}

static struct str
column_list(struct arena *arena, const struct str *columns, size_t n, struct str called)
{
	struct buf b = BUF(arena);

	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "%s%.*s%s%.*s", i > 0 ? ", " : "", STR_ARG(called.s != NULL ? sql_ident(arena, called) : STR("")), called.s != NULL ? "." : "",
		    STR_ARG(sql_ident(arena, columns[i])));
	return buf_text(&b);
}

struct str
batch_row(struct arena *arena, const struct str *columns, size_t n, struct str called)
{
	struct str list = column_list(arena, columns, n, called);

	return n > 1 ? str_printf(arena, "(%.*s)", STR_ARG(list)) : list;
}

/* $3 or ($3, $4) */
static struct str
limit(struct arena *arena, size_t first, size_t n)
{
	struct buf b = BUF(arena);

	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "%s$%zu", i > 0 ? ", " : n > 1 ? "(" : "", first + i);
	buf_str(&b, n > 1 ? STR(")") : STR(""));
	return buf_text(&b);
}

struct str
batch_range(struct arena *arena, const struct str *columns, size_t n, struct str called)
{
	struct str row = batch_row(arena, columns, n, called);

	return str_printf(arena, "%.*s > %.*s AND %.*s <= %.*s", STR_ARG(row), STR_ARG(limit(arena, 1, n)), STR_ARG(row), STR_ARG(limit(arena, n + 1, n)));
}

static struct str
range_condition(const struct facts *f, const struct str_list *key)
{
	return batch_range(f->arena, key->items, key->n, payload(f) != NULL && payload(f)->joins ? payload(f)->called : STR_NONE);
}

/* Picks some of the rows by where they are; undone: which of them are left. */
static struct str
some_rows(const struct facts *f, struct str own, struct str left)
{
	const struct op *op = f->op;
	struct str table = source_text(op->statement->source, op->target.span), called = payload(f)->called;
	struct str alias = str_eq(called, op->target.name) ? STR("") : str_printf(f->arena, " AS %.*s", STR_ARG(sql_ident(f->arena, called)));
	struct str both = joined(f->arena, own, left);

	return str_printf(f->arena, "ctid = ANY (ARRAY(SELECT ctid FROM %s%.*s%.*s%s%.*s LIMIT 10000))", op->only ? "ONLY " : "", STR_ARG(table),
	    STR_ARG(alias), both.n > 0 ? " WHERE " : "", STR_ARG(both));
}

/* ---- foreign keys ---- */

/* The file takes rows of it, too. */
static bool
goes_too(const struct facts *f, const struct relation *r)
{
	const struct script *script = f->op->script;

	if (is_kind(f->op, "truncate") && f->op->cascade)
		return true;
	for (size_t i = 0; i < script->ops.n; i++) {
		const struct op *other = script->ops.items[i];
		if (!other->noop && (is_kind(other, "delete") || is_kind(other, "truncate")) && catalog_find_relation(f->catalog, other->target) == r)
			return true;
	}
	return false;
}

/* NO ACTION and RESTRICT refuse each statement, or its end, what TRUNCATE of both tables, or a statement for all rows, may do. */
static bool
refuses(const struct constraint *k)
{
	return !k->table->dropped && (k->on_delete == 'a' || k->on_delete == 'r');
}

VEC_TYPE(relations, const struct relation *);

static bool
leads_back(const struct facts *f, const struct relation *r, struct relations *seen)
{
	bool back = false;

	for (size_t i = 0; i < seen->n; i++)
		if (seen->items[i] == r)
			return false;
	*vec_push(f->arena, seen) = r;
	for (size_t i = 0; !back && i < r->referenced_by.n; i++) {
		const struct constraint *k = r->referenced_by.items[i];
		if (k->table != r && refuses(k) && goes_too(f, k->table))
			back = k->table == f->op->table || leads_back(f, k->table, seen);
	}
	return back;
}

bool
batch_is_in_circle(const struct facts *f)
{
	struct relations seen = { 0 };

	return f->op->table != NULL && leads_back(f, f->op->table, &seen);
}

struct str
batch_goes_behind(const struct facts *f)
{
	const struct relation *r = f->op->table;
	struct buf tables = BUF(f->arena);

	for (size_t i = 0; r != NULL && i < r->referenced_by.n; i++) {
		const struct constraint *k = r->referenced_by.items[i];
		if (k->table != r && refuses(k) && goes_too(f, k->table))
			buf_item(&tables, ", ", relation_words(f->arena, f->catalog, k->table));
	}
	return buf_text(&tables);
}

/* Which rows go first. */
static struct str
order_by_keys(const struct facts *f)
{
	const struct relation *r = f->op->table;
	bool deletes = payload(f) == NULL || payload(f)->deletes, itself = false;
	struct str tables = deletes ? batch_goes_behind(f) : STR("");
	struct buf b = BUF(f->arena);

	for (size_t i = 0; deletes && r != NULL && i < r->referenced_by.n; i++) {
		const struct constraint *k = r->referenced_by.items[i];
		itself = itself || (k->table == r && refuses(k));
	}
	if (tables.n > 0)
		buf_printf(&b, "\n-- behind the rows of %.*s that point at these", STR_ARG(tables));
	if (itself)
		buf_printf(&b, "\n-- those that nothing points at first: other ranges of the table may hold rows that point at this one");
	return buf_text(&b);
}

/* ---- in words ---- */

static struct str
note(const struct facts *f)
{
	bool again = payload(f) != NULL && own_use(f).builds && !done_rows_left_out(payload(f), f->op->table);

	return str_printf(f->arena, "%s%.*s%.*s", again ? "\n-- note in the same transaction how far it is: a range that runs twice may be changed twice" : "",
	    STR_ARG(order_by_keys(f)), STR_ARG(order_lines_around(f)));
}

/* Of several columns no number tells it. */
static struct str
range_end(const struct facts *f, const struct str_list *key)
{
	struct str list = column_list(f->arena, key->items, key->n, STR_NONE);

	return key->n == 1 ? STR("") : str_printf(f->arena, "\n-- which ends at: SELECT %.*s FROM %.*s WHERE (%.*s) > %.*s ORDER BY %.*s OFFSET 9999 LIMIT 1", STR_ARG(list),
	    STR_ARG(relation_words(f->arena, f->catalog, f->op->table)), STR_ARG(list), STR_ARG(limit(f->arena, 1, key->n)), STR_ARG(list));
}

static struct str
range_words(const struct facts *f, const struct str_list *key)
{
	return str_printf(f->arena, "-- repeat for the next range of %.*s until the end (each time in a transaction of its own)%.*s%.*s\n",
	    STR_ARG(batch_row(f->arena, key->items, key->n, STR_NONE)), STR_ARG(range_end(f, key)), STR_ARG(note(f)));
}

/* A row whose key is set may move into the next range. */
static const struct str_list *
moved(const struct facts *f)
{
	static const struct str_list none;

	return payload(f) == NULL ? &none : &payload(f)->columns;
}

/* No column is known to divide its rows into ranges of which none is NULL. */
static struct str
other_range_words(const struct facts *f)
{
	struct str_list nullable = table_range(f, moved(f), NO);

	if (nullable.n > 0)
		return str_printf(f->arena, "-- add a range of %.*s to its condition, and repeat for the next range until the end, then where it is NULL "
		    "(each time in a transaction of its own)", STR_ARG(sql_ident(f->arena, nullable.items[0])));
	if (f->op->table == NULL || f->op->table->assumed)
		return STR("-- add a range of its primary key, which is not known here, to its condition, and repeat for the next range until the end "
		    "(each time in a transaction of its own)");
	return STR("-- in parts by a column that has an index, or gets one first, by CREATE INDEX CONCURRENTLY (each time in a transaction of its own):\n"
	    "--   no column is unique and stays as it is, and without an index each part reads all rows again");
}

static struct str
addition_words(const struct facts *f, const struct str_list *key)
{
	if (key->n == 0)
		return str_printf(f->arena, "%.*s%.*s", STR_ARG(other_range_words(f)), STR_ARG(note(f)));
	return str_printf(f->arena, "%.*s-- with this in its condition: %.*s", STR_ARG(range_words(f, key)), STR_ARG(range_condition(f, key)));
}

/* ---- all ---- */

/* It stands in code where a name may be that of a variable. */
static bool
may_have_variables(const struct inside *inside)
{
	const struct code *c = inside != NULL ? inside->code : NULL;
	struct str text = c != NULL && c->source != NULL ? c->source->sql : STR("");

	for (size_t i = 0; i < text.n; i++)
		if (str_starts_nocase(str_slice(text, i, text.n), "declare") || str_starts_nocase(str_slice(text, i, text.n), "loop"))
			return true;
	return inside != NULL && (c->source == NULL || c->parameters.n > 0);
}

/* Rows of two partitions may be at the same place, those of a view at none. */
static bool
is_plain(const struct op *op)
{
	return (op->table->kind == RELATION_TABLE || op->table->kind == RELATION_UNKNOWN) && (op->only || op->table->partitions.n == 0);
}

static bool
can_be_spliced(const struct facts *f)
{
	return !may_have_variables(f->inside) && is_whole(f->op) && statement_is_short(f->op) && !payload(f)->current_of;
}

/* A key that is checked row by row (measured on 15 and 18: n + 1 over rows in ascending order fails, n - 1 does not), and a column of it is computed from itself. */
static const struct relation *
collision(const struct facts *f)
{
	const struct relation *r = f->op->table;

	for (size_t i = 0; own_use(f).shifts && r != NULL && i < r->indexes.n; i++) {
		const struct index *x = r->indexes.items[i]->index;
		for (size_t k = 0; x->unique && (x->constraint == NULL || !x->constraint->deferrable) && k < x->columns.n; k++)
			if (str_in(x->columns.items[k].name, payload(f)->columns.items, payload(f)->columns.n))
				return r->indexes.items[i];
	}
	return NULL;
}

struct str
batch_of(const struct facts *f)
{
	struct str_list key = table_range(f, moved(f), YES);
	struct str own, left = payload(f)->deletes ? STR("") : undone(f);
	const struct relation *unique = collision(f);
	struct parts parts;

	if (unique != NULL)
		return str_printf(f->arena, "-- not in ranges: the new value of a row of one may be the old one of a row of the next, and %.*s allows it once.\n"
		    "-- In ranges of that column, from the end at which the next value is free; at once it may fail in the same way, as the key is checked row by row,\n"
		    "--   unless it is DEFERRABLE%.*s",
		    STR_ARG(relation_words(f->arena, f->catalog, unique)), STR_ARG(order_lines_around(f)));
	if (!can_be_spliced(f))
		return addition_words(f, &key);
	parts = cut(f->op->statement);
	own = own_condition(f, &parts);
	if (key.n > 0)
		return str_printf(f->arena, "%.*s%.*s", STR_ARG(range_words(f, &key)),
		    STR_ARG(with_condition(f, &parts, joined(f->arena, joined(f->arena, range_condition(f, &key), own), payload(f)->deletes ? STR("") : not_filled(f)))));
	if (payload(f)->joins || left.s == NULL || !is_plain(f->op))
		return addition_words(f, &key);
	return str_printf(f->arena, "-- repeat until it finds no row (each time in a transaction of its own)%.*s\n%.*s", STR_ARG(note(f)),
	    STR_ARG(with_condition(f, &parts, some_rows(f, own, left))));
}

struct str
batch_written(const struct facts *f, struct str head, struct str condition)
{
	struct str_list key = table_range(f, moved(f), YES);

	if (key.n == 0 || collision(f) != NULL)
		return STR_NONE;
	return str_printf(f->arena, "%.*s%.*s WHERE %.*s AND %.*s;", STR_ARG(range_words(f, &key)), STR_ARG(head), STR_ARG(range_condition(f, &key)), STR_ARG(condition));
}

struct str
batch_for_tenant(const struct facts *f, struct str column)
{
	struct str condition = str_printf(f->arena, "%.*s = $1", STR_ARG(qualified(f, column)));
	struct parts parts;

	if (!can_be_spliced(f))
		return str_printf(f->arena, "-- with this in its condition: %.*s", STR_ARG(condition));
	parts = cut(f->op->statement);
	return with_condition(f, &parts, joined(f->arena, condition, own_condition(f, &parts)));
}

struct str
batch_delete(const struct facts *f)
{
	struct str_list key = table_range(f, moved(f), YES);
	struct str table = relation_words(f->arena, f->catalog, f->op->table);

	if (key.n == 0 && !is_plain(f->op))
		return str_printf(f->arena, "-- repeat for each partition of it (each time in a transaction of its own)%.*s\nDELETE FROM %.*s;", STR_ARG(note(f)),
		    STR_ARG(table));
	if (key.n == 0)
		return str_printf(f->arena, "-- repeat until it finds no row (each time in a transaction of its own)%.*s\n"
		    "DELETE FROM %.*s WHERE ctid = ANY (ARRAY(SELECT ctid FROM %.*s LIMIT 10000));", STR_ARG(note(f)), STR_ARG(table), STR_ARG(table));
	return str_printf(f->arena, "%.*sDELETE FROM %.*s WHERE %.*s;", STR_ARG(range_words(f, &key)), STR_ARG(table), STR_ARG(range_condition(f, &key)));
}
