#include "op/retype.h"

#include "catalog/spell.h"
#include "op/column_def.h"
#include "op/concurrently.h"
#include "op/failure.h"

void
put_index_build(struct buf *b, const struct facts *f, const struct relation *r, const struct relation *on, struct str name)
{
	bool partitioned = relation_is_partitioned(on) == YES;

	buf_printf(b, "CREATE %sINDEX %s%.*s ON %.*s ", r->index->unique ? "UNIQUE " : "", partitioned ? "" : "CONCURRENTLY ",
	    STR_ARG(sql_ident(f->arena, name)), STR_ARG(words(f, on)));
	if (!str_is(r->index->method, "btree"))
		buf_printf(b, "USING %.*s ", STR_ARG(r->index->method));
	spell_index_rest(b, r);
	buf_char(b, ';');
}

/* ---- indexes ---- */

static bool
is_rebuilt(const struct facts *f, const struct relation *index)
{
	const struct relation_effect *e = effects_find(f->effects, index);

	return e != NULL && e->rebuild == YES;
}

static bool
is_referenced(const struct relation *index)
{
	const struct relation *r = index->index->table;

	for (size_t i = 0; i < r->referenced_by.n; i++)
		if (r->referenced_by.items[i]->reference_index == index)
			return true;
	return false;
}

/* A constraint, foreign key, partitioned index or REPLICA IDENTITY needs it. */
static bool
is_needed(const struct relation *index)
{
	return index->index->constraint != NULL || index->index->parent != NULL || index->index->identity || is_referenced(index);
}

static bool
is_dropped(const struct facts *f, const struct relation *index)
{
	return is_rebuilt(f, index) && !is_needed(index);
}

static bool
is_prebuilt(const struct facts *f, const struct relation *index)
{
	return is_dropped(f, index) && retype_collation_for(f, index->index).s != NULL;
}

static bool
is_remade(const struct facts *f, const struct relation *index)
{
	return is_dropped(f, index) && !is_prebuilt(f, index);
}

static struct relation
prebuilt(const struct facts *f, const struct relation *index)
{
	struct relation new = *index;

	new.name = catalog_object_name(f->arena, index->name, STR_NONE, STR("new"));
	return new;
}

static void
put_drop(struct buf *b, const struct facts *f, const struct relation *index)
{
	buf_printf(b, "DROP INDEX CONCURRENTLY %.*s;", STR_ARG(words(f, index)));
}

static void
put_build(struct buf *b, const struct facts *f, const struct relation *index)
{
	put_index_build(b, f, index, f->op->table, index->name);
}

/* pg_get_indexdef() writes the collation as long as the column has another one, so that the index keeps its file. */
static void
put_prebuild(struct buf *b, const struct facts *f, const struct relation *index)
{
	struct relation new = prebuilt(f, index);
	struct index collated = *index->index;

	collated.columns.items = NEW_ARRAY(f->arena, struct index_column, collated.columns.n);
	for (size_t i = 0; i < collated.columns.n; i++) {
		collated.columns.items[i] = index->index->columns.items[i];
		if (str_eq(collated.columns.items[i].name, f->op->column_name))
			collated.columns.items[i].collation = retype_collation_for(f, index->index);
	}
	new.index = &collated;
	put_index_build(b, f, &new, f->op->table, new.name);
}

static struct str
outside(const struct facts *f, const char *before, bool (*is)(const struct facts *, const struct relation *),
    void (*put)(struct buf *, const struct facts *, const struct relation *))
{
	const struct relation *r = f->op->table;
	struct buf b = BUF(f->arena);

	for (size_t i = 0; i < r->indexes.n; i++) {
		if (!is(f, r->indexes.items[i]))
			continue;
		buf_printf(&b, "%.*s\n", STR_ARG(b.n > 0 ? get_next_concurrently(f).text : STR("")));
		put(&b, f, r->indexes.items[i]);
	}
	return b.n == 0 ? STR("") : str_printf(f->arena, "%s(no transaction)%.*s%.*s", before, STR_ARG(get_lock_timeout_off(f).text), STR_ARG(buf_text(&b)));
}

/* No second one of the same meaning stands by while a unique index is gone. */
static struct str
unguarded(const struct facts *f)
{
	const struct relation *r = f->op->table;
	struct buf b = BUF(f->arena);
	size_t n = 0;

	for (size_t i = 0; i < r->indexes.n; i++)
		if (is_remade(f, r->indexes.items[i]) && r->indexes.items[i]->index->unique) {
			buf_item(&b, ", ", words(f, r->indexes.items[i]));
			n++;
		}
	return b.n == 0 ? STR("") : str_printf(f->arena, "-- until the last step nothing keeps duplicates out of what %.*s %s for: with one it fails, and ON CONFLICT that means %s fails meanwhile\n",
	    STR_ARG(buf_text(&b)), n > 1 ? "are" : "is", n > 1 ? "them" : "it");
}

/* Those that cannot go are told. */
static struct str
kept(const struct facts *f)
{
	const struct relation *r = f->op->table;
	struct buf b = BUF(f->arena);

	for (size_t i = 0; i < r->indexes.n; i++)
		if (is_rebuilt(f, r->indexes.items[i]) && is_needed(r->indexes.items[i]))
			buf_item(&b, ", ", words(f, r->indexes.items[i]));
	return b.n == 0 ? STR("") : str_printf(f->arena, "\n-- %.*s cannot go: only a second column of the new type, and the swap of names, spares the build under lock",
	    STR_ARG(buf_text(&b)));
}

struct value
get_index_drops(const struct facts *f)
{
	struct str prebuilds = outside(f, "-- ", is_prebuilt, put_prebuild), drops = outside(f, prebuilds.n > 0 ? "\n-- next migration " : "-- ", is_dropped, put_drop);

	return value_text(str_printf(f->arena, "%.*s%.*s%.*s%s%.*s", STR_ARG(unguarded(f)), STR_ARG(prebuilds), STR_ARG(drops), drops.n > 0 ? "\n-- next migration" : "",
	    STR_ARG(kept(f))));
}

struct value
get_index_builds(const struct facts *f)
{
	const struct relation *r = f->op->table;
	struct buf b = BUF(f->arena);

	for (size_t i = 0; i < r->indexes.n; i++) {
		struct relation new = prebuilt(f, r->indexes.items[i]);
		if (is_prebuilt(f, r->indexes.items[i]))
			buf_printf(&b, "\nALTER INDEX %.*s RENAME TO %.*s;", STR_ARG(words(f, &new)), STR_ARG(sql_ident(f->arena, r->indexes.items[i]->name)));
	}
	buf_str(&b, outside(f, "\n-- next migration ", is_remade, put_build));
	return value_text(b.n == 0 ? STR("") : buf_text(&b));
}

/* ---- constraints ---- */

/* ATAddForeignKeyConstraint(): of a partitioned table NOT VALID is refused before 18 */
static bool
is_spared(const struct facts *f, const struct constraint *k)
{
	return retype_rechecks(f, k) && k->parent == NULL &&
	    (k->kind == CONSTRAINT_CHECK || f->pg_version >= 18 || relation_is_partitioned(k->table) != YES);
}

struct spared_list {
	VEC(const struct constraint *) own, others;
};

static struct spared_list
spared(const struct facts *f)
{
	const struct relation *r = f->op->table;
	struct spared_list list = { 0 };

	for (size_t i = 0; i < r->constraints.n; i++)
		if (is_spared(f, r->constraints.items[i]))
			*vec_push(f->arena, &list.own) = r->constraints.items[i];
	for (size_t i = 0; i < r->referenced_by.n; i++)
		if (r->referenced_by.items[i]->table != r && is_spared(f, r->referenced_by.items[i]))
			*vec_push(f->arena, &list.others) = r->referenced_by.items[i];
	return list;
}

static void
put_addition(struct buf *b, const struct facts *f, const struct constraint *k)
{
	buf_printf(b, "ADD CONSTRAINT %.*s ", STR_ARG(sql_ident(f->arena, k->name)));
	spell_constraint(b, f->catalog, k);
	buf_c(b, " NOT VALID");
}

static void
put_statement(struct buf *b, const struct facts *f, const struct spared_list *list)
{
	buf_printf(b, "ALTER TABLE %.*s", STR_ARG(words(f, f->op->table)));
	for (size_t i = 0; i < list->own.n; i++)
		buf_printf(b, "\n  DROP CONSTRAINT %.*s,", STR_ARG(sql_ident(f->arena, list->own.items[i]->name)));
	buf_printf(b, "%s%.*s", list->own.n > 0 ? "\n  " : " ", STR_ARG(source_text(f->op->statement->source, f->op->spans[SPAN_ACTION])));
	for (size_t i = 0; i < list->own.n; i++) {
		buf_c(b, ",\n  ");
		put_addition(b, f, list->own.items[i]);
	}
	buf_char(b, ';');
}

static void
put_validation(struct buf *b, const struct facts *f, const struct constraint *k)
{
	buf_printf(b, "\n-- next migration\nALTER TABLE %.*s VALIDATE CONSTRAINT %.*s;", STR_ARG(words(f, k->table)), STR_ARG(sql_ident(f->arena, k->name)));
}

struct value
get_recheck_steps(const struct facts *f)
{
	struct spared_list list = spared(f);
	struct buf b = BUF(f->arena);

	for (size_t i = 0; i < list.others.n; i++)
		buf_printf(&b, "ALTER TABLE %.*s DROP CONSTRAINT %.*s;\n", STR_ARG(words(f, list.others.items[i]->table)),
		    STR_ARG(sql_ident(f->arena, list.others.items[i]->name)));
	put_statement(&b, f, &list);
	for (size_t i = 0; i < list.others.n; i++) {
		buf_printf(&b, "\nALTER TABLE %.*s ", STR_ARG(words(f, list.others.items[i]->table)));
		put_addition(&b, f, list.others.items[i]);
		buf_char(&b, ';');
	}
	for (size_t i = 0; i < list.own.n; i++)
		put_validation(&b, f, list.own.items[i]);
	for (size_t i = 0; i < list.others.n; i++)
		put_validation(&b, f, list.others.items[i]);
	return value_text(buf_text(&b));
}
