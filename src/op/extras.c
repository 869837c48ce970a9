#include "op/extras.h"

#include "base/buf.h"
#include "op/failure.h"
#include "op/lower.h"

static bool
alters(const struct op *later, const struct op *op)
{
	return is_kind(later, "alter_function") && op_names_same(later, op);
}

static bool
sets_path(const struct op *later, const struct op *op)
{
	return function_op_sets_path(later) && op_names_same(later, op);
}

/* ALTER FUNCTION may have said nothing but SET search_path, which CREATE FUNCTION can say, too. */
static bool
only_set_path(const struct function *fn)
{
	for (size_t i = 0; i < fn->changes.n; i++)
		if (str_find(fn->changes.items[i], STR("search_path")) == (size_t)-1)
			return false;
	return true;
}

static bool
has_grants(const struct catalog *c, const struct function *fn)
{
	for (size_t i = 0; i < c->objects.n; i++) {
		const struct object *o = ((const struct slot *)c->objects.entries[i].value)->object;
		if (o != NULL && o->gone == &fn->dropped && str_is(o->kind, "privilege") && !o->brought)
			return true;
	}
	return false;
}

static enum tri
unless(bool again, enum tri there)
{
	return again ? NO : there;
}

struct extras
extras_lost(const struct facts *f, const struct function *fn)
{
	bool owned = fn != NULL && fn->marked && fn->owner.s != NULL, altered = fn != NULL && fn->changes.n > 0;
	bool granted = fn != NULL && fn->marked && ((!owned && !altered) || has_grants(f->catalog, fn));
	bool regranted = script_later(f->op, grant_op_names), again = script_later(f->op, alters) || ((fn == NULL || only_set_path(fn)) && script_later(f->op, sets_path));

	/* whoever gives back the grants of what no file makes knows what hung on it */
	if (fn == NULL && regranted)
		return (struct extras){ NO, NO, NO, NO };
	return (struct extras){
		.grants = unless(regranted, fn == NULL ? UNKNOWN : tri_of(granted)),
		.owner = unless(script_later(f->op, owner_op_names), fn == NULL ? UNKNOWN : tri_of(owned)),
		.comment = unless(script_later(f->op, comment_op_names), fn == NULL ? UNKNOWN : tri_of(fn->commented.s != NULL)),
		.options = unless(again, fn == NULL ? UNKNOWN : tri_of(altered)),
	};
}

enum tri
extras_any(const struct extras *e)
{
	if (e->grants == YES || e->owner == YES || e->comment == YES || e->options == YES)
		return YES;
	return e->grants == UNKNOWN || e->owner == UNKNOWN || e->comment == UNKNOWN || e->options == UNKNOWN ? UNKNOWN : NO;
}

struct str
extras_words(struct arena *arena, const struct extras *e)
{
	const struct { enum tri lost; const char *words; } parts[] = { { e->grants, "grants" }, { e->owner, "owner" }, { e->comment, "comments" }, { e->options, "SET options" } };
	struct buf b = BUF(arena);
	size_t last = 0;

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		last = parts[i].lost != NO ? i : last;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (parts[i].lost != NO)
			buf_item(&b, i == last ? " and " : ", ", str_of(parts[i].words));
	return buf_text(&b);
}
