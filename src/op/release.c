#include "op/op.h"
#include "sql/ident.h"

static const struct relation *
asked_to_be_new(const struct facts *f, struct str field)
{
	static const char *const fields[] = { "table.is_new", "table.may_be_large", "table.may_hold_many", NULL };

	return str_among(field, fields) ? f->op->table : str_is(field, "references.is_new") ? f->op->references : NULL;
}

/* A file that holds all of the history grows: only what stands next to each other in it comes in one release. */
const struct relation *
op_made_in_file(const struct facts *f, struct str field)
{
	const struct relation *r = asked_to_be_new(f, field);

	if (r == NULL || !f->unit->shares_file || !birth_in_file(f, &r->born))
		return NULL;
	return !f->unit->fills_file || r->born.migration + 1 == f->unit->ordinal ? r : NULL;
}

/* Days, about; of 20240131..., or of seconds or milliseconds since 1970. -1: the number is no time. */
static int64_t
day_of_number(struct str digits)
{
	int64_t n = 0;

	if (digits.n != 8 && digits.n != 10 && digits.n != 12 && digits.n != 13 && digits.n != 14)
		return -1;
	(void)str_to_int(digits.n == 13 ? str_slice(digits, 0, 10) : digits, &n);
	if ((digits.n == 10 || digits.n == 13) && digits.s[0] == '1')
		return n / 86400;
	(void)str_to_int(str_slice(digits, 0, 8), &n);
	return n < 19900101 || n > 20991231 ? -1 : n / 10000 * 365 + n / 100 % 100 * 30 + n % 100;
}

/* Of the last time stamp in a path; -1: it has none. */
static int64_t
day_of_path(struct str path)
{
	int64_t day = -1, next;
	size_t n;

	for (size_t i = 0; i < path.n; i += n + 1) {
		for (n = 0; i + n < path.n && path.s[i + n] >= '0' && path.s[i + n] <= '9'; n++)
			;
		next = day_of_number(str_slice(path, i, i + n));
		day = next >= 0 ? next : day;
	}
	return day;
}

enum { RELEASE_DAYS = 7 };

/* Their time stamps say that no one release has both. */
static bool
far_apart(struct str path, struct str other)
{
	int64_t day = day_of_path(path), before = day_of_path(other);

	return day >= 0 && before >= 0 && (day - before > RELEASE_DAYS || before - day > RELEASE_DAYS);
}

enum { BEGINNING = 8 };

/* A file that makes so many tables begins something: what comes behind it comes later, as a rule. */
static bool
is_beginning(const struct catalog *c, unsigned migration)
{
	size_t tables = 0;

	for (size_t i = 0; i < c->all.n && tables < BEGINNING; i++)
		tables += c->all.items[i]->born.migration == migration && (c->all.items[i]->kind == RELATION_TABLE || c->all.items[i]->kind == RELATION_PARTITIONED);
	return tables == BEGINNING;
}

/* Of a change it is known which files are new. */
const struct relation *
op_made_just_before(const struct facts *f, struct str field)
{
	const struct relation *r = asked_to_be_new(f, field);

	if (r == NULL || r->assumed || f->catalog->now.changed || r->persistence == 't' || r->born.place.source == NULL || birth_in_file(f, &r->born) || relation_new_in_change(f->catalog, r))
		return NULL;
	return r->born.migration + 1 == f->unit->ordinal && !far_apart(f->unit->path, r->born.place.source->path) && !is_beginning(f->catalog, r->born.migration) ? r : NULL;
}

/* By the file just before, or another changeset of this one. */
static bool
in_one_release(const struct facts *f, const struct birth *b)
{
	if (f->catalog->now.changed && !birth_in_change(f->catalog, b))
		return false;
	if (f->unit->shares_file && !f->unit->fills_file && birth_in_file(f, b))
		return true;
	return b->migration + 1 == f->unit->ordinal && !far_apart(f->unit->path, place_in_file(b->place).source->path);
}

/* Nothing that the files do has filled it since. */
static const struct column *
taken_with(const struct catalog *c, const struct relation *r)
{
	const struct birth *taken = &r->taken_empty;

	if (taken->statement == 0 || taken->doubtful || c->unseen >= taken->statement || r->written >= taken->statement)
		return NULL;
	for (size_t i = 0; i < r->columns.n; i++)
		if (r->columns.items[i]->born.statement == taken->statement && r->columns.items[i]->born.place.source != NULL)
			return r->columns.items[i];
	return NULL;
}

bool
op_asks_for_rows(struct str field)
{
	static const char *const fields[] = { "table.may_be_large", "table.may_hold_many", "table.has_few_rows", "table.is_empty", "is_long", "loses_values", NULL };

	return str_among(field, fields);
}

const struct column *
op_empty_just_before(const struct facts *f)
{
	const struct relation *r = f->op->table;
	const struct column *column = r == NULL || r->persistence == 't' || relation_new_in_change(f->catalog, r) ? NULL : taken_with(f->catalog, r);

	return column != NULL && r->taken_empty.statement <= f->catalog->before && in_one_release(f, &column->born) ? column : NULL;
}

struct str
op_column_words(struct arena *arena, const struct column *column)
{
	return sql_ident(arena, column->name);
}
