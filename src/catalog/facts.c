#include "catalog/catalog.h"
#include "sql/ident.h"

enum tri
relation_is_partitioned(const struct relation *r)
{
	if (r->kind == RELATION_PARTITIONED)
		return YES;
	return r->assumed && r->born.migration == 0 && r->partitions.n == 0 && r->kind != RELATION_VIEW ? UNKNOWN : NO;
}

struct relation *
relation_whole(const struct relation *r)
{
	return r->is_partition ? r->parent : NULL;
}

bool
relation_new_in_migration(const struct catalog *c, const struct relation *r)
{
	return r->born.migration != 0 && r->born.migration == c->now.migration;
}

bool
relation_new_in_transaction(const struct catalog *c, const struct relation *r)
{
	return r->persistence == 't' || (r->born.transaction != 0 && r->born.transaction == c->now.transaction);
}

struct name
relation_committed_name(const struct catalog *c, const struct relation *r)
{
	bool renamed = r->former.transaction != 0 && r->former.transaction == c->now.transaction;

	return (struct name){ .schema = renamed ? r->former.schema : r->schema, .name = renamed ? r->former.name : r->name };
}

bool
birth_in_change(const struct catalog *c, const struct birth *b)
{
	return b->changed || (b->migration != 0 && b->migration == c->now.migration) || (b->generated != 0 && b->generated == c->now.generated);
}

bool
relation_new_in_change(const struct catalog *c, const struct relation *r)
{
	return birth_in_change(c, &r->born);
}

/* NotNullImpliedByRelConstraints(): valid CHECKs only; NO INHERIT ones count for the table itself. */
enum tri
relation_proves_not_null(const struct relation *r, struct str column)
{
	const struct column *col = catalog_find_column(r, column);
	enum tri found = r->assumed && (col == NULL || col->assumed) ? UNKNOWN : NO;

	if (col != NULL && col->not_null == YES)
		return YES;
	for (size_t i = 0; i < r->constraints.n; i++) {
		const struct constraint *k = r->constraints.items[i];
		if (k->kind != CONSTRAINT_CHECK || !k->enforced || k->valid == NO)
			continue;
		if (expr_proves_not_null(k->check, column))
			found = k->valid == YES ? YES : tri_or(found, UNKNOWN);
	}
	return found;
}

bool
index_has_key(const struct index *index, struct str column)
{
	for (size_t i = 0; i < index->columns.n; i++)
		if (index->columns.items[i].name.s != NULL && str_eq(index->columns.items[i].name, column))
			return true;
	return false;
}

const struct constraint *
relation_primary_key(const struct relation *r)
{
	for (size_t i = 0; i < r->constraints.n; i++)
		if (r->constraints.items[i]->kind == CONSTRAINT_PRIMARY_KEY && !r->constraints.items[i]->dropped)
			return r->constraints.items[i];
	return NULL;
}

/* Every row with all key columns not null is in the index: no predicate, or only IS NOT NULL of key columns. */
static bool
predicate_is_harmless(const struct expr *e, const struct str *columns, size_t n)
{
	if (e == NULL)
		return true;
	if (e->kind == EXPR_IS_NOT_NULL)
		return e->nargs == 1 && e->args[0]->kind == EXPR_COLUMN && str_in(e->args[0]->name, columns, n);
	if (e->kind != EXPR_AND)
		return false;
	for (size_t i = 0; i < e->nargs; i++)
		if (!predicate_is_harmless(e->args[i], columns, n))
			return false;
	return true;
}

static bool
method_finds_equality(struct str method)
{
	return str_is(method, "btree") || str_is(method, "hash");
}

/* As an operator class for the type of a foreign key's column has it, with btree_gist for most types; but not for texts to be searched. */
static bool
gist_finds(const struct index *index, struct str column)
{
	const struct index_column *leading = &index->columns.items[0];
	const struct column *found = catalog_find_column(index->table, column);
	bool by_equality = leading->operator.n > 0 ? str_is(leading->operator, "=") : leading->opclass.n == 0;

	return str_is(index->method, "gist") && by_equality && leading->name.s != NULL && str_eq(leading->name, column) && index->valid != NO &&
	    found != NULL && !str_is(found->type.name, "tsvector") && !str_is(found->type.name, "hstore");
}

bool
index_covers(const struct index *index, const struct str *columns, size_t n)
{
	size_t found = 0;

	if (n == 1 && index->columns.n > 0 && gist_finds(index, columns[0]))
		return predicate_is_harmless(index->predicate, columns, n);
	if (!method_finds_equality(index->method) || index->columns.n < n || index->valid == NO)
		return false;
	for (size_t i = 0; i < n; i++)
		if (index->columns.items[i].name.s != NULL && str_in(index->columns.items[i].name, columns, n))
			found++;
	return found == n && predicate_is_harmless(index->predicate, columns, n);
}

static bool
is_key_of(const struct index *index, const struct str *columns, size_t n)
{
	if (!index->unique || index->valid == NO || index->predicate != NULL || index->columns.n != n ||
	    (index->constraint != NULL && index->constraint->deferrable))
		return false;
	for (size_t i = 0; i < n; i++)
		if (index->columns.items[i].name.s == NULL || !str_in(index->columns.items[i].name, columns, n))
			return false;
	return true;
}

/* transformFkeyCheckAttrs(): the first that fits */
struct relation *
relation_find_key(const struct relation *r, const struct str *columns, size_t n)
{
	for (size_t i = 0; i < r->indexes.n; i++)
		if (is_key_of(r->indexes.items[i]->index, columns, n))
			return r->indexes.items[i];
	return NULL;
}

void
catalog_note_unread_indexes(struct catalog *c, struct place at, struct str text)
{
	struct str folded = text.s == NULL ? STR_NONE : str_fold(c->arena, text);

	for (size_t i = 0; i < c->all.n; i++) {
		struct relation *r = c->all.items[i];
		if (r->dropped || r->index != NULL || r->unread.source != NULL)
			continue;
		if (text.s == NULL || sql_find_word(text, r->name, 0) != (size_t)-1 || sql_find_word(folded, r->name, 0) != (size_t)-1)
			catalog_set(c, &r->unread, at);
	}
}

bool
relation_may_have_more_indexes(const struct relation *r)
{
	return r->assumed || r->unread.source != NULL;
}

enum tri
columns_are_indexed(const struct relation *r, const struct str *columns, size_t n, const struct relation **by)
{
	for (size_t i = 0; i < r->indexes.n; i++)
		if (index_covers(r->indexes.items[i]->index, columns, n)) {
			if (by != NULL)
				*by = r->indexes.items[i];
			return YES;
		}
	return relation_may_have_more_indexes(r) ? UNKNOWN : NO;
}

static bool
columns_assumed(const struct constraint *k)
{
	for (size_t i = 0; i < k->columns.n; i++) {
		const struct column *column = catalog_find_column(k->table, k->columns.items[i]);
		if (column == NULL || column->assumed)
			return true;
	}
	return false;
}

static bool
is_among(const struct constraint *k, struct str name)
{
	for (size_t i = 0; i < k->columns.n; i++)
		if (name.s != NULL && str_eq(k->columns.items[i], name))
			return true;
	return false;
}

static size_t
leading_among(const struct constraint *k, const struct index *x)
{
	size_t n = 0;

	while (n < x->columns.n && is_among(k, x->columns.items[n].name))
		n++;
	return n;
}

/* A unique index of some of the columns: it finds the one row that may match. */
static const struct relation *
unique_index_within(const struct constraint *k)
{
	for (size_t i = 0; i < k->table->indexes.n; i++) {
		const struct index *x = k->table->indexes.items[i]->index;
		size_t n = leading_among(k, x);
		if (n > 0 && n == x->columns.n && x->unique && x->valid != NO && x->predicate == NULL && str_is(x->method, "btree"))
			return k->table->indexes.items[i];
	}
	return NULL;
}

const struct relation *
foreign_key_half_index(const struct constraint *k, size_t *n)
{
	const struct relation *found = NULL;

	*n = 0;
	for (size_t i = 0; i < k->table->indexes.n; i++) {
		const struct index *x = k->table->indexes.items[i]->index;
		size_t leads = x->valid != NO && str_is(x->method, "btree") && predicate_is_harmless(x->predicate, k->columns.items, k->columns.n) ? leading_among(k, x) : 0;
		if (leads > *n) {
			found = k->table->indexes.items[i];
			*n = leads;
		}
	}
	return found;
}

/* What a foreign key points at has a unique index of exactly these columns, whoever made it. */
static bool
is_pointed_at(const struct constraint *k)
{
	for (size_t i = 0; i < k->table->referenced_by.n; i++) {
		const struct constraint *other = k->table->referenced_by.items[i];
		size_t among = 0;
		for (size_t j = 0; j < other->reference_columns.n; j++)
			among += is_among(k, other->reference_columns.items[j]);
		if (!other->dropped && among > 0 && among == other->reference_columns.n)
			return true;
	}
	return false;
}

enum tri
foreign_key_is_covered(const struct constraint *k, const struct relation **by)
{
	enum tri covered = columns_are_indexed(k->table, k->columns.items, k->columns.n, by);
	const struct relation *within = covered == YES ? NULL : unique_index_within(k);

	if (within != NULL && by != NULL)
		*by = within;
	if (within != NULL || is_pointed_at(k))
		return YES;
	/* An assumed table cannot have had an index on a column that we saw being added. */
	return covered == UNKNOWN && !columns_assumed(k) && k->table->unread.source == NULL ? NO : covered;
}
