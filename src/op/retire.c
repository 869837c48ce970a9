#include "op/retire.h"

#include "base/buf.h"
#include "op/failure.h"

/*
 * RenameRelation() takes the row type along, but not indexes and sequences: another table of the name cannot make its own under their names, or
 * gets them under others.
 */

static struct str
old_name(const struct facts *f, struct str name)
{
	return sql_ident(f->arena, catalog_object_name(f->arena, name, STR_NONE, STR("old")));
}

static void
put_renamed(struct buf *b, const struct facts *f, const char *kind, const struct relation *r)
{
	buf_printf(b, "\nALTER %s %.*s RENAME TO %.*s;", kind, STR_ARG(relation_words(f->arena, f->catalog, r)), STR_ARG(old_name(f, r->name)));
}

static void
put_parts_renamed(struct buf *b, const struct facts *f, const struct relation *r)
{
	for (size_t i = 0; i < r->indexes.n; i++)
		put_renamed(b, f, "INDEX", r->indexes.items[i]);
	for (size_t i = 0; i < r->columns.n; i++)
		if (!r->columns.items[i]->dropped && r->columns.items[i]->sequence != NULL)
			put_renamed(b, f, "SEQUENCE", r->columns.items[i]->sequence);
	if (r->assumed)
		buf_str(b, STR("\n-- and its indexes and sequences: the new one makes its own under their names"));
}

static void
put_users(struct buf *b, const struct facts *f, const struct relation *r, struct str taken)
{
	struct buf keys = BUF(f->arena);

	if (f->op->cascade && taken.n > 0)
		buf_printf(b, "\n-- what CASCADE drops goes on with the old one, unless it is dropped by name: %.*s", STR_ARG(taken));
	for (size_t i = 0; !f->op->cascade && i < r->referenced_by.n; i++)
		if (!belongs_to(r->referenced_by.items[i]->table, r))
			buf_item(&keys, ", ", str_printf(f->arena, "%.*s of %.*s", STR_ARG(sql_ident(f->arena, r->referenced_by.items[i]->name)),
			    STR_ARG(relation_words(f->arena, f->catalog, r->referenced_by.items[i]->table))));
	if (keys.n > 0)
		buf_printf(b, "\n-- foreign keys go on pointing at the old one, unless they are dropped: %.*s", STR_ARG(buf_text(&keys)));
}

struct value
get_set_aside(const struct facts *f, struct str taken)
{
	const struct relation *r = f->op->table;
	struct relation old = *r;
	struct buf b = BUF(f->arena);

	old.name = catalog_object_name(f->arena, r->name, STR_NONE, STR("old"));
	buf_str(&b, STR("-- in the place of this statement, as a later one of the file takes the name:"));
	put_renamed(&b, f, op_may_be_missing(f->op) ? "TABLE IF EXISTS" : "TABLE", r);
	put_parts_renamed(&b, f, r);
	put_users(&b, f, r, taken);
	buf_printf(&b, "\n-- in a later release, when what is needed of its rows has been copied:\n%s %s%.*s%s;", f->op->kind->doc,
	    op_may_be_missing(f->op) ? "IF EXISTS " : "", STR_ARG(relation_words(f->arena, f->catalog, &old)), f->op->cascade ? " CASCADE" : "");
	return value_text(buf_text(&b));
}
