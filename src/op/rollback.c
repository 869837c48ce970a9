#include "op/rollback.h"
#include "base/buf.h"
#include "op/op.h"

/* The synthetic operation that rules on ways back look at: one for each migration. */

const char *
rollback_verdict_word(enum rollback_verdict verdict)
{
	static const char *const words[] = {
		[ROLLBACK_REVERSIBLE] = "reversible", [ROLLBACK_DESTRUCTIVE] = "destructive", [ROLLBACK_INCOMPLETE] = "incomplete",
		[ROLLBACK_FAILING] = "failing", [ROLLBACK_IRREVERSIBLE] = "irreversible", [ROLLBACK_EMPTY] = "empty",
		[ROLLBACK_MISSING] = "missing",
	};

	return words[verdict];
}

struct place
rollback_erasure(const struct rollback *r)
{
	for (size_t i = 0; i < r->losses.n; i++)
		if (r->losses.items[i].back)
			return r->losses.items[i].place;
	return (struct place){ 0 };
}

static struct value
get_verdict(const struct facts *f)
{
	return value_text(str_of(rollback_verdict_word(f->rollback->verdict)));
}

static struct value
get_readable(const struct facts *f)
{
	if (f->unit->unplaced != NULL)
		return value_unknown_because(str_of(f->unit->unplaced));
	return f->rollback->opaque ? value_unknown() : value_bool(true);
}

static struct value
get_expected(const struct facts *f)
{
	return value_bool(f->rollback->expected);
}

static struct value
get_difference_count(const struct facts *f)
{
	return value_number((int64_t)f->rollback->differences.n);
}

enum { SHOWN_MAX = 6 };

static void
put_difference(struct buf *b, const struct difference *d)
{
	const char *verb = d->expected.s == NULL ? "is left over" : d->actual.s == NULL ? "is missing" : "differs";

	buf_printf(b, "%s%.*s %.*s %s", b->n > 0 ? ", " : "", STR_ARG(d->kind), STR_ARG(d->object), verb);
}

static struct value
get_differences(const struct facts *f)
{
	const struct differences *list = &f->rollback->differences;
	struct buf b = BUF(f->arena);

	for (size_t i = 0; i < list->n && i < SHOWN_MAX; i++)
		put_difference(&b, &list->items[i]);
	if (list->n > SHOWN_MAX)
		buf_printf(&b, ", and %zu more", list->n - SHOWN_MAX);
	return b.n > 0 ? value_text(buf_text(&b)) : value_absent();
}

static struct value
words_of(const struct facts *f, const struct losses *list, bool reasons)
{
	struct buf b = BUF(f->arena);

	for (size_t i = 0; i < list->n && i < SHOWN_MAX; i++)
		buf_item(&b, reasons ? "; " : ", ", reasons ? list->items[i].reason : list->items[i].object);
	if (list->n > SHOWN_MAX)
		buf_printf(&b, " and %zu more", list->n - SHOWN_MAX);
	return b.n > 0 ? value_text(buf_text(&b)) : value_absent();
}

/* Those of the way back itself, or those of the migration. Beside one that is certain the doubtful ones are not told. */
static struct losses
losses_of(const struct facts *f, bool back)
{
	const struct losses *all = &f->rollback->losses;
	struct losses list = { 0 };
	bool certain = false;

	for (size_t i = 0; i < all->n; i++)
		certain = certain || (all->items[i].back == back && all->items[i].doubt.s == NULL);
	for (size_t i = 0; i < all->n; i++)
		if (all->items[i].back == back && (!certain || all->items[i].doubt.s == NULL))
			*vec_push(f->arena, &list) = all->items[i];
	return list;
}

static struct value
words_of_losses(const struct facts *f, bool back, bool reasons)
{
	struct losses list = losses_of(f, back);

	return words_of(f, &list, reasons);
}

static struct value
get_lost(const struct facts *f)
{
	return words_of_losses(f, false, false);
}

/* Unknown, and why, when each of them may not be. */
static struct value
count_losses(const struct facts *f, bool back)
{
	struct losses list = losses_of(f, back);

	return list.n > 0 && list.items[0].doubt.s != NULL ? value_unknown_because(list.items[0].doubt) : value_number((int64_t)list.n);
}

static struct value
get_losses(const struct facts *f)
{
	return count_losses(f, false);
}

static struct value
get_loss_reasons(const struct facts *f)
{
	return words_of_losses(f, false, true);
}

static struct value
get_erased(const struct facts *f)
{
	return words_of_losses(f, true, false);
}

static struct value
get_erased_count(const struct facts *f)
{
	return count_losses(f, true);
}

static struct value
get_erased_reasons(const struct facts *f)
{
	return words_of_losses(f, true, true);
}

/* Rows can be told apart by a condition; what another migration made is none of this one's business. */
static struct value
get_erased_instead(const struct facts *f)
{
	struct losses list = losses_of(f, true);
	struct buf drops = BUF(f->arena), rows = BUF(f->arena), b = BUF(f->arena);

	for (size_t i = 0; i < list.n; i++) {
		const struct loss *l = &list.items[i];
		if (!l->dropped)
			buf_item(&rows, ", ", l->object);
		else if (l->made.source == NULL)
			buf_item(&drops, ", ", l->object);
		else
			buf_item(&drops, ", ", str_printf(f->arena, "%.*s, which %.*s makes", STR_ARG(l->object), STR_ARG(file_name(l->made.source->path))));
	}
	if (drops.n > 0)
		buf_printf(&b, "-- the way back drops what this migration makes, and leaves %.*s", STR_ARG(buf_text(&drops)));
	if (rows.n > 0)
		buf_printf(&b, "%s-- in the way back, for %.*s: a condition that holds for the rows which the migration has brought, and for no others",
		    b.n > 0 ? "\n" : "", STR_ARG(buf_text(&rows)));
	return b.n > 0 ? value_text(buf_text(&b)) : value_absent();
}

static struct value
get_failure(const struct facts *f)
{
	return words_of(f, &f->rollback->failures, true);
}

static struct value
get_enum_value(const struct facts *f)
{
	return value_text(f->rollback->enum_value);
}

static struct value
get_adds_enum_value(const struct facts *f)
{
	return value_bool(f->rollback->enum_value.s != NULL);
}

static const struct field fields[] = {
	{ "verdict", FIELD_TEXT, "reversible, destructive, incomplete, failing, irreversible, empty or missing", get_verdict },
	{ "is_readable", FIELD_BOOL, "everything that runs was read, and what runs before it is known: no code of a function that is not in the files, none that is put together while it runs", get_readable },
	{ "is_expected", FIELD_BOOL, "most of the ten migrations before it have a way back", get_expected },
	{ "difference_count", FIELD_NUMBER, "how many objects or properties are not as they were", get_difference_count },
	{ "differences", FIELD_TEXT, "what is missing, left over or different, separated by commas; absent: nothing", get_differences },
	{ "loss_count", FIELD_NUMBER, "how many tables or columns lose data that was there before the migration by what the migration does", get_losses },
	{ "lost", FIELD_TEXT, "those tables and columns, separated by commas; absent: none", get_lost },
	{ "loss_reasons", FIELD_TEXT, "what loses them; absent: nothing", get_loss_reasons },
	{ "erased_count", FIELD_NUMBER, "how many lose such data by what the way back does", get_erased_count },
	{ "erased", FIELD_TEXT, "those tables and columns, separated by commas; absent: none", get_erased },
	{ "erased_reasons", FIELD_TEXT, "what loses them; absent: nothing", get_erased_reasons },
	{ "erased_instead", FIELD_TEXT, "for advice: what the way back does about them instead; absent: nothing is lost", get_erased_instead },
	{ "failure_reason", FIELD_TEXT, "why the way back fails; absent: nothing is known to fail", get_failure },
	{ "adds_enum_value", FIELD_BOOL, "it adds a value to an enum type, which nothing can remove", get_adds_enum_value },
	{ "enum_value", FIELD_TEXT, "that value; absent: none", get_enum_value },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_rollback[] = {
	{ .name = "migration_rollback", .doc = "a migration and its way back, one after the other", .fields = fields },
	{ .name = NULL }
};
