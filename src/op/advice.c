#include "op/advice.h"

#include "base/buf.h"
#include "op/failure.h"
#include "op/order.h"
#include "op/rename.h"

/*
 * What an advice says, as far as other sentences of it have to know.
 */

bool
advice_says_word(struct str advice, struct str name)
{
	return name.n > 0 && sql_find_word(advice, name, 0) != (size_t)-1;
}

/* In a line that is no comment, where a word may be one of a sentence. */
static bool
uses_name(struct str advice, struct str name)
{
	struct str line;

	while (str_cut(&advice, '\n', &line))
		if (!str_starts(line, "--") && advice_says_word(line, name))
			return true;
	return false;
}

struct str
advice_renamed_name(const struct op *op)
{
	return is_kind(op, "rename_table") ? op->target.name : is_kind(op, "rename_column") ? OP_DATA(op, struct rename)->old_name : STR_NONE;
}

/* The rename that the name ends with, which several may give one after the other. */
static const struct op *
last_rename(const struct facts *f, const struct op *first)
{
	const struct script *script = first->script;
	const struct op *last = first;

	for (size_t i = 0, behind = 0; i < script->ops.n; i++) {
		const struct op *op = script->ops.items[i];
		const struct relation *r = order_table(f, op);
		if (behind && op->kind == first->kind && (r == NULL || r == f->op->table) && str_eq(advice_renamed_name(op), OP_DATA(last, struct rename)->new_name))
			last = op;
		behind = behind || op == first;
	}
	return last;
}

/* Another column had the name, and has been renamed before. */
static bool
is_given_up(const struct facts *f, const struct op *rename, struct str name)
{
	const struct script *script = rename->script;

	for (size_t i = 0, behind = 0; script->ops.items[i] != rename; i++) {
		const struct op *op = script->ops.items[i];
		if (behind && op->kind == rename->kind && order_table(f, op) == f->op->table && str_eq(advice_renamed_name(op), name))
			return true;
		behind = behind || op == f->op;
	}
	return false;
}

void
advice_put_rename(const struct facts *f, struct buf *b, const struct op *other, struct str advice)
{
	struct str old = advice_renamed_name(other);

	if (old.s == NULL || order_table(f, other) != f->op->table || !uses_name(advice, old))
		return;
	const struct op *last = last_rename(f, other);
	struct str name = OP_DATA(last, struct rename)->new_name;
	if (!str_eq(name, old) && (!uses_name(advice, name) || is_given_up(f, other, name)))
		buf_printf(b, "\n-- by then %.*s is called %.*s (line %u)", STR_ARG(sql_ident(f->arena, old)), STR_ARG(sql_ident(f->arena, name)), order_line(last));
}

/* In a comment: elsewhere the number is not one of a line. */
bool
advice_says_line(struct arena *arena, struct str advice, unsigned number)
{
	struct str word = str_printf(arena, "%u", number), line;

	while (str_cut(&advice, '\n', &line))
		if (str_find(line, STR("--")) != (size_t)-1 && (advice_says_word(line, STR("line")) || advice_says_word(line, STR("lines"))) && advice_says_word(line, word))
			return true;
	return false;
}

/* By its line, or as it stands. */
bool
advice_speaks_of(struct arena *arena, struct str advice, const struct op *op)
{
	struct str text = str_printf(arena, "%.*s;", STR_ARG(source_text(op->statement->source, op->statement->span)));

	return advice_says_line(arena, advice, order_line(op)) || str_find(advice, text) != (size_t)-1;
}
