#include <string.h>

#include "catalog/tenant.h"

enum { MIN_CARRIERS = 4, UNMISTAKABLE = 30 };

/* ---- names ---- */

/* Column names that say "tenant", the clearest first; weight is what the name adds to the confidence. */
static const struct {
	const char *stem;
	unsigned weight;
} stems[] = { { "tenant", UNMISTAKABLE }, { "organization", 20 }, { "organisation", 20 }, { "org", 20 }, { "workspace", 20 },
	{ "account", 15 }, { "company", 15 }, { "team", 10 }, { "customer", 10 }, { "project", 10 }, { "shop", 10 },
	{ "merchant", 10 } };

/* "tenant_id", "tenantId" and "TenantUUID" are "tenant". 0: not such a name. */
static unsigned
name_weight(struct str name)
{
	static const char *const ends[] = { "_id", "id", "_uuid", "uuid", "_key", "" };

	for (size_t i = 0; i < sizeof stems / sizeof *stems; i++) {
		size_t n = strlen(stems[i].stem);
		if (!str_starts_nocase(name, stems[i].stem))
			continue;
		for (size_t e = 0; e < sizeof ends / sizeof *ends; e++)
			if (str_is_nocase(str_slice(name, n, name.n), ends[e]))
				return ends[e][0] == '\0' ? stems[i].weight / 2 : stems[i].weight;
	}
	return 0;
}

static bool
is_bookkeeping(struct str name)
{
	static const char *const names[] = { "schema_migrations", "ar_internal_metadata", "_prisma_migrations", "_sqlx_migrations",
		"__diesel_schema_migrations", "goose_db_version", "flyway_schema_history", "databasechangelog",
		"databasechangeloglock", "alembic_version", "django_migrations", "schema_version", "schema_lock", "gorp_migrations",
		"knex_migrations", "knex_migrations_lock", "atlas_schema_revisions", "refinery_schema_history" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_is_nocase(name, names[i]))
			return true;
	return false;
}

static bool
names_relation(struct str pattern, const struct relation *r)
{
	size_t dot = str_find_char(pattern, '.');

	if (dot == (size_t)-1)
		return str_glob(pattern, r->name);
	return str_glob(str_slice(pattern, 0, dot), r->schema) && str_glob(str_slice(pattern, dot + 1, pattern.n), r->name);
}

static bool
is_exempt(const struct tenant_config *config, const struct relation *r)
{
	for (size_t i = 0; i < config->exempt.n; i++)
		if (names_relation(config->exempt.items[i], r))
			return true;
	return false;
}

static char
folded(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/* Equal but for case and underscores. */
static bool
spelled_alike(struct str a, struct str b)
{
	size_t i = 0, j = 0;

	for (;;) {
		while (i < a.n && a.s[i] == '_')
			i++;
		while (j < b.n && b.s[j] == '_')
			j++;
		if (i == a.n || j == b.n)
			return i == a.n && j == b.n;
		if (folded(a.s[i++]) != folded(b.s[j++]))
			return false;
	}
}

static bool
holds_alike(const struct str *columns, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (spelled_alike(columns[i], name))
			return true;
	return false;
}

bool
tenant_in(const struct tenant_design *d, const struct str *columns, size_t n)
{
	return holds_alike(columns, n, d->column);
}

static struct column *
column_alike(const struct relation *r, struct str name)
{
	struct column *c = catalog_find_column(r, name);

	for (size_t i = 0; c == NULL && i < r->columns.n; i++)
		if (!r->columns.items[i]->dropped && spelled_alike(r->columns.items[i]->name, name))
			c = r->columns.items[i];
	return c;
}

struct column *
tenant_column(const struct tenant_design *d, const struct relation *r)
{
	return column_alike(r, d->column);
}

const char *
tenant_class_word(enum tenant_class class)
{
	static const char *const words[] = { "none", "scoped", "shared", "global", "unclear" };

	return words[class];
}

/* ---- the tables ---- */

static bool
is_judged(const struct relation *r)
{
	return !r->dropped && !r->is_partition && r->persistence != 't' &&
	    (r->kind == RELATION_TABLE || r->kind == RELATION_PARTITIONED);
}

static struct str
table_key(const struct relation *const *at)
{
	return (struct str){ (const char *)at, sizeof *at };
}

const struct tenant_table *
tenant_table(const struct tenant_design *d, const struct relation *r)
{
	return d == NULL || r == NULL ? NULL : map_get(&d->by_table, table_key(&r));
}

static struct tenant_table *
find(const struct tenant_design *d, const struct relation *r)
{
	return r == NULL ? NULL : map_get(&d->by_table, table_key(&r));
}

static void
add_tables(struct arena *a, struct tenant_design *d, const struct catalog *c)
{
	d->by_table = MAP(a);
	for (size_t i = 0; i < c->all.n; i++) {
		struct relation *r = c->all.items[i];
		struct tenant_table *t;
		if (!is_judged(r))
			continue;
		t = NEW(a, struct tenant_table);
		*t = (struct tenant_table){ .table = r, .exempt = is_exempt(d->config, r), .bookkeeping = is_bookkeeping(r->name) };
		*vec_push(a, &d->list) = t;
		*map_at(&d->by_table, table_key(&t->table)) = t;
	}
}

/* ---- the guess ---- */

struct guess {
	struct str column;
	unsigned weight;                /* of the name */
	size_t carriers, linked;
	size_t direct;                  /* foreign keys of that column alone to the root */
	size_t distributed;             /* Citus spreads that many tables by it */
	struct map roots;               /* &relation -> struct root_votes */
	const struct relation *root;
	struct str root_column;
};

struct root_votes {
	const struct relation *root;
	struct str column;
	size_t n;
};

static bool
counts(const struct tenant_table *t)
{
	return !t->exempt && !t->bookkeeping && t->table->columns.n > 0;
}

static void
vote(struct arena *a, struct guess *g, const struct constraint *k)
{
	struct root_votes *v = map_get(&g->roots, table_key((const struct relation *const *)&k->references));

	if (v == NULL) {
		v = NEW(a, struct root_votes);
		v->root = k->references;
		v->column = k->reference_columns.n > 0 ? k->reference_columns.items[0] : STR_NONE;
		*map_at(&g->roots, table_key(&v->root)) = v;
	}
	v->n++;
}

/* What the foreign keys of a table say about the column. */
static void
count_links(struct arena *a, struct guess *g, const struct relation *r)
{
	bool linked = false;

	for (size_t i = 0; i < r->constraints.n; i++) {
		const struct constraint *k = r->constraints.items[i];
		if (k->kind != CONSTRAINT_FOREIGN_KEY || k->references == NULL || k->references == r ||
		    !holds_alike(k->columns.items, k->columns.n, g->column))
			continue;
		linked = true;
		if (k->columns.n == 1)
			vote(a, g, k);
	}
	g->linked += linked;
}

static void
elect(struct guess *g)
{
	for (size_t i = 0; i < g->roots.n; i++) {
		const struct root_votes *v = g->roots.entries[i].value;
		if (v->n <= g->direct)
			continue;
		g->direct = v->n;
		g->root = v->root;
		g->root_column = v->column;
	}
}

static void
count_column(struct arena *a, const struct tenant_design *d, struct guess *g)
{
	g->roots = MAP(a);
	for (size_t i = 0; i < d->list.n; i++) {
		const struct relation *r = d->list.items[i]->table;
		if (!counts(d->list.items[i]) || column_alike(r, g->column) == NULL)
			continue;
		g->carriers++;
		g->distributed += spelled_alike(r->distributed_by, g->column);
		count_links(a, g, r);
	}
	elect(g);
}

static size_t
count_tables(const struct tenant_design *d, const struct relation *root)
{
	size_t n = 0;

	for (size_t i = 0; i < d->list.n; i++)
		n += counts(d->list.items[i]) && d->list.items[i]->table != root && !d->list.items[i]->table->assumed &&
		    !d->list.items[i]->table->reference_table;
	return n;
}

/* 0: not a tenant column. */
static unsigned
confidence_of(const struct tenant_design *d, const struct guess *g)
{
	size_t tables = count_tables(d, g->root), links = g->linked > g->distributed ? g->linked : g->distributed, votes = 0;

	for (size_t i = 0; i < g->roots.n; i++)
		votes += ((const struct root_votes *)g->roots.entries[i].value)->n;
	if (g->carriers < MIN_CARRIERS || g->carriers * 2 < tables)
		return 0;
	if (links * 2 < g->carriers && g->weight < UNMISTAKABLE)
		return 0;
	if (g->distributed == 0 && (g->root == NULL || g->direct * 5 < votes * 4 || g->direct < 2))
		return 0;
	tables = g->carriers > tables ? g->carriers : tables;
	return (unsigned)(40 * g->carriers / tables + 25 * links / g->carriers) + g->weight + (g->distributed > 0 ? 5 : 0);
}

static void
accept(struct tenant_design *d, const struct guess *g, unsigned confidence)
{
	d->column = g->column;
	d->root = g->root;
	d->root_column = g->root_column;
	d->confidence = confidence;
}

static size_t
count_spelling(const struct tenant_design *d, struct str name)
{
	size_t n = 0;

	for (size_t i = 0; i < d->list.n; i++)
		n += counts(d->list.items[i]) && catalog_find_column(d->list.items[i]->table, name) != NULL;
	return n;
}

/* Of tenant_id and "tenantId", which are one, what most tables say. */
static void
spell_column(struct tenant_design *d)
{
	size_t most = count_spelling(d, d->column);

	for (size_t i = 0; i < d->list.n; i++) {
		const struct column *c = counts(d->list.items[i]) ? tenant_column(d, d->list.items[i]->table) : NULL;
		size_t n = c == NULL ? 0 : count_spelling(d, c->name);
		if (n <= most)
			continue;
		most = n;
		d->column = c->name;
	}
}

static void
guess_column(struct arena *a, struct tenant_design *d)
{
	struct map seen = MAP(a);

	for (size_t i = 0; i < d->list.n; i++)
		for (size_t j = 0; j < d->list.items[i]->table->columns.n; j++) {
			struct guess g = { .column = d->list.items[i]->table->columns.items[j]->name };
			unsigned confidence;
			if ((g.weight = name_weight(g.column)) == 0 || map_has(&seen, g.column))
				continue;
			*map_at(&seen, g.column) = d;
			count_column(a, d, &g);
			confidence = confidence_of(d, &g);
			if (confidence > d->confidence)
				accept(d, &g, confidence);
		}
	if (d->confidence > 0)
		spell_column(d);
	d->detected = true;
}

/* ---- the configured design ---- */

static struct str
only_key_column(const struct relation *r)
{
	for (size_t i = 0; i < r->constraints.n; i++)
		if (r->constraints.items[i]->kind == CONSTRAINT_PRIMARY_KEY && r->constraints.items[i]->columns.n == 1)
			return r->constraints.items[i]->columns.items[0];
	return STR_NONE;
}

static void
use_config(struct arena *a, struct tenant_design *d)
{
	struct guess g = { .column = d->config->column };

	count_column(a, d, &g);
	accept(d, &g, 100);
	if (d->config->root.s == NULL)
		return;
	d->root = NULL;
	for (size_t i = 0; i < d->list.n && d->root == NULL; i++)
		if (names_relation(d->config->root, d->list.items[i]->table))
			d->root = d->list.items[i]->table;
	if (d->root != g.root || g.root_column.s == NULL)
		d->root_column = d->root == NULL ? STR_NONE : only_key_column(d->root);
}

/* ---- classes ---- */

static struct str
words(struct arena *a, const struct relation *r)
{
	return str_is(r->schema, "public") ? r->name : str_printf(a, "%.*s.%.*s", STR_ARG(r->schema), STR_ARG(r->name));
}

static void
set_class(struct tenant_table *t, enum tenant_class class, struct str reason)
{
	t->class = class;
	t->reason = reason;
}

static bool
is_linked(const struct tenant_design *d, const struct relation *r)
{
	for (size_t i = 0; i < r->constraints.n; i++) {
		const struct constraint *k = r->constraints.items[i];
		if (k->kind == CONSTRAINT_FOREIGN_KEY && tenant_in(d, k->columns.items, k->columns.n))
			return true;
	}
	return false;
}

static void
class_carriers(struct arena *a, struct tenant_design *d)
{
	for (size_t i = 0; i < d->list.n; i++) {
		struct tenant_table *t = d->list.items[i];
		t->root = t->table == d->root;
		t->column = tenant_column(d, t->table);
		if (t->root) {
			set_class(t, TENANT_SCOPED, STR("the table of tenants"));
		} else if (t->exempt) {
			set_class(t, TENANT_SHARED, STR("exempt in the configuration"));
		} else if (t->bookkeeping) {
			set_class(t, TENANT_GLOBAL, STR("migration bookkeeping"));
		} else if (t->table->reference_table) {
			set_class(t, TENANT_SHARED, STR("a Citus reference table"));
		} else if (t->column != NULL) {
			bool linked = is_linked(d, t->table);
			set_class(t, TENANT_SCOPED, str_printf(a, "carries %.*s%s", STR_ARG(t->column->name),
			    linked ? "" : ", without a foreign key on it"));
			d->carriers++;
			d->linked += linked;
		}
	}
}

/* A foreign key, or an INHERITS parent, that leads to a tenant's row. */
static const struct relation *
leads_to(const struct tenant_design *d, const struct relation *r)
{
	const struct tenant_table *t;

	for (size_t i = 0; i < r->constraints.n; i++) {
		const struct constraint *k = r->constraints.items[i];
		t = k->kind == CONSTRAINT_FOREIGN_KEY ? find(d, k->references) : NULL;
		if (t != NULL && k->references != r && (t->class == TENANT_SCOPED || t->class == TENANT_UNCLEAR))
			return t->table;
	}
	return NULL;
}

/* Children of scoped tables, and their children, until nothing changes. */
static void
class_children(struct arena *a, struct tenant_design *d)
{
	bool changed = true;

	while (changed) {
		changed = false;
		for (size_t i = 0; i < d->list.n; i++) {
			struct tenant_table *t = d->list.items[i];
			const struct relation *to = t->class == TENANT_NONE ? leads_to(d, t->table) : NULL;
			if (to == NULL)
				continue;
			t->via = to;
			set_class(t, TENANT_UNCLEAR, str_printf(a, "references %.*s, which %s, but has no %.*s", STR_ARG(words(a, to)),
			    to == d->root ? "is the table of tenants" : "holds rows of tenants", STR_ARG(d->column)));
			changed = true;
		}
	}
}

static void
class_rest(struct arena *a, struct tenant_design *d)
{
	for (size_t i = 0; i < d->list.n; i++) {
		struct tenant_table *t = d->list.items[i];
		if (t->class != TENANT_NONE)
			continue;
		set_class(t, TENANT_GLOBAL, STR("no foreign key connects it with rows of tenants"));
		for (size_t k = 0; k < t->table->referenced_by.n; k++) {
			const struct relation *by = t->table->referenced_by.items[k]->table;
			if (by == t->table)
				continue;
			set_class(t, TENANT_SHARED, str_printf(a, "%.*s references it, and it references no rows of tenants",
			    STR_ARG(words(a, by))));
			break;
		}
		if (t->table->assumed && t->table->columns.n == 0)
			set_class(t, TENANT_UNCLEAR, STR("it is not defined in these files"));
	}
}

bool
tenant_is_join(const struct relation *r)
{
	for (size_t i = 0; i < r->columns.n; i++) {
		bool referring = r->columns.items[i]->dropped;
		for (size_t k = 0; !referring && k < r->constraints.n; k++)
			referring = r->constraints.items[k]->kind == CONSTRAINT_FOREIGN_KEY &&
			    str_in(r->columns.items[i]->name, r->constraints.items[k]->columns.items, r->constraints.items[k]->columns.n);
		if (!referring)
			return false;
	}
	return r->columns.n > 1;
}

/* ---- styles ---- */

struct census {
	size_t scoped;
	size_t composite;               /* scoped tables whose primary key, or a foreign key of two columns, carries the column */
	size_t secured;
	size_t indexes, leading;        /* secondary indexes of scoped tables; those that lead with it */
	size_t distributed;
};

static bool
has_composite_key(const struct tenant_design *d, const struct relation *r)
{
	for (size_t i = 0; i < r->constraints.n; i++) {
		const struct constraint *k = r->constraints.items[i];
		const struct tenant_table *to = k->kind == CONSTRAINT_FOREIGN_KEY ? tenant_table(d, k->references) : NULL;
		if (k->columns.n > 1 && to != NULL && to->class == TENANT_SCOPED && !to->root && tenant_carries(d, k))
			return true;
	}
	return false;
}

static void
count_indexes(const struct tenant_design *d, const struct relation *r, struct census *n)
{
	for (size_t i = 0; i < r->indexes.n; i++) {
		const struct index *index = r->indexes.items[i]->index;
		if (index->constraint != NULL || index->columns.n < 2)
			continue;
		n->indexes++;
		n->leading += spelled_alike(index->columns.items[0].name, d->column);
	}
}

static enum tenant_style
style(enum tri configured, bool used)
{
	if (configured != UNKNOWN)
		return configured == YES ? STYLE_USED : STYLE_REFUSED;
	return used ? STYLE_USED : STYLE_UNSAID;
}

static void
find_styles(struct tenant_design *d)
{
	struct census n = { 0 };

	for (size_t i = 0; i < d->list.n; i++) {
		const struct tenant_table *t = d->list.items[i];
		n.distributed += t->table->distributed_by.n > 0;
		if (t->class != TENANT_SCOPED || t->root)
			continue;
		n.scoped++;
		n.composite += has_composite_key(d, t->table);
		n.secured += t->table->row_security == YES;
		count_indexes(d, t->table, &n);
	}
	d->distributed = n.distributed > 0;
	d->composite_keys = style(d->config->composite_keys, d->distributed || (n.composite >= 2 && n.composite * 4 >= n.scoped));
	d->row_security = style(d->config->row_security, n.secured > 0);
	d->foreign_keys = style(d->config->foreign_keys, d->linked * 2 >= d->carriers);
	d->leading_indexes = style(d->config->leading_indexes, n.leading >= 3 && n.leading * 4 >= n.indexes * 3);
}

/* ---- the design ---- */

const struct tenant_design *
tenant_configured(struct arena *a, const struct tenant_config *config)
{
	struct tenant_design *d;

	if (config->column.s == NULL)
		return NULL;
	d = NEW(a, struct tenant_design);
	*d = (struct tenant_design){ .config = config, .column = config->column, .confidence = 100, .by_table = MAP(a),
		.composite_keys = style(config->composite_keys, false), .row_security = style(config->row_security, false),
		.foreign_keys = style(config->foreign_keys, false),
		.leading_indexes = style(config->leading_indexes, false) };
	return d;
}

const struct tenant_design *
tenant_find(struct arena *a, const struct catalog *c, const struct tenant_config *config)
{
	struct tenant_design *d;

	if (config->column.s == NULL && config->no_detection)
		return NULL;
	d = NEW(a, struct tenant_design);
	*d = (struct tenant_design){ .config = config, .complete = true };
	add_tables(a, d, c);
	if (config->column.s != NULL)
		use_config(a, d);
	else
		guess_column(a, d);
	if (d->confidence == 0)
		return NULL;
	d->tables = count_tables(d, d->root);
	class_carriers(a, d);
	class_children(a, d);
	class_rest(a, d);
	find_styles(d);
	return d;
}

enum tri
tenant_is_scoped(const struct tenant_design *d, const struct relation *r)
{
	const struct tenant_table *t = tenant_table(d, r);

	if (d->complete)
		return tri_of(t != NULL && t->class == TENANT_SCOPED && !t->root);
	if (is_exempt(d->config, r) || is_bookkeeping(r->name) || (d->config->root.s != NULL && names_relation(d->config->root, r)))
		return NO;
	return tenant_column(d, r) != NULL ? YES : r->assumed ? UNKNOWN : NO;
}

/* ---- keys ---- */

bool
tenant_carries(const struct tenant_design *d, const struct constraint *k)
{
	const struct tenant_table *to = tenant_table(d, k->references);
	struct str other = to != NULL && to->root ? d->root_column : d->column;

	for (size_t i = 0; i < k->columns.n; i++)
		if (spelled_alike(k->columns.items[i], d->column))
			return i >= k->reference_columns.n || other.s == NULL || spelled_alike(k->reference_columns.items[i], other);
	return false;
}

/* Of a name whose values are made to be unlike any other: a token's hash is looked up before the tenant is known. */
static bool
is_secret(struct str name)
{
	static const char *const words[] = { "token", "hash", "secret", "nonce", "fingerprint", "uuid", "guid", "digest",
		"public_key", "api_key" };
	char lower[64];
	size_t n = name.n < sizeof lower ? name.n : sizeof lower;

	for (size_t i = 0; i < n; i++)
		lower[i] = folded(name.s[i]);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_find((struct str){ lower, n }, str_of(words[i])) != (size_t)-1)
			return true;
	return false;
}

static bool
is_surrogate(const struct relation *r, struct str name)
{
	const struct column *c = catalog_find_column(r, name);

	if (c == NULL)
		return false;
	return c->identity != 0 || c->sequence != NULL || c->type.serial || str_is(c->type.name, "uuid") ||
	    (c->default_expr != NULL && c->default_expr->kind == EXPR_FUNCTION) || is_secret(name) || str_is(name, "id");
}

/* A number or uuid that is called an id: made by another table, even where no foreign key says so. */
static bool
is_reference(const struct relation *r, struct str name)
{
	static const char *const types[] = { "int2", "int4", "int8", "uuid" };
	const struct column *c = catalog_find_column(r, name);
	bool named = str_ends(name, "_id") || str_ends(name, "Id");

	for (size_t i = 0; named && c != NULL && i < sizeof types / sizeof *types; i++)
		if (c->type.dims == 0 && str_is(c->type.name, types[i]))
			return true;
	return false;
}

/* What the table of tenants itself belongs to: its keys split the tenants into larger groups. */
static bool
is_above_root(const struct tenant_design *d, const struct relation *r)
{
	for (size_t i = 0; r != NULL && d->root != NULL && i < d->root->constraints.n; i++)
		if (d->root->constraints.items[i]->references == r)
			return true;
	return false;
}

static bool
is_through(const struct tenant_design *d, const struct relation *r, const struct str *columns, size_t n)
{
	for (size_t i = 0; i < r->constraints.n; i++) {
		const struct constraint *k = r->constraints.items[i];
		const struct tenant_table *to = k->kind == CONSTRAINT_FOREIGN_KEY ? tenant_table(d, k->references) : NULL;
		bool inside = to != NULL && (to->class == TENANT_SCOPED || to->class == TENANT_UNCLEAR || is_above_root(d, to->table));
		for (size_t j = 0; inside && j < k->columns.n; j++)
			inside = str_in(k->columns.items[j], columns, n);
		if (inside)
			return true;
	}
	return false;
}

enum tenant_key
tenant_key(const struct tenant_design *d, const struct relation *r, const struct str *columns, size_t n)
{
	if (tenant_in(d, columns, n))
		return TENANT_KEY_SCOPED;
	for (size_t i = 0; i < n; i++)
		if (is_surrogate(r, columns[i]))
			return TENANT_KEY_SURROGATE;
	for (size_t i = 0; i < n; i++)
		if (is_reference(r, columns[i]))
			return TENANT_KEY_THROUGH;
	return is_through(d, r, columns, n) ? TENANT_KEY_THROUGH : TENANT_KEY_NATURAL;
}

static const struct column *
most_common(const struct tenant_design *d)
{
	const struct column *best = NULL;
	size_t most = 0;

	for (size_t i = 0; i < d->list.n; i++) {
		const struct column *c = d->list.items[i]->column;
		size_t n = 0;
		if (c == NULL || !type_known(c->type) || (best != NULL && type_same_base(c->type, best->type)))
			continue;
		for (size_t j = 0; j < d->list.n; j++)
			n += d->list.items[j]->column != NULL && type_same_base(d->list.items[j]->column->type, c->type);
		if (n > most) {
			most = n;
			best = c;
		}
	}
	return most > 1 ? best : NULL;
}

const struct column *
tenant_pattern(const struct tenant_design *d)
{
	const struct column *c = d->root == NULL || d->root_column.s == NULL ? NULL : catalog_find_column(d->root, d->root_column);

	return c != NULL && type_known(c->type) ? c : most_common(d);
}
