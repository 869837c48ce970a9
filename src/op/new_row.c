#include "op/new_row.h"

#include "base/buf.h"
#include "sql/ast.h"
#include "sql/locate.h"

struct rewriting {
	struct arena *arena;
	const struct relation *table;
	const struct statement *statement;
	VEC(struct span) columns;       /* with what qualifies them */
	bool unclear;
	struct str text;
};

/* What is no column is the whole row: e or e.*; an empty EXPR_OTHER may be that. */
static void
note_part(void *arg, const struct expr *e)
{
	struct rewriting *w = arg;
	bool row = e->schema.s == NULL && str_eq(e->name, w->table->name) && catalog_find_column(w->table, e->name) == NULL;

	if (e->kind == EXPR_SUBQUERY || (e->kind == EXPR_OTHER && e->nargs == 0) || (e->kind == EXPR_COLUMN && row))
		w->unclear = true;
	else if (e->kind == EXPR_COLUMN)
		*vec_push(w->arena, &w->columns) = locate_qualified(w->statement, e->span.off);
}

static const struct span *
first_behind(const struct rewriting *w, uint32_t off)
{
	const struct span *first = NULL;

	for (size_t i = 0; i < w->columns.n; i++)
		if (w->columns.items[i].off >= off && (first == NULL || w->columns.items[i].off < first->off))
			first = &w->columns.items[i];
	return first;
}

/* The last of a qualified name's tokens. */
static struct span
bare_name(const struct statement *st, struct span qualified)
{
	struct span last = qualified;

	for (size_t i = 0; i < st->ntokens; i++)
		if (st->tokens[i].off >= qualified.off && st->tokens[i].off + st->tokens[i].len <= qualified.off + qualified.len)
			last = span_of(st->tokens[i].off, st->tokens[i].off + st->tokens[i].len);
	return last;
}

static void
put_parts(struct rewriting *w, struct span whole)
{
	const struct source *source = w->statement->source;
	const struct span *column;
	struct buf b = BUF(w->arena);
	uint32_t at = whole.off, end = whole.off + whole.len;

	for (; (column = first_behind(w, at)) != NULL; at = column->off + column->len) {
		buf_str(&b, source_text(source, span_of(at, column->off)));
		buf_printf(&b, "NEW.%.*s", STR_ARG(source_text(source, bare_name(w->statement, *column))));
	}
	buf_str(&b, source_text(source, span_of(at, end)));
	w->text = buf_text(&b);
}

static void
rewrite(void *arg, const struct statement *statement, const void *node)
{
	struct rewriting *w = arg;
	const ResTarget *target = IsA(node, SelectStmt) ? linitial(((const SelectStmt *)node)->targetList) : NULL;

	if (target == NULL)
		return;
	w->statement = statement;
	expr_walk(expr_from_node(w->arena, target->val, 0), note_part, w);
	if (!w->unclear)
		put_parts(w, locate_rest(statement, span_of(0, sizeof "SELECT" - 1)));
}

struct str
new_row_text(struct arena *arena, const struct relation *table, const struct expr *e)
{
	struct str text = str_printf(arena, "SELECT %.*s", STR_ARG(e->text));
	struct rewriting w = { .arena = arena, .table = table, .text = STR_NONE };
	struct diags diags = { .arena = arena };
	struct parse_result parsed = { 0 };

	if (e->text.s != NULL)
		sql_parse(arena, source_new(arena, STR("expression"), text), span_of(0, text.n), &diags, rewrite, &w, &parsed);
	return w.text;
}
