#include "op/concurrently.h"
#include "op/design.h"
#include "op/identifier.h"
#include "op/key_index.h"
#include "op/tenant.h"
#include "op/view_text.h"
#include "sql/ident.h"

/* Synthetic operations: the replay makes them when a migration ends and when the whole history has run. */

static struct value
get_left_open(const struct facts *f)
{
	return value_bool(f->session->explicit_block && f->session->open == YES);
}

static struct value
get_cannot_be_repeated(const struct facts *f)
{
	return value_bool(f->unit->unrepeatable.source != NULL && f->unit->after.source != NULL);
}

static struct value
get_unrepeatable(const struct facts *f)
{
	struct str text;
	size_t end = 0;
	int words = 0;

	if (f->unit->unrepeatable.source == NULL)
		return value_absent();
	text = source_text(f->unit->unrepeatable.source, f->unit->unrepeatable.span);
	while (end < text.n && text.s[end] != '\n' && text.s[end] != '(' && (words += text.s[end] == ' ') < 5)
		end++;
	return value_text(str_trim(str_slice(text, 0, end)));
}

static const struct field migration_fields[] = {
	{ "left_open", FIELD_BOOL, "the file began a transaction and never ended it", get_left_open },
	{ "cannot_be_repeated", FIELD_BOOL, "it runs without a transaction, and when a later CONCURRENTLY fails, running it again fails at an earlier one", get_cannot_be_repeated },
	{ "unrepeatable", FIELD_TEXT, "the first words of that earlier statement; absent: there is none", get_unrepeatable },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

/* The leading columns of an index that belong to the key, "org_id, kind"; STR_NONE: there is no such index. */
static struct str
half_of_key(const struct facts *f, const struct relation **index)
{
	struct buf b = BUF(f->arena);
	size_t n;

	*index = foreign_key_half_index(f->op->constraint, &n);
	for (size_t i = 0; i < n; i++)
		buf_item(&b, ", ", sql_ident(f->arena, (*index)->index->columns.items[i].name));
	return n == 0 ? STR_NONE : buf_text(&b);
}

/* ri_triggers.c: the query compares all columns of the key, and the index finds what agrees in its leading ones. */
static struct value
get_indexed(const struct facts *f)
{
	enum tri covered = key_is_found(f->arena, f->op->constraint);
	const struct relation *index;
	struct str half = covered == YES ? STR_NONE : half_of_key(f, &index);

	if (half.s == NULL)
		return value_tri(covered);
	return value_unknown_because(str_printf(f->arena, "%.*s finds the rows that agree in %.*s, which may be few",
	    STR_ARG(relation_words(f->arena, f->catalog, index)), STR_ARG(half)));
}

static struct value
get_delete_reads(const struct facts *f)
{
	const struct relation *index;
	struct str half = half_of_key(f, &index), table = relation_words(f->arena, f->catalog, f->op->table);

	if (half.s == NULL)
		return value_text(str_printf(f->arena, "reads all of %.*s", STR_ARG(table)));
	return value_text(str_printf(f->arena, "looks through all rows of %.*s that agree in %.*s", STR_ARG(table), STR_ARG(half)));
}

static struct str
joined(struct arena *arena, const struct str *names, size_t n)
{
	struct buf b = BUF(arena);

	for (size_t i = 0; i < n; i++)
		buf_item(&b, ", ", sql_ident(arena, names[i]));
	return buf_text(&b);
}

static struct value
get_columns(const struct facts *f)
{
	const struct constraint *k = f->op->constraint;

	return value_text(joined(f->arena, k->columns.items, k->columns.n));
}

static struct value
get_column_count(const struct facts *f)
{
	return value_number((int64_t)f->op->constraint->columns.n);
}

static struct value
get_of_partition(const struct facts *f)
{
	return value_bool(f->op->constraint->parent != NULL || !f->op->constraint->own);
}

/* A plain index, not that of a key: dropping it is a finding of its own. */
static bool
was_covering(const struct relation *r, const struct constraint *k)
{
	return r->dropped && r->index != NULL && r->index->table == k->table && r->index->constraint == NULL &&
	    index_covers(r->index, k->columns.items, k->columns.n);
}

static struct value
get_lost_index(const struct facts *f)
{
	for (size_t i = 0; i < f->catalog->all.n; i++)
		if (was_covering(f->catalog->all.items[i], f->op->constraint))
			return value_bool(true);
	return value_bool(false);
}

/* In the change that makes the table, nobody waits for it. */
static bool
made_together(const struct constraint *k)
{
	return k->born.changed && k->table->born.changed && k->born.migration == k->table->born.migration;
}

/* The fewest that do; all, where one of them is the tenant, with which indexes begin. */
static struct str_list
columns_to_index(const struct facts *f)
{
	const struct constraint *k = f->op->constraint;
	const struct column *tenant = f->tenant == NULL ? NULL : tenant_column(f->tenant, k->table);
	struct str_list names;

	if (key_settling_columns(f->arena, k, &names) && (tenant == NULL || !str_in(tenant->name, k->columns.items, k->columns.n)))
		return names;
	names = (struct str_list){ 0 };
	for (size_t i = 0; i < k->columns.n; i++)
		*vec_push(f->arena, &names) = k->columns.items[i];
	return names;
}

static struct value
get_index_statement(const struct facts *f)
{
	const struct constraint *k = f->op->constraint;
	struct str_list names = columns_to_index(f);
	struct str columns = joined(f->arena, names.items, names.n), name = advised_index(f, k->table, names.items, names.n);
	struct str note = names.n == k->columns.n ? STR("") : str_printf(f->arena, "-- that is enough, as what %.*s point%s at is unique:\n", STR_ARG(columns), names.n == 1 ? "s" : "");
	bool together = made_together(k), partitioned = k->table->kind == RELATION_PARTITIONED, chunks = k->table->is_hypertable;

	return value_text(str_printf(f->arena, "%.*sCREATE INDEX %s%.*s ON %s%.*s (%.*s)%s;", STR_ARG(note), together || partitioned || chunks ? "" : "CONCURRENTLY ",
	    STR_ARG(sql_ident(f->arena, name)), partitioned && !together ? "ONLY " : "", STR_ARG(relation_words(f->arena, f->catalog, k->table)), STR_ARG(columns),
	    chunks && !together ? " WITH (timescaledb.transaction_per_chunk)" : ""));
}

/* The table or one of the columns got its name in a migration behind the one that made the key. */
static bool
is_named_since(const struct facts *f, const struct constraint *k)
{
	struct str_list names = columns_to_index(f);
	bool since = k->table->replaced.migration > k->born.migration;

	for (size_t i = 0; i < names.n; i++) {
		const struct column *c = catalog_find_column(k->table, names.items[i]);
		since = since || (c != NULL && c->named.migration > k->born.migration);
	}
	return since;
}

/* The table is empty where the key is made. */
static bool
is_plain_there(const struct facts *f, const struct constraint *k)
{
	return k->born.migration != 0 && k->born.migration == k->table->born.migration && !is_named_since(f, k);
}

static struct value
get_index_mode(const struct facts *f)
{
	const struct constraint *k = f->op->constraint;

	if (made_together(k))
		return value_text(is_named_since(f, k) ? STR("-- in the migration that gives the table and the columns these names") : STR("-- in the same migration"));
	if (k->table->kind == RELATION_PARTITIONED)
		return value_text(STR("-- and on each partition CONCURRENTLY, each then with ALTER INDEX ... ATTACH PARTITION:"));
	return value_text(str_printf(f->arena, "%s-- (no transaction)%.*s", is_plain_there(f, k) ? "-- in the same migration without CONCURRENTLY, as long as that has run nowhere; else:\n" : "",
	    STR_ARG(get_lock_timeout_off(f).text)));
}

static bool
is_key_column(const struct constraint *k, struct str name)
{
	for (size_t i = 0; i < k->columns.n; i++)
		if (name.s != NULL && str_eq(k->columns.items[i], name))
			return true;
	return false;
}

/* A plain index that begins with some of the columns and would serve if the others came next. */
static const struct relation *
widenable(const struct constraint *k)
{
	for (size_t i = 0; i < k->table->indexes.n; i++) {
		const struct index *x = k->table->indexes.items[i]->index;
		size_t n = 0;
		while (n < x->columns.n && is_key_column(k, x->columns.items[n].name))
			n++;
		if (n > 0 && n == x->columns.n && x->predicate == NULL && x->constraint == NULL && str_is(x->method, "btree"))
			return k->table->indexes.items[i];
	}
	return NULL;
}

/* One that would serve if it held every row. */
static const struct relation *
partial_index(const struct constraint *k)
{
	for (size_t i = 0; i < k->table->indexes.n; i++) {
		struct index whole = *k->table->indexes.items[i]->index;
		bool partial = whole.predicate != NULL;
		whole.predicate = NULL;
		if (partial && index_covers(&whole, k->columns.items, k->columns.n))
			return k->table->indexes.items[i];
	}
	return NULL;
}

static struct value
get_over_all_rows(const struct facts *f)
{
	return value_text(partial_index(f->op->constraint) != NULL ? STR(" over all rows") : STR(""));
}

static struct value
get_partial_note(const struct facts *f)
{
	const struct relation *r = partial_index(f->op->constraint);

	return value_text(r == NULL ? STR("") : str_printf(f->arena, "; %.*s leaves rows out", STR_ARG(relation_words(f->arena, f->catalog, r))));
}

static struct value
get_widening(const struct facts *f)
{
	const struct relation *r = widenable(f->op->constraint);

	if (r == NULL)
		return value_text(STR(""));
	return value_text(str_printf(f->arena, " Or replace %.*s, which has some of the columns, by one on (%.*s): one index instead of two.",
	    STR_ARG(relation_words(f->arena, f->catalog, r)), STR_ARG(get_columns(f).text)));
}

static struct value
get_on_delete(const struct facts *f)
{
	switch (f->op->constraint->on_delete) {
	case 'r': return value_text(STR("restrict"));
	case 'c': return value_text(STR("cascade"));
	case 'n': return value_text(STR("set null"));
	case 'd': return value_text(STR("set default"));
	default: return value_text(STR("no action"));
	}
}

/*
 * MATCH SIMPLE checks nothing as soon as one column is NULL. Where only one can be, that means that there is no reference; the
 * others, as a tenant, belong to the row itself.
 */
static struct value
get_nullable(const struct facts *f)
{
	const struct constraint *k = f->op->constraint;
	struct str all = STR_NONE;
	size_t n = 0;

	for (size_t i = 0; k->columns.n > 1 && k->match != 'f' && i < k->columns.n; i++)
		if (relation_proves_not_null(k->table, k->columns.items[i]) == NO)
			all = str_printf(f->arena, "%.*s%s%.*s", STR_ARG(all), n++ > 0 ? " or " : "", STR_ARG(sql_ident(f->arena, k->columns.items[i])));
	return n > 1 ? value_text(all) : value_absent();
}

static struct value
get_is_loose(const struct facts *f)
{
	return value_bool(get_nullable(f).state == VALUE_KNOWN);
}

/* The one that was there first. */
static struct value
get_repeats(const struct facts *f)
{
	const struct constraint *k = f->op->constraint;

	for (size_t i = 0; i < k->table->constraints.n && k->table->constraints.items[i] != k; i++) {
		const struct constraint *other = k->table->constraints.items[i];
		if (other->kind == CONSTRAINT_FOREIGN_KEY && other->references == k->references && other->parent == NULL &&
		    str_same(other->columns.items, other->columns.n, k->columns.items, k->columns.n) &&
		    str_same(other->reference_columns.items, other->reference_columns.n, k->reference_columns.items, k->reference_columns.n))
			return value_text(sql_ident(f->arena, other->name));
	}
	return value_absent();
}

static struct value
get_is_repeated(const struct facts *f)
{
	return value_bool(get_repeats(f).state == VALUE_KNOWN);
}

enum { CYCLE_MAX = 6 };

static bool
must_exist_first(const struct constraint *k)
{
	if (k->kind != CONSTRAINT_FOREIGN_KEY || k->deferrable || k->references == NULL)
		return false;
	for (size_t i = 0; i < k->columns.n; i++)
		if (relation_proves_not_null(k->table, k->columns.items[i]) != YES)
			return false;
	return true;
}

/* A row here needs a row there first, and so on, back to here: neither can be the first. */
static bool
leads_back(const struct relation *from, const struct relation *to, int depth)
{
	for (size_t i = 0; depth < CYCLE_MAX && i < from->constraints.n; i++) {
		const struct constraint *k = from->constraints.items[i];
		if (must_exist_first(k) && k->references != from && (k->references == to || leads_back(k->references, to, depth + 1)))
			return true;
	}
	return false;
}

static struct value
get_closes_cycle(const struct facts *f)
{
	const struct constraint *k = f->op->constraint;

	return value_bool(k->references != NULL && k->references != k->table && must_exist_first(k) && leads_back(k->references, k->table, 0));
}

static struct value
get_enforced(const struct facts *f)
{
	return value_bool(f->op->constraint->enforced);
}

/* A foreign key is checked for the table alone, not for those that inherit from it (RI_FKey_check: ONLY). */
static struct value
get_has_no_rows(const struct facts *f)
{
	return value_bool(relation_refuses_rows(f->op->constraint->table) && relation_is_partitioned(f->op->constraint->table) != YES);
}

static const struct field foreign_key_fields[] = {
	{ "delete_reads", FIELD_TEXT, "what a row that is deleted at the other end makes the server do to find those that point at it, for messages", get_delete_reads },
	{ "is_indexed", FIELD_BOOL, "an index whose leading columns are the key columns, in any order, covers it; or some of them that settle the others", get_indexed },
	{ "constraint_columns", FIELD_TEXT, "the key columns, separated by commas", get_columns },
	{ "column_count", FIELD_NUMBER, "how many columns it has", get_column_count },
	{ "lost_index", FIELD_BOOL, "an index that covered it was dropped", get_lost_index },
	{ "index_statement", FIELD_TEXT, "the CREATE INDEX that covers it", get_index_statement },
	{ "index_mode", FIELD_TEXT, "comment and settings that belong before that statement", get_index_mode },
	{ "widening", FIELD_TEXT, "a sentence about an index that could be widened instead; empty: there is none", get_widening },
	{ "over_all_rows", FIELD_TEXT, "for messages: \" over all rows\" when a partial index begins with the columns; otherwise empty", get_over_all_rows },
	{ "partial_note", FIELD_TEXT, "for messages: what is to be said of that partial index; empty: there is none", get_partial_note },
	{ "on_delete", FIELD_TEXT, "no action, restrict, cascade, set null or set default", get_on_delete },
	{ "enforced", FIELD_BOOL, "false with NOT ENFORCED (18)", get_enforced },
	{ "is_inherited", FIELD_BOOL, "it is the copy of a partitioned table's foreign key", get_of_partition },
	{ "nullable_columns", FIELD_TEXT, "of a key without MATCH FULL, the columns that may be NULL when they are two or more; absent: they are fewer", get_nullable },
	{ "is_loose", FIELD_BOOL, "there are such columns", get_is_loose },
	{ "repeats", FIELD_TEXT, "another foreign key of the table with the same columns and the same target; absent: none", get_repeats },
	{ "is_repeated", FIELD_BOOL, "there is one", get_is_repeated },
	{ "closes_cycle", FIELD_BOOL, "it is part of a circle of foreign keys in which each row needs another one first, and none is deferrable", get_closes_cycle },
	{ "table_refuses_rows", FIELD_BOOL, "a valid CHECK (false) keeps every row out of its table, which is not partitioned", get_has_no_rows },
	TENANT_FOREIGN_KEY_FIELDS,
	{ NULL, FIELD_BOOL, NULL, NULL }
};

static struct value
get_validated(const struct facts *f)
{
	return value_tri(f->op->constraint->valid);
}

static struct value
get_constraint_kind(const struct facts *f)
{
	switch (f->op->constraint->kind) {
	case CONSTRAINT_PRIMARY_KEY: return value_text(STR("primary key"));
	case CONSTRAINT_UNIQUE: return value_text(STR("unique"));
	case CONSTRAINT_FOREIGN_KEY: return value_text(STR("foreign key"));
	case CONSTRAINT_EXCLUSION: return value_text(STR("exclusion"));
	case CONSTRAINT_NOT_NULL: return value_text(STR("not null"));
	default: return value_text(STR("check"));
	}
}

static const struct field constraint_fields[] = {
	{ "is_valid", FIELD_BOOL, "it was added valid or has been validated", get_validated },
	{ "enforced", FIELD_BOOL, "false with NOT ENFORCED (18)", get_enforced },
	{ "is_inherited", FIELD_BOOL, "it is the copy of a partitioned table's constraint", get_of_partition },
	{ "kind", FIELD_TEXT, "primary key, unique, foreign key, check, exclusion or not null", get_constraint_kind },
	{ "constraint_columns", FIELD_TEXT, "its columns, separated by commas", get_columns },
	TENANT_CONSTRAINT_FIELDS,
	{ NULL, FIELD_BOOL, NULL, NULL }
};

static struct value
get_has_primary_key(const struct facts *f)
{
	const struct relation *r = f->op->table;

	for (size_t i = 0; i < r->constraints.n; i++)
		if (r->constraints.items[i]->kind == CONSTRAINT_PRIMARY_KEY)
			return value_bool(true);
	return value_tri(r->assumed ? UNKNOWN : NO);
}

/* Those of keys count, too: each is maintained on every write. */
static struct value
get_index_count(const struct facts *f)
{
	return value_number((int64_t)f->op->table->indexes.n);
}

static struct value
get_column_names(const struct facts *f)
{
	const struct relation *r = f->op->table;
	struct buf b = BUF(f->arena);

	for (size_t i = 0; i < r->columns.n; i++)
		if (!r->columns.items[i]->dropped) {
			buf_c(&b, b.n > 0 ? ", " : "");
			buf_str(&b, r->columns.items[i]->name);
		}
	return value_text(buf_text(&b));
}

/* Of two equal rows one is refused, as each operator holds between a value and itself (but for empty ranges). */
static bool
excludes_equal_rows(const struct index *x)
{
	bool equal = false;

	if (x->constraint == NULL || x->constraint->kind != CONSTRAINT_EXCLUSION)
		return false;
	for (size_t i = 0; i < x->columns.n; i++) {
		if (!str_is(x->columns.items[i].operator, "=") && !str_is(x->columns.items[i].operator, "&&"))
			return false;
		equal = equal || str_is(x->columns.items[i].operator, "=");
	}
	return equal;
}

static bool
has_key(const struct relation *r)
{
	for (size_t i = 0; i < r->indexes.n; i++) {
		const struct index *x = r->indexes.items[i]->index;
		if (x->predicate == NULL && (x->unique || excludes_equal_rows(x)))
			return true;
	}
	return false;
}

static struct value
get_has_unique_key(const struct facts *f)
{
	return value_tri(has_key(f->op->table) ? YES : f->op->table->assumed ? UNKNOWN : NO);
}

/* Those that it is made for get a key of their own, and nothing puts a row into it. */
static struct value
get_is_template(const struct facts *f)
{
	const struct relation *r = f->op->table;
	bool copied = false;

	for (size_t i = 0; r->written == 0 && i < r->copies.n; i++) {
		if (r->copies.items[i]->dropped)
			continue;
		if (!has_key(r->copies.items[i]))
			return value_bool(false);
		copied = true;
	}
	return value_bool(copied);
}

static struct value
get_lost_key(const struct facts *f)
{
	return value_bool(f->op->table->unkeyed.statement > 0);
}

static struct value
get_key_end(const struct facts *f)
{
	return value_text(get_lost_key(f).yes ? STR("its last key goes here, and no later statement gives it another one") : STR("no primary key in the end"));
}

/* Each row gets another value by itself. */
static bool
draws_values(const struct column *c)
{
	return !c->dropped && (c->identity != 0 || c->sequence != NULL || c->default_sequence != NULL || (c->default_expr != NULL && c->default_expr->kind == EXPR_FUNCTION && c->generated == 0 &&
	    str_find(c->default_expr->text, STR("uuid")) != (size_t)-1));
}

/* The column that identifies a row, its id before others; NULL: none does for sure. */
static const struct column *
drawn_column(const struct relation *r)
{
	const struct column *id = catalog_find_column(r, STR("id"));

	if (id != NULL && draws_values(id))
		return id;
	for (size_t i = 0; i < r->columns.n; i++)
		if (draws_values(r->columns.items[i]))
			return r->columns.items[i];
	return NULL;
}

/* With a comment where it is a guess. */
static struct str
key_clause(const struct facts *f, struct str table)
{
	const struct relation *r = f->op->table;
	const struct column *drawn = drawn_column(r), *id = catalog_find_column(r, STR("id"));

	if (drawn != NULL)
		return str_printf(f->arena, "ALTER TABLE %.*s ADD PRIMARY KEY (%.*s);", STR_ARG(table), STR_ARG(sql_ident(f->arena, drawn->name)));
	if (id != NULL && !id->dropped)
		return str_printf(f->arena, "-- id, if no two rows have the same one:\nALTER TABLE %.*s ADD PRIMARY KEY (id);", STR_ARG(table));
	return str_printf(f->arena, "ALTER TABLE %.*s ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY;", STR_ARG(table));
}

/* DefineIndex(): a key holds all columns of the partition key, and those of partitions that are divided once more. false: one of them is an expression. */
static bool
add_partition_key(struct arena *arena, const struct relation *r, struct str_list *names)
{
	for (size_t i = 0; i < r->partition_key.n; i++) {
		struct str name = r->partition_key.items[i].name;
		if (name.s == NULL)
			return false;
		if (!str_in(name, names->items, names->n))
			*vec_push(arena, names) = name;
	}
	for (size_t i = 0; i < r->partitions.n; i++)
		if (r->partitions.items[i]->is_partition && !add_partition_key(arena, r->partitions.items[i], names))
			return false;
	return true;
}

/* (id, at); what identifies a row beside the partition key is not known where there is no id. */
static struct str
key_of_partitioned(const struct facts *f, const struct str_list *names)
{
	const struct column *id = catalog_find_column(f->op->table, STR("id"));
	struct buf b = BUF(f->arena);

	if (!str_in(STR("id"), names->items, names->n))
		buf_str(&b, id != NULL && !id->dropped ? STR("id") : STR("..."));
	for (size_t i = 0; i < names->n; i++)
		buf_item(&b, ", ", sql_ident(f->arena, names->items[i]));
	return buf_text(&b);
}

/* Where the table is made, it may have had another name. */
static struct str
name_for_key(const struct facts *f)
{
	struct str older = get_lost_key(f).yes ? STR_NONE : place_older_name(f, STR("table.created"));

	return older.s != NULL ? older : relation_words(f->arena, f->catalog, f->op->table);
}

static struct str
addition_to_partitioned(const struct facts *f)
{
	struct str table = name_for_key(f);
	struct str_list names = { 0 };

	if (!add_partition_key(f->arena, f->op->table, &names))
		return STR("-- no key of it is possible, as a partition key holds an expression: a unique index on each partition,\n"
		    "-- or a partition key of columns, which is a new table");
	if (names.n == 0)
		return STR("-- PRIMARY KEY of the columns that identify a row, with those of the partition key");
	return str_printf(f->arena, "-- %s; PRIMARY KEY of the columns that identify a row, with those of the partition key:\nALTER TABLE %.*s ADD PRIMARY KEY (%.*s);",
	    get_lost_key(f).yes ? "behind this statement, in its transaction" : "where the table is made, while it has no rows", STR_ARG(table),
	    STR_ARG(key_of_partitioned(f, &names)));
}

/* One that is lost later is of a table that may hold rows. */
static struct value
get_key_addition(const struct facts *f)
{
	struct str table = name_for_key(f);
	const struct str part = STR("key");
	struct str index = catalog_object_name(f->arena, f->op->table->name, STR_NONE, part);

	if (f->op->table->kind == RELATION_PARTITIONED)
		return value_text(addition_to_partitioned(f));
	if (!get_lost_key(f).yes)
		return value_text(str_printf(f->arena, "-- where the table is made, while it has no rows; or PRIMARY KEY of the columns that identify one:\n"
		    "%.*s", STR_ARG(key_clause(f, table))));
	return value_text(str_printf(f->arena, "-- before this statement's file, in one of its own (no transaction), for NOT NULL columns that identify a row:\n"
	    "CREATE UNIQUE INDEX CONCURRENTLY %.*s ON %.*s (...);\n"
	    "-- behind this statement, in its transaction:\n"
	    "ALTER TABLE %.*s ADD PRIMARY KEY USING INDEX %.*s;", STR_ARG(sql_ident(f->arena, index)), STR_ARG(table), STR_ARG(table), STR_ARG(sql_ident(f->arena, index))));
}

static struct value
get_table_quoting(const struct facts *f)
{
	return value_text(op_quoting_reason(f->op->table->name));
}

static struct value
get_column_quoting(const struct facts *f)
{
	return value_text(op_quoting_reason(f->op->column->name));
}

static struct value
get_table_quoted(const struct facts *f)
{
	return value_text(relation_words(f->arena, f->catalog, f->op->table));
}

static struct value
get_column_quoted(const struct facts *f)
{
	return value_text(str_printf(f->arena, "%.*s.%.*s", STR_ARG(relation_words(f->arena, f->catalog, f->op->table)),
	    STR_ARG(sql_ident(f->arena, f->op->column->name))));
}

static const struct field table_fields[] = {
	{ "quoted", FIELD_TEXT, "the table, for messages", get_table_quoted },
	{ "quoting", FIELD_TEXT, "why its name has to be quoted everywhere: it holds capitals, it is a reserved word ...; absent: it has not", get_table_quoting },
	{ "columns", FIELD_TEXT, "the names of its columns in their order, separated by commas; ask with has", get_column_names },
	{ "index_count", FIELD_NUMBER, "how many indexes it has, as far as is known", get_index_count },
	{ "lost_key", FIELD_BOOL, "it had a key, or what else told all its rows apart, which was dropped", get_lost_key },
	{ "key_end", FIELD_TEXT, "for the label at table.unkeyed: whether its last key was dropped, or it never had one", get_key_end },
	{ "key_addition", FIELD_TEXT, "for advice: the statements that give it a primary key: its column id or a new one of that name, and once it has lost one an index built beside",
	    get_key_addition },
	{ "has_unique_key", FIELD_BOOL, "it has a unique key, a unique index over whole rows or an exclusion constraint that lets no two equal rows in", get_has_unique_key },
	{ "has_primary_key", FIELD_BOOL, "it has a primary key", get_has_primary_key },
	{ "is_template", FIELD_BOOL, "no statement puts rows into it, and the tables that are made LIKE it later have a unique key each", get_is_template },
	DESIGN_TABLE_FIELDS,
	TENANT_TABLE_FIELDS,
	{ NULL, FIELD_BOOL, NULL, NULL }
};

/* What was there before the migration: a new table has rows only once the application runs. */
static bool
was_there_before(const struct relation *t, const struct birth *change)
{
	return t->born.migration != change->migration && !(t->born.changed && change->changed);
}

/* ATExecAlterColumnType(): RemoveStatistics(), whether or not the table is rewritten */
static struct value
get_column_lacks_statistics(const struct facts *f)
{
	const struct relation *t = f->op->table;
	const struct column *c = f->op->column;
	unsigned analyzed = t->analyzed > c->analyzed ? t->analyzed : c->analyzed;

	return value_bool(c->retyped.statement > analyzed && was_there_before(t, &c->retyped));
}

struct in_way {
	const struct facts *facts;
	VEC(const struct relation *) views;
	struct buf names;
};

static bool
is_listed(const struct in_way *w, const struct relation *view)
{
	for (size_t i = 0; i < w->views.n; i++)
		if (w->views.items[i] == view)
			return true;
	return false;
}

static void
put_thing(struct in_way *w, const char *kind, struct str name)
{
	buf_item(&w->names, ", ", str_printf(w->facts->arena, "%s %.*s", kind, STR_ARG(name)));
}

/* A view goes before what it reads. */
static void
put_view(struct in_way *w, const struct relation *view)
{
	if (view->dropped || is_listed(w, view))
		return;
	*vec_push(w->facts->arena, &w->views) = view;
	for (size_t i = view->dependents.n; i-- > 0;)
		put_view(w, view->dependents.items[i]);
	put_thing(w, view->kind == RELATION_MATVIEW ? "materialized view" : "view", relation_words(w->facts->arena, w->facts->catalog, view));
}

/* RememberAllDependentForRebuilding() */
static struct value
get_in_way_of_type(const struct facts *f)
{
	struct in_way w = { .facts = f, .names = BUF(f->arena) };
	struct relation *r = f->op->table;
	struct str name = f->op->column_name;

	for (size_t i = r->dependents.n; i-- > 0;)
		if (view_uses_column(f->catalog, r->dependents.items[i], r, name) != NO)
			put_view(&w, r->dependents.items[i]);
	for (size_t i = 0; i < r->policies.n; i++)
		if (!r->policies.items[i]->dropped && policy_uses_column(r->policies.items[i], f->op->column))
			put_thing(&w, "policy", sql_ident(f->arena, r->policies.items[i]->name));
	for (size_t i = 0; i < r->triggers.n; i++)
		if (!r->triggers.items[i]->dropped && str_in(name, r->triggers.items[i]->columns.items, r->triggers.items[i]->columns.n))
			put_thing(&w, "trigger", sql_ident(f->arena, r->triggers.items[i]->name));
	return value_text(w.names.n == 0 ? STR("") : str_printf(f->arena, "\n-- in one transaction, with these dropped before, or the server refuses it, and made again behind it: %.*s",
	    STR_ARG(buf_text(&w.names))));
}

static const struct field column_fields[] = {
	{ "in_way_of_type", FIELD_TEXT, "for advice: a comment on what keeps its type from being changed; empty: nothing", get_in_way_of_type },
	{ "quoted", FIELD_TEXT, "the table and the column, for messages", get_column_quoted },
	{ "quoting", FIELD_TEXT, "why its name has to be quoted everywhere; absent: it has not", get_column_quoting },
	DESIGN_COLUMN_FIELDS,
	{ "lacks_statistics", FIELD_BOOL, "its type was changed, the table is older, and no later statement analyzes it", get_column_lacks_statistics },
	TENANT_COLUMN_FIELDS,
	{ NULL, FIELD_BOOL, NULL, NULL }
};

/* ---- indexes ---- */

static const struct index *
index_of(const struct facts *f)
{
	return f->op->index->index;
}

static struct value
get_unique(const struct facts *f)
{
	return value_bool(index_of(f)->unique);
}

static struct value
get_partial(const struct facts *f)
{
	return value_bool(index_of(f)->predicate != NULL);
}

static struct value
get_method(const struct facts *f)
{
	return value_text(index_of(f)->method);
}

static struct value
get_key_count(const struct facts *f)
{
	return value_number((int64_t)index_of(f)->columns.n);
}

/* Keys as they are written in CREATE INDEX, without what follows each. */
static struct value
get_keys(const struct facts *f)
{
	struct str all = STR("");

	for (size_t i = 0; i < index_of(f)->columns.n; i++) {
		const struct index_column *c = &index_of(f)->columns.items[i];
		struct str key = c->name.s != NULL ? sql_ident(f->arena, c->name)
		    : c->expr == NULL ? STR("...") : expr_is_call(c->expr) ? c->expr->text
		    : str_printf(f->arena, "(%.*s)", STR_ARG(c->expr->text));
		all = str_printf(f->arena, "%.*s%s%.*s", STR_ARG(all), i > 0 ? ", " : "", STR_ARG(key));
	}
	return value_text(all);
}

static struct value
get_where(const struct facts *f)
{
	const struct expr *e = index_of(f)->predicate;

	return value_text(e == NULL ? STR("") : str_printf(f->arena, " WHERE %.*s", STR_ARG(e->text)));
}

static struct value
get_index_of_partition(const struct facts *f)
{
	return value_bool(index_of(f)->parent != NULL);
}

static const struct expr *
key_expression(const struct index *x)
{
	for (size_t i = 0; i < x->columns.n; i++)
		if (x->columns.items[i].name.s == NULL)
			return x->columns.items[i].expr;
	return NULL;
}

static struct value
get_expression(const struct facts *f)
{
	const struct expr *e = key_expression(f->op->index->index);

	return e != NULL ? value_text(e->text) : value_absent();
}

/* do_analyze_rel(): an index has statistics of its own for its expressions */
static struct value
get_index_lacks_statistics(const struct facts *f)
{
	const struct relation *x = f->op->index, *t = f->op->table;

	return value_bool(key_expression(x->index) != NULL && x->born.statement > t->analyzed && was_there_before(t, &x->born));
}

static const struct field index_fields[] = {
	{ "is_unique", FIELD_BOOL, "it is unique", get_unique },
	{ "is_partial", FIELD_BOOL, "it has a WHERE clause", get_partial },
	{ "method", FIELD_TEXT, "btree, hash, gist, gin ...", get_method },
	{ "key_count", FIELD_NUMBER, "how many columns and expressions it has", get_key_count },
	{ "keys", FIELD_TEXT, "its columns and expressions, separated by commas", get_keys },
	{ "where", FIELD_TEXT, "its WHERE clause, with a space before; empty: none", get_where },
	{ "is_inherited", FIELD_BOOL, "it is part of a partitioned table's index", get_index_of_partition },
	{ "expression", FIELD_TEXT, "the first expression in its key; absent: there is none", get_expression },
	{ "lacks_statistics", FIELD_BOOL, "it has an expression, the table is older, and no later statement analyzes it", get_index_lacks_statistics },
	TENANT_INDEX_FIELDS,
	{ NULL, FIELD_BOOL, NULL, NULL }
};

/* ---- policies ---- */

static struct value
get_policy(const struct facts *f)
{
	return value_text(sql_ident(f->arena, f->op->policy->name));
}

static struct value
get_command(const struct facts *f)
{
	switch (f->op->policy->command) {
	case 'r': return value_text(STR("select"));
	case 'a': return value_text(STR("insert"));
	case 'w': return value_text(STR("update"));
	case 'd': return value_text(STR("delete"));
	default: return value_text(STR("all"));
	}
}

static struct value
get_permissive(const struct facts *f)
{
	return value_bool(f->op->policy->permissive);
}

static struct value
get_has_check(const struct facts *f)
{
	return value_bool(f->op->policy->check_expr != NULL);
}

static struct value
get_using(const struct facts *f)
{
	const struct expr *e = f->op->policy->using_expr;

	return e == NULL ? value_absent() : value_text(e->text);
}

static const struct field policy_fields[] = {
	{ "policy", FIELD_TEXT, "name of the policy", get_policy },
	{ "command", FIELD_TEXT, "all, select, insert, update or delete", get_command },
	{ "is_permissive", FIELD_BOOL, "false with AS RESTRICTIVE", get_permissive },
	{ "using", FIELD_TEXT, "the USING condition; absent: none", get_using },
	{ "has_check", FIELD_BOOL, "there is a WITH CHECK condition", get_has_check },
	TENANT_POLICY_FIELDS,
	{ NULL, FIELD_BOOL, NULL, NULL }
};

/* ---- views ---- */

/* Its owner is bound by row security only when it is forced; a superuser never is. */
static struct value
get_bypassed(const struct facts *f)
{
	const struct relation *view = f->op->table;

	for (size_t i = 0; i < view->reads.n; i++) {
		const struct relation *r = view->reads.items[i];
		if (!r->dropped && r->row_security == YES && r->force_row_security == NO)
			return value_text(relation_words(f->arena, f->catalog, r));
	}
	return value_absent();
}

static struct value
get_bypasses(const struct facts *f)
{
	return value_bool(get_bypassed(f).state == VALUE_KNOWN);
}

static struct value
get_invoker(const struct facts *f)
{
	const struct object *o = catalog_find_object(f->catalog, f->op->table, "option", STR("security_invoker"));

	return value_bool(o != NULL && !option_is_false(o->text));
}

static const struct field view_fields[] = {
	{ "security_invoker", FIELD_BOOL, "it reads its tables with the rights of who asks it (15)", get_invoker },
	{ "bypassed_table", FIELD_TEXT, "a table it reads whose row security does not bind the table's owner; absent: none", get_bypassed },
	{ "bypasses_row_security", FIELD_BOOL, "there is one", get_bypasses },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_end[] = {
	{ .name = "end_of_migration", .doc = "the end of a migration, before its transaction commits", .fields = migration_fields },
	{ .name = "final_foreign_key", .doc = "each foreign key that is left when the whole history has run",
	    .has = HAS_TABLE | HAS_CONSTRAINT | HAS_REFERENCES, .fields = foreign_key_fields },
	{ .name = "final_constraint", .doc = "each constraint that is left when the whole history has run",
	    .has = HAS_TABLE | HAS_CONSTRAINT, .fields = constraint_fields },
	{ .name = "final_table", .doc = "each table that is left when the whole history has run", .has = HAS_TABLE,
	    .fields = table_fields },
	{ .name = "final_column", .doc = "each column that is left when the whole history has run, of the table that defines it",
	    .has = HAS_TABLE | HAS_COLUMN, .fields = column_fields },
	{ .name = "final_index", .doc = "each index that is left when the whole history has run and backs no constraint",
	    .has = HAS_TABLE | HAS_INDEX, .fields = index_fields },
	{ .name = "final_view", .doc = "each view that is left when the whole history has run", .has = HAS_TABLE, .fields = view_fields },
	{ .name = "final_policy", .doc = "each policy that is left when the whole history has run", .has = HAS_TABLE,
	    .fields = policy_fields },
	{ .name = NULL }
};
