#include "op/old_name.h"

#include "base/buf.h"
#include "op/failure.h"
#include "op/rename.h"

/* ---- what the view can show ---- */

struct change {
	struct op twin;                 /* names the table as it is called by then */
	const char *kind;
	struct str column;              /* likewise; STR_NONE: any */
};

static void
take_new_name(struct op *twin, const struct op *by)
{
	if (is_kind(by, "set_schema"))
		twin->target.schema = OP_DATA(by, struct rename)->new_name;
	else if (is_kind(by, "rename_table"))
		twin->target.name = OP_DATA(by, struct rename)->new_name;
}

static bool
is_change(const struct op *later, void *arg)
{
	struct change *c = arg;

	if (!op_names_same(later, &c->twin))
		return false;
	if (is_kind(later, c->kind) && (c->column.s == NULL || str_eq(later->column_name, c->column)))
		return true;
	take_new_name(&c->twin, later);
	if (is_kind(later, "rename_column") && c->column.s != NULL && str_eq(later->column_name, c->column))
		c->column = OP_DATA(later, struct rename)->new_name;
	return false;
}

/* STR_NONE: any column. Later statements may rename it, or the table, first. */
static bool
changes_later(const struct op *op, const char *kind, struct str column)
{
	struct change c = { *op, kind, column };

	take_new_name(&c.twin, op);
	return script_find_later(op, is_change, &c);
}

/* What a view shows can neither be dropped nor get another type. */
static bool
stays_as_it_is(const struct op *op, struct str column)
{
	return !changes_later(op, "drop_column", column) && !changes_later(op, "alter_column_type", column);
}

/* Behind the changes of type, if there are any, the view can show all columns but those that go. */
static bool
stays_there(const struct op *op, struct str column)
{
	return !changes_later(op, "drop_column", column);
}

static struct str
columns_that(const struct facts *f, bool (*stay)(const struct op *, struct str column))
{
	struct buf b = BUF(f->arena);
	const struct relation *r = f->op->table;

	if (r->assumed || stay(f->op, STR_NONE))
		return STR("*");
	for (size_t i = 0; i < r->columns.n; i++)
		if (!r->columns.items[i]->dropped && stay(f->op, r->columns.items[i]->name))
			buf_item(&b, ", ", sql_ident(f->arena, r->columns.items[i]->name));
	return b.n > 0 ? buf_text(&b) : STR("");
}

/* What a view that is made at once can show; if that is nothing, what it can show in the end. Empty: nothing. */
static struct str
kept_columns(const struct facts *f, bool *at_once)
{
	struct str kept = columns_that(f, stays_as_it_is);

	*at_once = kept.n > 0;
	return *at_once ? kept : columns_that(f, stays_there);
}

static const char *
view_place(const struct facts *f)
{
	if (f->op->table->assumed && !stays_as_it_is(f->op, STR_NONE))
		return "  -- behind the statements that drop or change columns";
	return changes_later(f->op, "alter_column_type", STR_NONE) ? "  -- behind the changes of type it can show all columns" : "";
}

/* ---- what was granted on the table ---- */

/* As the catalog names them and as SQL is written, of what a view passes on. */
static const struct { const char *name, *word; } passed_on[] = { { "select", "SELECT" }, { "insert", "INSERT" }, { "update", "UPDATE" }, { "delete", "DELETE" } };

static bool
is_for_same(const struct object *o, const struct object *like)
{
	return str_is(o->kind, "privilege") && (o->text.n > 0) == (like->text.n > 0) && str_eq(privilege_grantee(o->name), privilege_grantee(like->name));
}

/* An object whose name begins like this, for the grantee of the other one. */
static bool
is_granted(const struct relation *r, const struct object *like, const char *front)
{
	for (size_t i = 0; i < r->objects.n; i++)
		if (is_for_same(r->objects.items[i], like) && str_starts(r->objects.items[i]->name, front))
			return true;
	return false;
}

/* "SELECT, UPDATE (email)": all that its grantee has, on what the view shows. */
static struct str
granted_alike(const struct facts *f, const struct object *like)
{
	const struct relation *r = f->op->table;
	struct buf b = BUF(f->arena);

	for (size_t k = 0; k < sizeof passed_on / sizeof passed_on[0]; k++) {
		if (is_granted(r, like, str_c(f->arena, str_printf(f->arena, "%s to ", passed_on[k].name))))
			buf_item(&b, ", ", str_of(passed_on[k].word));
		for (size_t i = 0; i < r->columns.n; i++) {
			struct str column = r->columns.items[i]->name;
			struct str front = str_printf(f->arena, "column %.*s %s to ", STR_ARG(column), passed_on[k].name);
			if (!r->columns.items[i]->dropped && is_granted(r, like, str_c(f->arena, front)) && stays_as_it_is(f->op, column))
				buf_item(&b, ", ", str_printf(f->arena, "%s (%.*s)", passed_on[k].word, STR_ARG(sql_ident(f->arena, column))));
		}
	}
	return buf_text(&b);
}

static bool
is_first_alike(const struct relation *r, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (is_for_same(r->objects.items[i], r->objects.items[at]))
			return false;
	return str_is(r->objects.items[at]->kind, "privilege");
}

/* Who makes the view has them already. */
static bool
is_of_owner(const struct relation *r, struct str grantee)
{
	const struct object *owner = catalog_find_object(NULL, r, "owner", STR(""));

	return str_is(grantee, "current_user") || str_is(grantee, "session_user") || (owner != NULL && str_eq(owner->text, grantee));
}

static struct str
grants_on(const struct facts *f, struct str view)
{
	const struct relation *r = f->op->table;
	struct buf b = BUF(f->arena);

	for (size_t i = 0; i < r->objects.n; i++) {
		const struct object *o = r->objects.items[i];
		struct str to = is_first_alike(r, i) ? privilege_grantee(o->name) : STR_NONE;
		struct str all = to.s == NULL || is_of_owner(r, to) ? STR("") : granted_alike(f, o);
		if (all.n > 0)
			buf_printf(&b, "GRANT %.*s ON %.*s TO %.*s%s;\n", STR_ARG(all), STR_ARG(view),
			    STR_ARG(str_is(to, "public") ? STR("PUBLIC") : sql_ident(f->arena, to)), o->text.n > 0 ? " WITH GRANT OPTION" : "");
	}
	return b.n > 0 ? buf_text(&b) : str_printf(f->arena, "-- the view needs the grants of %.*s, which these files do not show\n", STR_ARG(view));
}

/* ---- the advice ---- */

/* What a file that follows makes under the old name fails as long as a view has it. */
static struct str
taken_later(const struct facts *f)
{
	struct str file = later_file_taking_name(f);

	return file.s == NULL ? STR("") : str_printf(f->arena, "\n-- and before %.*s, which gives that name to another one", STR_ARG(file));
}

struct str
keeping_old_name(const struct facts *f, struct str action)
{
	struct str old = field_find(f->op->kind, STR("table"))->get(f).text, now = field_find(f->op->kind, STR("new_relation"))->get(f).text;
	bool secured = f->op->table->row_security == YES || changes_later(f->op, "enable_row_security", STR_NONE), at_once;
	struct str shown = kept_columns(f, &at_once);

	if (shown.n == 0)
		return str_printf(f->arena, "-- this file drops every column that a view of the old name could show:\n-- release code that does not use %.*s, then ALTER TABLE %.*s %.*s",
		    STR_ARG(old), STR_ARG(old), STR_ARG(action));
	/* "CREATE VIEW": without security_invoker, which 15 brings, its owner's rights and policies decide, and an owner of the table has none */
	if (secured && f->pg_version < 15)
		return str_printf(f->arena, "-- before 15, all who may read a view of the old name would read past the row level security of the table:\n"
		    "-- release code that does not use %.*s, then ALTER TABLE %.*s %.*s", STR_ARG(old), STR_ARG(old), STR_ARG(action));
	return str_printf(f->arena, "ALTER TABLE %.*s %.*s;\n%s%sCREATE VIEW %.*s %sAS SELECT %.*s FROM %.*s;%s\n%.*s"
	    "-- in a later release, and before columns of %.*s are dropped or change their types: DROP VIEW %.*s;%.*s",
	    STR_ARG(old), STR_ARG(action),
	    secured ? "-- on no server before 15: without security_invoker, all who may read the view read past the row level security of the table\n" : "",
	    at_once ? "" : "-- behind the changes of type: ",
	    STR_ARG(old), secured ? "WITH (security_invoker = true) " : "", STR_ARG(shown), STR_ARG(now), at_once ? view_place(f) : "",
	    STR_ARG(at_once ? grants_on(f, old) : str_printf(f->arena, "-- the view needs the grants of %.*s\n", STR_ARG(old))), STR_ARG(now), STR_ARG(old), STR_ARG(taken_later(f)));
}
