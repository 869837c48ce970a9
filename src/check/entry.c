#include "check/replayer.h"
#include "op/existence.h"
#include "op/failure.h"
#include "sql/ident.h"

/*
 * The schema for a new database beside what upgrades an old one, all with numbers: it makes again what the files before it make. One table that is made twice
 * is a mistake instead.
 */

enum { FEW_TABLES = 2 };

/* Of more tables of one file the first ones tell. */
enum { MOST_ASKED = 200 };

struct entry {
	size_t makes, again;
	const struct relation *first;   /* of those that are there; NULL: none */
};

/* Also in a block of code, whose statements are not known yet. */
static bool
frees_a_name(const struct op *op)
{
	if (is_kind(op, "do_block"))
		return sql_find_word(source_text(op->statement->source, op->statement->span), STR("drop"), 0) != (size_t)-1;
	return is_kind(op, "drop_table") || is_kind(op, "drop_schema") || is_kind(op, "rename_table") || is_kind(op, "rename_schema") || is_kind(op, "set_schema");
}

/* Before the file runs nobody knows which schema of its search path a name means. */
static const struct relation *
there(const struct replayer *r, const struct op *op, bool sets_path)
{
	const struct relation *t = catalog_find_relation(r->catalog, op->target);

	return t == NULL || t->assumed || t->born.migration == 0 || (sets_path && op->target.schema.s == NULL) ? NULL : t;
}

static bool
same_folder(const struct relation *t, struct str path)
{
	return t->born.place.source != NULL && str_eq(home_of_file(place_in_file(t->born.place).source->path), home_of_file(path));
}

static struct entry
count(const struct replayer *r, const struct script *script, struct str path)
{
	bool sets_path = sql_find_word(source_text(script->source, span_of(0, script->source->text.n)), STR("search_path"), 0) != (size_t)-1;
	struct entry e = { 0 };

	for (size_t i = 0; i < script->ops.n; i++) {
		const struct op *op = script->ops.items[i];
		const struct relation *t;
		if (frees_a_name(op))
			return (struct entry){ 0 };
		if (!is_kind(op, "create_table") || op->if_not_exists)
			continue;
		e.makes++;
		t = there(r, op, sets_path);
		if (t == NULL || !same_folder(t, path))
			continue;
		e.again++;
		e.first = e.first == NULL ? t : e.first;
	}
	return e;
}

static size_t
tables_of_folder(const struct catalog *c, struct str path)
{
	size_t n = 0;

	for (size_t i = 0; i < c->all.n; i++) {
		const struct relation *t = c->all.items[i];
		n += (t->kind == RELATION_TABLE || t->kind == RELATION_PARTITIONED) && !t->dropped && !t->assumed && t->persistence != 't' && same_folder(t, path);
	}
	return n;
}

struct str
entry_repeats(const struct replayer *r, size_t i, const struct script *script)
{
	struct str path = r->history->migrations.items[i].up.source->path;
	struct entry e = i > 0 ? count(r, script, path) : (struct entry){ 0 };

	if (e.again < FEW_TABLES || 2 * e.again <= e.makes || 2 * e.again <= tables_of_folder(r->catalog, path))
		return STR_NONE;
	return file_name(place_in_file(e.first->born.place).source->path);
}

/* ---- the first file ---- */

struct str
entry_is_repeated(const struct replayer *r, size_t i, const struct script *script)
{
	const struct unit unit = { .later = r->files.items + i + 1, .nlater = r->files.n - i - 1 };
	const struct facts f = { .arena = r->run->arena, .unit = &unit };
	const struct op *first = NULL;
	size_t makes = 0, again = 0;
	bool several = false;

	for (size_t k = 0; i == 0 && makes < MOST_ASKED && k < script->ops.n; k++) {
		const struct op *op = script->ops.items[k], *later;
		if (!is_kind(op, "create_table") || op->if_not_exists)
			continue;
		later = existence_made_later(&f, op);
		makes++;
		again += later != NULL;
		first = first == NULL ? later : first;
		several = several || (later != NULL && later->statement->source != first->statement->source);
	}
	return !several || again < FEW_TABLES || 2 * again <= makes ? STR_NONE : file_name(statement_file(first->statement));
}
