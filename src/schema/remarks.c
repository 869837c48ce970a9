#include "schema/schema.h"

#include <stdlib.h>
#include <string.h>

#include "catalog/spell.h"
#include "sql/ident.h"

/* ---- comments ---- */

struct str
schema_comment(const struct relation *r, const char *part, struct str name)
{
	const struct object *o = NULL;

	for (size_t i = 0; o == NULL && i < r->objects.n; i++) {
		const struct object *one = r->objects.items[i];
		size_t n = strlen(part);
		bool whole = n == 0 && one->name.n == 0;
		bool of_part = n > 0 && str_starts(one->name, part) && one->name.n == n + 1 + name.n &&
		    str_eq(str_slice(one->name, n + 1, one->name.n), name);
		if (str_is(one->kind, "comment") && (whole || of_part))
			o = one;
	}
	return o == NULL ? STR_NONE : o->text;
}

struct str
schema_comment_with(const struct contents *x, const bool *dropped)
{
	for (size_t i = 0; i < x->objects.n; i++)
		if (str_is(x->objects.items[i]->kind, "comment") && x->objects.items[i]->gone == dropped)
			return x->objects.items[i]->text;
	return STR_NONE;
}

/* ---- privileges ---- */

/* "select to alice" */
static struct privilege
privilege_of(struct str text, struct str column, bool grantable)
{
	size_t to = str_find(text, STR(" to "));

	return (struct privilege){ .column = column, .privilege = str_slice(text, 0, to), .grantee = privilege_grantee(text),
		.grantable = grantable };
}

static int
compare_privileges(const void *a, const void *b)
{
	const struct privilege *x = a, *y = b;
	int by_column = str_cmp(x->column, y->column), by_grantee = str_cmp(x->grantee, y->grantee);

	return by_column != 0 ? by_column : by_grantee != 0 ? by_grantee : str_cmp(x->privilege, y->privilege);
}

static void
sort(struct privilege_list *list)
{
	if (list->n > 1)
		qsort(list->items, list->n, sizeof *list->items, compare_privileges);
}

/* Who runs the statement has all of them already. */
static bool
is_of_owner(struct privilege p)
{
	return str_is(p.grantee, "current_user") || str_is(p.grantee, "session_user");
}

/* The name of the column that the text begins with: the longest there is, or one of the server's. */
static struct str
column_at(const struct relation *r, struct str text)
{
	struct str found = STR_NONE;

	for (size_t i = 0; i < r->columns.n; i++) {
		struct str name = r->columns.items[i]->name;
		if (!r->columns.items[i]->dropped && name.n > found.n && text.n > name.n && text.s[name.n] == ' ' &&
		    str_eq(str_slice(text, 0, name.n), name))
			found = name;
	}
	return found.n > 0 ? found : str_slice(text, 0, str_find_char(text, ' '));
}

void
schema_privileges(struct arena *arena, const struct relation *r, struct privilege_list *list)
{
	const struct object *owner = catalog_find_object(NULL, r, "owner", STR(""));

	for (size_t i = 0; i < r->objects.n; i++) {
		const struct object *o = r->objects.items[i];
		struct str rest = o->name, column = STR_NONE;
		struct privilege p;
		if (!str_is(o->kind, "privilege"))
			continue;
		if (str_starts(rest, "column ")) {
			rest = str_slice(rest, strlen("column "), rest.n);
			column = column_at(r, rest);
			rest = str_slice(rest, column.n + 1, rest.n);
		}
		p = privilege_of(rest, column, o->text.n > 0);
		if (!is_of_owner(p) && (owner == NULL || !str_eq(owner->text, p.grantee)))
			*vec_push(arena, list) = p;
	}
	sort(list);
}

/* "usage on schema app to web" */
static void
note_other(const struct contents *x, const struct object *o, struct privilege_list *list)
{
	size_t on = str_find(o->name, STR(" on ")), to = str_find(o->name, STR(" to "));
	struct privilege p;

	if (on == (size_t)-1 || to == (size_t)-1)
		return;
	p = privilege_of(str_printf(x->arena, "%.*s%.*s", STR_ARG(str_slice(o->name, 0, on)), STR_ARG(str_slice(o->name, to, o->name.n))),
	    STR_NONE, o->text.n > 0);
	if (!is_of_owner(p))
		*vec_push(x->arena, list) = p;
}

void
schema_privileges_with(const struct contents *x, const bool *dropped, struct privilege_list *list)
{
	for (size_t i = 0; i < x->objects.n; i++)
		if (str_is(x->objects.items[i]->kind, "privilege") && x->objects.items[i]->gone == dropped)
			note_other(x, x->objects.items[i], list);
	sort(list);
}

void
schema_privileges_on(const struct contents *x, struct str schema, struct privilege_list *list)
{
	struct str on = str_printf(x->arena, " on schema %.*s to ", STR_ARG(schema));
	const struct schema *s = catalog_slot_object(&x->catalog->schemas, STR(""), schema);

	for (size_t i = 0; i < x->objects.n; i++) {
		const struct object *o = x->objects.items[i];
		bool is_its = o->gone != NULL ? s != NULL && o->gone == &s->dropped : str_find(o->name, on) != (size_t)-1;
		if (str_is(o->kind, "privilege") && is_its)
			note_other(x, o, list);
	}
	sort(list);
}
