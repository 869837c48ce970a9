#include "catalog/spell.h"
#include "schema/schema.h"

static void
put_count(struct buf *out, size_t n, const char *one, const char *many)
{
	if (n > 0)
		buf_printf(out, "%zu %s\n", n, n == 1 ? one : many);
}

static size_t
columns_of(const struct relation *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->columns.n; i++)
		n += !r->columns.items[i]->dropped;
	return n;
}

static size_t
foreign_keys_of(const struct relation *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->constraints.n; i++)
		n += !r->constraints.items[i]->dropped && r->constraints.items[i]->kind == CONSTRAINT_FOREIGN_KEY;
	return n;
}

static void
put_part(struct buf *out, size_t n, const char *one, const char *many)
{
	if (n > 0)
		buf_printf(out, ", %zu %s", n, n == 1 ? one : many);
}

static void
put_table(struct buf *out, const struct catalog *c, const struct relation *r)
{
	size_t n = columns_of(r);

	buf_c(out, "  ");
	spell_relation(out, c, r);
	buf_printf(out, ": %zu %s", n, n == 1 ? "column" : "columns");
	put_part(out, r->indexes.n, "index", "indexes");
	put_part(out, foreign_keys_of(r), "foreign key", "foreign keys");
	put_part(out, r->partitions.n, r->kind == RELATION_PARTITIONED ? "partition" : "child",
	    r->kind == RELATION_PARTITIONED ? "partitions" : "children");
	put_part(out, r->triggers.n, "trigger", "triggers");
	put_part(out, r->policies.n, "policy", "policies");
	buf_c(out, r->assumed ? ", not wholly known\n" : "\n");
}

void
schema_summary(struct buf *out, const struct catalog *c)
{
	struct contents x;

	schema_contents(out->arena, c, &x);
	put_count(out, x.schemas.n, "schema", "schemas");
	put_count(out, x.types.n, "type", "types");
	put_count(out, x.functions.n, "function", "functions");
	put_count(out, x.sequences.n, "sequence", "sequences");
	put_count(out, x.views.n, "view", "views");
	put_count(out, x.tables.n, "table", "tables");
	for (size_t i = 0; i < x.tables.n; i++)
		put_table(out, c, x.tables.items[i]);
	put_count(out, x.assumed.n, "relation that no file creates", "relations that no file creates");
	for (size_t i = 0; i < x.assumed.n; i++) {
		buf_c(out, "  ");
		spell_relation(out, c, x.assumed.items[i]);
		buf_char(out, '\n');
	}
}
