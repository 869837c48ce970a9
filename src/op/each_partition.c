#include "op/each_partition.h"

#include "op/concurrently.h"
#include "op/constraint.h"
#include "op/failure.h"

typedef void put_partition(struct buf *, const struct facts *, const struct relation *);

/* Those that hold rows. */
static void
put_leaves(struct buf *b, const struct facts *f, const struct relation *r, put_partition *put)
{
	for (size_t i = 0; i < r->partitions.n; i++)
		if (r->partitions.items[i]->kind == RELATION_PARTITIONED)
			put_leaves(b, f, r->partitions.items[i], put);
		else
			put(b, f, r->partitions.items[i]);
}

static struct str
name_of(const struct facts *f)
{
	return sql_ident(f->arena, OP_DATA(f->op, struct new_constraint)->chosen);
}

static void
put_addition(struct buf *b, const struct facts *f, const struct relation *r)
{
	if (foreign_key_is_taken_over(f, r))
		return;
	buf_printf(b, "ALTER TABLE %.*s ADD CONSTRAINT %.*s %.*s NOT VALID;\n", STR_ARG(words(f, r)), STR_ARG(name_of(f)), STR_ARG(get_definition(f).text));
}

static void
put_validation(struct buf *b, const struct facts *f, const struct relation *r)
{
	if (foreign_key_is_taken_over(f, r))
		return;
	buf_printf(b, "-- next migration\nALTER TABLE %.*s VALIDATE CONSTRAINT %.*s;\n", STR_ARG(words(f, r)), STR_ARG(name_of(f)));
}

struct value
get_foreign_key_steps(const struct facts *f)
{
	const struct relation *r = f->op->table;
	struct buf b = BUF(f->arena);

	if (f->pg_version >= 18) {
		put_addition(&b, f, r);
		put_validation(&b, f, r);
		return value_text(buf_text(&b));
	}
	buf_c(&b, "-- with each partition that there is in production:\n");
	put_leaves(&b, f, r, put_addition);
	put_leaves(&b, f, r, put_validation);
	buf_printf(&b, "-- next migration, which finds them all there:\nALTER TABLE %.*s ADD CONSTRAINT %.*s %.*s;", STR_ARG(words(f, r)), STR_ARG(name_of(f)),
	    STR_ARG(get_definition(f).text));
	return value_text(buf_text(&b));
}

/* ---- keys ---- */

static struct str
own_key(const struct facts *f, const struct relation *r)
{
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);
	struct str columns = k->columns.n > 0 ? k->columns.items[0] : STR_NONE;
	bool primary = k->kind == CONSTRAINT_PRIMARY_KEY;

	for (size_t i = 1; i < k->columns.n; i++)
		columns = str_printf(f->arena, "%.*s_%.*s", STR_ARG(columns), STR_ARG(k->columns.items[i]));
	return catalog_object_name(f->arena, r->name, primary ? STR_NONE : columns, primary ? STR("pkey") : STR("key"));
}

static void
put_build(struct buf *b, const struct facts *f, const struct relation *r)
{
	const struct new_constraint *k = OP_DATA(f->op, struct new_constraint);

	buf_printf(b, "%.*sCREATE UNIQUE INDEX CONCURRENTLY %.*s ON %.*s (%.*s)", STR_ARG(b->n > 0 ? STR("-- next migration (no transaction)\n") : STR("")),
	    STR_ARG(sql_ident(f->arena, own_key(f, r))), STR_ARG(words(f, r)), STR_ARG(ident_list(f->arena, k->columns.items, k->columns.n)));
	buf_printf(b, "%.*s;\n", STR_ARG(key_index_options(f)));
}

static void
put_own(struct buf *b, const struct facts *f, const struct relation *r)
{
	bool primary = OP_DATA(f->op, struct new_constraint)->kind == CONSTRAINT_PRIMARY_KEY;

	buf_printf(b, "ALTER TABLE %.*s ADD CONSTRAINT %.*s %s USING INDEX %.*s%s;\n", STR_ARG(words(f, r)), STR_ARG(sql_ident(f->arena, own_key(f, r))),
	    primary ? "PRIMARY KEY" : "UNIQUE", STR_ARG(sql_ident(f->arena, own_key(f, r))), key_deferral(f));
}

static void
put_attachment(struct buf *b, const struct facts *f, const struct relation *r)
{
	const struct relation index = { .schema = f->op->table->schema, .name = OP_DATA(f->op, struct new_constraint)->chosen };
	const struct relation own = { .schema = r->schema, .name = own_key(f, r) };

	buf_printf(b, "ALTER INDEX %.*s ATTACH PARTITION %.*s;\n", STR_ARG(words(f, &index)), STR_ARG(words(f, &own)));
}

static bool
has_levels(const struct relation *r)
{
	for (size_t i = 0; i < r->partitions.n; i++)
		if (r->partitions.items[i]->kind == RELATION_PARTITIONED)
			return true;
	return false;
}

struct value
get_key_steps(const struct facts *f)
{
	const struct relation *r = f->op->table;
	struct buf builds = BUF(f->arena), b = BUF(f->arena);

	put_leaves(&builds, f, r, put_build);
	buf_printf(&b, "-- with each partition that there is in production:\n-- (no transaction)%.*s\n%.*s-- next migration\n", STR_ARG(get_lock_timeout_off(f).text),
	    STR_ARG(buf_text(&builds)));
	put_leaves(&b, f, r, put_own);
	buf_printf(&b, "ALTER TABLE ONLY %.*s ADD CONSTRAINT %.*s %.*s;\n", STR_ARG(words(f, r)), STR_ARG(name_of(f)), STR_ARG(get_definition(f).text));
	if (has_levels(r))
		buf_c(&b, "-- partitions that have partitions get the key, ONLY, and are attached in the same way\n");
	else
		put_leaves(&b, f, r, put_attachment);
	return value_text(buf_text(&b));
}
