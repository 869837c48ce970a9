#include "base/buf.h"
#include "op/key_drops.h"

typedef bool locks_function(const struct facts *, const struct constraint *);

/* The first of those that lock the same table. */
static bool
is_first(const struct facts *f, size_t at, locks_function *locks)
{
	const struct relation *r = f->op->table;

	for (size_t i = 0; i < at; i++)
		if (r->constraints.items[i]->references == r->constraints.items[at]->references && locks(f, r->constraints.items[i]))
			return false;
	return true;
}

static void
put_drops(struct buf *b, const struct facts *f, size_t from, locks_function *locks)
{
	const struct relation *r = f->op->table;
	const char *between = "";

	buf_printf(b, "\nALTER TABLE %.*s", STR_ARG(relation_words(f->arena, f->catalog, r)));
	for (size_t i = from; i < r->constraints.n; i++) {
		const struct constraint *k = r->constraints.items[i];
		if (k->references != r->constraints.items[from]->references || k->parent != NULL || !locks(f, k))
			continue;
		buf_printf(b, "%s DROP CONSTRAINT %.*s", between, STR_ARG(sql_ident(f->arena, k->name)));
		between = ",";
	}
	buf_c(b, ";\n-- next migration\nSET lock_timeout = '2s';");
}

struct value
get_key_drops(const struct facts *f, locks_function *locks)
{
	const struct relation *r = f->op->table;
	struct buf b = BUF(f->arena);

	for (size_t i = 0; r != NULL && i < r->constraints.n; i++)
		if (r->constraints.items[i]->parent == NULL && locks(f, r->constraints.items[i]) && is_first(f, i, locks))
			put_drops(&b, f, i, locks);
	return value_text(b.n > 0 ? buf_text(&b) : STR(""));
}
