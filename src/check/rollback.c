#include "check/rollback.h"

#include <ctype.h>
#include <string.h>

#include "op/brought_back.h"
#include "op/existence.h"

void
rollback_start(struct rollback_watch *w, struct arena *arena, struct catalog *c)
{
	*w = (struct rollback_watch){ .arena = arena, .catalog = c, .mark = catalog_mark(c), .result = NEW(arena, struct rollback) };
	catalog_watch(c);
}

void
rollback_turn(struct rollback_watch *w, unsigned statement)
{
	w->back = statement;
}

/* ---- what runs ---- */

static bool
is_kind(const struct facts *f, const char *name)
{
	return strcmp(f->op->kind->name, name) == 0;
}

static struct value
fact(const struct facts *f, const char *name)
{
	return field_find(f->op->kind, str_of(name))->get(f);
}

static void
touch_locked(struct rollback_watch *w, const struct facts *f)
{
	const struct op *op = f->op;

	for (size_t i = 0; i < f->effects->list.n; i++) {
		const struct relation *r = f->effects->list.items[i].relation;
		if (r != NULL && f->effects->list.items[i].lock > ACCESS_SHARE)
			catalog_touch(w->catalog, TOUCHED_RELATION, r->schema, r->name, r->assumed);
	}
	if (op->type != NULL)
		catalog_touch(w->catalog, TOUCHED_TYPE, op->type->schema, op->type->name, op->type->assumed);
}

static void
see_opaque(struct rollback_watch *w, const struct facts *f)
{
	if (f->effects->all_unknown)
		w->result->opaque = true;
	if (w->back != 0 && is_kind(f, "raise_exception"))
		w->result->refused = true;
}

static void
see_enum(struct rollback_watch *w, const struct facts *f)
{
	struct rollback *r = w->result;

	if (w->back != 0 || !is_kind(f, "add_enum_value") || f->op->noop ||
	    (f->op->type->born.migration != 0 && f->op->type->born.migration == f->catalog->now.migration))
		return;
	r->enum_value = str_printf(w->arena, "%.*s of %.*s", STR_ARG(fact(f, "value").text), STR_ARG(f->op->type->name));
	r->enum_place = place_in_file((struct place){ f->op->statement->source, f->op->statement->span });
}

/* Others may use it, or have made it: leaving it is what the way back is expected to do. */
static void
see_extension(struct rollback_watch *w, const struct facts *f)
{
	if (w->back == 0 && is_kind(f, "create_extension") && f->op->if_not_exists)
		*vec_push(w->arena, &w->shared) = fact(f, "object_name").text;
}

static void
leave_extensions(const struct rollback_watch *w, struct differences *list)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->n; i++) {
		const struct difference *d = &list->items[i];
		if (!str_is(d->kind, "extension") || d->expected.s != NULL || !str_in(d->object, w->shared.items, w->shared.n))
			list->items[kept++] = *d;
	}
	list->n = kept;
}

static void
see_made_again(struct rollback_watch *w, const struct facts *f)
{
	const struct op *op = f->op;

	if (w->back == 0 && op_makes_again(f))
		*vec_push(w->arena, &w->again) = op->column_name.n == 0 ? op->target.name
		    : str_printf(w->arena, "%.*s.%.*s", STR_ARG(op->target.name), STR_ARG(op->column_name));
}

static bool
is_made_again(const struct rollback_watch *w, const struct difference *d)
{
	for (size_t i = 0; i < w->again.n; i++)
		if (str_eq(d->object, w->again.items[i]) || str_ends(d->object, str_c(w->arena, str_printf(w->arena, ".%.*s", STR_ARG(w->again.items[i])))))
			return d->actual.s == NULL;
	return false;
}

/* Where that is so the migration has not run, or ran where it was not there. */
static void
leave_made_again(const struct rollback_watch *w, struct differences *list)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->n; i++)
		if (!is_made_again(w, &list->items[i]))
			list->items[kept++] = list->items[i];
	list->n = kept;
}

/* ---- data ---- */

static struct str
statement_text(const struct facts *f)
{
	return source_text(f->op->statement->source, f->op->statement->span);
}

static void
see_copy(struct rollback_watch *w, const struct facts *f)
{
	bool makes_rows = is_kind(f, "create_table_as") || is_kind(f, "insert"), updates = is_kind(f, "update");

	if (updates && f->op->table != NULL)
		*vec_push(w->arena, &w->copies) = (struct copy_made){ f->op->table, statement_text(f), false, false };
	for (size_t i = 0; (makes_rows || updates) && i < f->effects->list.n; i++)
		if (f->effects->list.items[i].relation != NULL && f->effects->list.items[i].lock == ACCESS_SHARE)
			*vec_push(w->arena, &w->copies) = (struct copy_made){ f->effects->list.items[i].relation, statement_text(f), makes_rows, w->back != 0 };
}

static bool
is_name_char(struct str s, size_t at)
{
	return at < s.n && (isalnum((unsigned char)s.s[at]) || s.s[at] == '_');
}

/* The column by its name, or all of them: not the * of count(*). */
static bool
says_column(struct str text, struct str column)
{
	for (size_t i = 0; i < text.n; i++) {
		if (text.s[i] == '*' && (i == 0 || text.s[i - 1] != '('))
			return true;
		if (str_eq_nocase(str_slice(text, i, i + column.n), column) && !is_name_char(text, i + column.n) && (i == 0 || !is_name_char(text, i - 1)))
			return true;
	}
	return false;
}

/* column STR_NONE: all of them. A table that the way back reads has what it puts back. */
static bool
is_kept(const struct rollback_watch *w, const struct relation *r, struct str column)
{
	for (size_t i = 0; i < w->copies.n; i++) {
		const struct copy_made *k = &w->copies.items[i];
		if (k->from == r && (column.s == NULL ? k->whole || k->back : says_column(k->text, column)))
			return true;
	}
	return false;
}

static bool
made_here(const struct catalog *c, const struct birth *born)
{
	return born->migration != 0 && born->migration == c->now.migration;
}

/* Its name has no schema and no file makes one of it, but the migration has made one elsewhere: there the search path leads, or the statement fails. */
static bool
may_mean_own(const struct facts *f, const struct relation *r)
{
	const struct catalog *c = f->catalog;

	for (size_t i = 0; r->assumed && f->op->target.schema.s == NULL && i < c->all.n; i++)
		if (!c->all.items[i]->assumed && str_eq(c->all.items[i]->name, r->name) && made_here(c, &c->all.items[i]->born))
			return true;
	return false;
}

/* Whether it runs is not known, or whether what IF EXISTS names is there. */
static struct str
doubt_of(const struct rollback_watch *w, const struct facts *f)
{
	struct str missing = op_missing_words(f);

	if (f->inside != NULL && f->inside->runs != YES)
		return str_printf(w->arena, "it depends on \"%.*s\" whether that runs", STR_ARG(f->inside->doubt));
	return missing.s == NULL ? STR_NONE
	    : str_printf(w->arena, "nothing before this creates %.*s, and IF EXISTS does nothing without it", STR_ARG(missing));
}

/* born: of the table or column that is dropped; NULL: it stays. Filed under what is lost for good, or under what the migration itself made room for. */
static void
lose(struct rollback_watch *w, const struct facts *f, const struct relation *r, struct str column, const struct birth *born, const char *why)
{
	struct str table = describe_name(w->arena, f->catalog, r);
	bool fresh = born != NULL && made_here(f->catalog, born);
	struct loss loss = { .object = table, .place = { f->op->statement->source, f->op->spans[SPAN_ACTION] }, .back = w->back != 0,
		.dropped = born != NULL };

	if (loss.place.span.len == 0)
		loss.place.span = f->op->statement->span;
	loss.place = place_in_file(loss.place);
	loss.table = r;
	loss.by = f->op;
	loss.doubt = doubt_of(w, f);
	loss.overwritten = is_kind(f, "update");
	loss.column = loss.overwritten || column.s == NULL ? column : sql_ident(w->arena, column);
	if (born != NULL && born->place.source != NULL)
		loss.made = place_in_file(born->place);
	if (column.s != NULL)
		loss.object = str_printf(w->arena, "%.*s.%.*s", STR_ARG(table), STR_ARG(column));
	loss.reason = str_printf(w->arena, "%s %.*s", why, STR_ARG(loss.object));
	if ((!fresh && is_kept(w, r, column)) || (w->back != 0 && may_mean_own(f, r)))
		return;
	*vec_push(w->arena, fresh ? &w->result->fresh : &w->result->losses) = loss;
}

/* The catalogs hold no rows of the user's. */
static bool
holds_rows(const struct relation *r)
{
	return r != NULL && !(r->assumed && str_starts(r->name, "pg_")) && (r->kind == RELATION_TABLE || r->kind == RELATION_PARTITIONED || r->kind == RELATION_UNKNOWN) &&
	    r->persistence != 't';
}

static void
see_dropped_table(struct rollback_watch *w, const struct facts *f)
{
	/* The way back of that file has run before this one. */
	if (holds_rows(f->op->table) && !(w->back != 0 && existence_begins_later(f)))
		lose(w, f, f->op->table, STR_NONE, &f->op->table->born, "DROP TABLE takes the rows of");
}

static void
see_dropped_column(struct rollback_watch *w, const struct facts *f)
{
	const struct op *op = f->op;
	struct value loses = fact(f, "loses_values");

	if (!holds_rows(op->table) || op->column == NULL || (loses.state == VALUE_KNOWN && !loses.yes) || made_here(f->catalog, &op->table->born))
		return;
	lose(w, f, op->table, op->column_name, &op->column->born, "DROP COLUMN takes the values of");
}

static void
see_narrowed_column(struct rollback_watch *w, const struct facts *f)
{
	const struct op *op = f->op;
	struct value narrows = fact(f, "narrows"), using = fact(f, "using"), refuses = fact(f, "refuses");

	if (w->back != 0 || op->table == NULL || op->column == NULL || made_here(f->catalog, &op->table->born) ||
	    made_here(f->catalog, &op->column->born))
		return;
	if (narrows.state == VALUE_KNOWN && narrows.yes && using.state != VALUE_KNOWN && !refuses.yes)
		lose(w, f, op->table, op->column_name, NULL, "the type change cuts values of");
}

/* By the way up: what is in the table then came behind it. */
static bool
emptied_here(const struct catalog *c, const struct relation *r)
{
	bool emptied = made_here(c, &r->emptied.when) && !r->emptied.when.doubtful;

	for (size_t i = 0; emptied && i < r->partitions.n; i++)
		emptied = emptied_here(c, r->partitions.items[i]);
	return emptied;
}

static void
see_removed_rows(struct rollback_watch *w, const struct facts *f)
{
	struct value where = is_kind(f, "delete") ? fact(f, "has_where") : value_bool(false);

	if (!holds_rows(f->op->table) || made_here(f->catalog, &f->op->table->born))
		return;
	if (w->back != 0 && (where.yes || emptied_here(f->catalog, f->op->table) || birth_in_file(f, &f->op->table->born)))
		return;
	lose(w, f, f->op->table, STR_NONE, NULL, is_kind(f, "delete") ? "DELETE takes rows of" : "TRUNCATE takes the rows of");
}

static bool
lists(struct str columns, struct str column)
{
	struct str one;

	while (str_cut(&columns, ',', &one))
		if (str_eq(str_trim(one), column))
			return true;
	return false;
}

/* A column that was dropped has no values again before they are read from somewhere. */
static void
find_again(struct losses *losses, const struct relation *table, struct str column, bool from_rows)
{
	size_t kept = 0;

	for (size_t i = 0; i < losses->n; i++) {
		const struct loss *loss = &losses->items[i];
		if (loss->table != table || !str_eq(loss->column, column) || !(loss->overwritten || from_rows))
			losses->items[kept++] = *loss;
	}
	losses->n = kept;
}

/* Some rows get one value and others another: as its author knows them. One value for some tells nothing of the rest. */
static bool
knows_values(struct rollback_watch *w, const struct facts *f, struct str column)
{
	if (!update_names_rows(w->arena, f->op))
		return false;
	for (size_t i = 0; i < w->filled.n; i++)
		if (w->filled.items[i].update->table == f->op->table && str_eq(w->filled.items[i].column, column) &&
		    updates_differ(w->arena, w->filled.items[i].update, f->op, column))
			return true;
	*vec_push(w->arena, &w->filled) = (struct filled_column){ f->op, column };
	return false;
}

/* An UPDATE of the way back that writes the values which the migration has overwritten or dropped: as its author knows how. */
static void
see_written_back(struct rollback_watch *w, const struct facts *f)
{
	struct value set = fact(f, "set_columns"), from_rows = fact(f, "set_from_rows");
	struct str columns = set.text, column;

	while (set.state == VALUE_KNOWN && f->op->table != NULL && str_cut(&columns, ',', &column)) {
		struct str name = str_trim(column);
		bool from = from_rows.state == VALUE_KNOWN && lists(from_rows.text, name);
		find_again(&w->result->losses, f->op->table, name, from || knows_values(w, f, name));
	}
}

/* Its values are computed from others of the row. */
static void
see_added_back(struct rollback_watch *w, const struct facts *f)
{
	if (fact(f, "generated").state == VALUE_KNOWN)
		find_again(&w->result->losses, f->op->table, sql_ident(w->arena, f->op->column_name), true);
}

static bool
reads_others(const struct facts *f)
{
	for (size_t i = 0; i < f->effects->list.n; i++)
		if (f->effects->list.items[i].lock == ACCESS_SHARE && f->effects->list.items[i].relation != f->op->table)
			return true;
	return false;
}

/* Rows that the way back reads from somewhere are back as its author knows how, in a table that it has made again, too. */
static bool
is_back(struct rollback_watch *w, const struct facts *f, const struct loss *loss)
{
	const struct relation *table = f->op->table;

	if (loss->column.s != NULL || loss->back || table == NULL)
		return false;
	if (reads_others(f) && str_eq(table->name, loss->table->name) && str_eq(table->schema, loss->table->schema))
		return true;
	return loss->table == table && is_kind(&(struct facts){ .op = loss->by }, "delete") &&
	    inserts_bring_back(w->arena, w->inserts.items, w->inserts.n, loss->by);
}

static void
see_rows_back(struct rollback_watch *w, const struct facts *f)
{
	struct losses *losses = &w->result->losses;
	size_t kept = 0;

	*vec_push(w->arena, &w->inserts) = f->op;
	for (size_t i = 0; i < losses->n; i++)
		if (!is_back(w, f, &losses->items[i]))
			losses->items[kept++] = losses->items[i];
	losses->n = kept;
}

/* Values that an UPDATE overwrites; not those that its WHERE says are NULL, nor those of a column made here. */
static void
see_overwritten(struct rollback_watch *w, const struct facts *f)
{
	struct value set = fact(f, "set_columns"), where = fact(f, "where"), tested = fact(f, "where_columns");
	struct str columns = set.text, column;
	bool nulls = where.state == VALUE_KNOWN && str_find(where.text, STR("IS NULL")) != (size_t)-1;

	if (set.state != VALUE_KNOWN || !holds_rows(f->op->table) || made_here(f->catalog, &f->op->table->born))
		return;
	while (str_cut(&columns, ',', &column)) {
		const struct column *known = catalog_find_column(f->op->table, str_trim(column));
		bool was_null = nulls && tested.state == VALUE_KNOWN && lists(tested.text, str_trim(column));
		if (!was_null && !(known != NULL && made_here(f->catalog, &known->born)))
			lose(w, f, f->op->table, str_trim(column), NULL, "UPDATE overwrites");
	}
}

static void
see_data(struct rollback_watch *w, const struct facts *f)
{
	if (is_kind(f, "drop_table"))
		see_dropped_table(w, f);
	else if (is_kind(f, "drop_column"))
		see_dropped_column(w, f);
	else if (is_kind(f, "alter_column_type"))
		see_narrowed_column(w, f);
	else if (is_kind(f, "delete") || is_kind(f, "truncate"))
		see_removed_rows(w, f);
	else if (is_kind(f, "add_column") && w->back != 0)
		see_added_back(w, f);
	else if (is_kind(f, "insert") && w->back != 0)
		see_rows_back(w, f);
	else if (is_kind(f, "update") && w->back != 0)
		see_written_back(w, f);
	else if (is_kind(f, "update"))
		see_overwritten(w, f);
}

void
rollback_see(struct rollback_watch *w, const struct facts *f)
{
	touch_locked(w, f);
	see_opaque(w, f);
	see_made_again(w, f);
	if (f->op->noop || f->op->statement == NULL || is_kind(f, "raise_exception"))
		return;
	see_enum(w, f);
	see_extension(w, f);
	see_data(w, f);
	see_copy(w, f);
	if (w->back != 0 && op_fails(f) == YES)
		*vec_push(w->arena, &w->result->failures) = (struct loss){ .object = str_of(f->op->kind->doc), .reason = f->op->failure,
			.place = place_in_file((struct place){ f->op->statement->source, f->op->statement->span }), .back = true };
}

/* ---- the verdict ---- */

void
rollback_finish(struct rollback_watch *w, size_t after_migration)
{
	struct catalog *c = w->catalog;
	struct items before = { .arena = w->arena }, after = { .arena = w->arena };
	struct comparison change = { .arena = w->arena, .default_schema = c->default_schema, .before = &before, .after = &after, .touched = c->touched.items,
		.ntouched = c->touched.n, .back = w->back };

	c->watched = false;
	describe(c, c->touched.items, c->touched.n, &after);
	catalog_rewind(c, w->mark);
	describe(c, c->touched.items, c->touched.n, &before);
	catalog_forward(c, w->mark);
	diff(&change, &w->result->differences);
	leave_extensions(w, &w->result->differences);
	leave_made_again(w, &w->result->differences);
	diff_order(&change, &w->result->order);
	catalog_undo(c, after_migration);
}

/* The only difference left is a value of an enum type. */
static bool
only_enum_differs(const struct rollback *r)
{
	for (size_t i = 0; i < r->differences.n; i++)
		if (!str_is(r->differences.items[i].kind, "type"))
			return false;
	return r->enum_value.s != NULL && r->differences.n > 0;
}

void
rollback_judge(struct rollback *r, bool has_back, size_t statements)
{
	if (!has_back)
		r->verdict = ROLLBACK_MISSING;
	else if (r->refused || only_enum_differs(r))
		r->verdict = ROLLBACK_IRREVERSIBLE;
	else if (statements == 0)
		r->verdict = ROLLBACK_EMPTY;
	else if (r->failures.n > 0)
		r->verdict = ROLLBACK_FAILING;
	else if (r->differences.n > 0)
		r->verdict = ROLLBACK_INCOMPLETE;
	else if (r->losses.n > 0)
		r->verdict = ROLLBACK_DESTRUCTIVE;
	else
		r->verdict = ROLLBACK_REVERSIBLE;
}
