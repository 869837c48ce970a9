#include "base/buf.h"
#include "op/concurrently.h"
#include "op/constraint.h"
#include "op/tenant.h"

/* ---- the design ---- */

struct value
tenant_get_configured(const struct facts *f)
{
	if (f->tenant == NULL)
		return value_absent();
	return f->tenant->detected ? value_unknown() : value_bool(true);
}

struct value
tenant_get_detected(const struct facts *f)
{
	return f->tenant == NULL ? value_absent() : value_bool(f->tenant->detected);
}

struct value
tenant_get_scoped(const struct facts *f)
{
	return f->tenant == NULL || f->op->table == NULL ? value_absent() : value_tri(tenant_is_scoped(f->tenant, f->op->table));
}

struct value
tenant_get_column(const struct facts *f)
{
	const struct column *c;

	if (f->tenant == NULL)
		return value_absent();
	c = f->op->table == NULL ? NULL : tenant_column(f->tenant, f->op->table);
	return value_text(sql_ident(f->arena, c != NULL ? c->name : f->tenant->column));
}

static struct str
root_words(const struct facts *f)
{
	const struct tenant_design *d = f->tenant;

	return d->root != NULL ? relation_words(f->arena, f->catalog, d->root) : d->config->root;
}

struct value
tenant_get_root(const struct facts *f)
{
	return f->tenant == NULL ? value_absent() : value_text(root_words(f));
}

struct value
tenant_get_root_column(const struct facts *f)
{
	if (f->tenant == NULL || f->tenant->root_column.s == NULL)
		return value_absent();
	return value_text(sql_ident(f->arena, f->tenant->root_column));
}

struct value
tenant_get_basis(const struct facts *f)
{
	const struct tenant_design *d = f->tenant;
	struct str root;

	if (d == NULL)
		return value_absent();
	if (!d->detected)
		return value_text(str_printf(f->arena, "%.*s is configured as the tenant column", STR_ARG(d->column)));
	root = root_words(f);
	return value_text(str_printf(f->arena, "No tenant design is configured, but %zu of %zu tables carry %.*s%s%.*s "
	    "(confidence %u %%)", d->carriers, d->tables, STR_ARG(d->column), root.n > 0 ? " that references " : "",
	    STR_ARG(root), d->confidence));
}

struct value
tenant_get_confidence(const struct facts *f)
{
	return f->tenant == NULL ? value_absent() : value_number(f->tenant->confidence);
}

static const struct tenant_table *
own_table(const struct facts *f)
{
	return tenant_table(f->tenant, f->op->table);
}

struct value
tenant_get_class(const struct facts *f)
{
	const struct tenant_table *t = own_table(f);

	return t == NULL ? value_absent() : value_text(str_of(tenant_class_word(t->class)));
}

struct value
tenant_get_reason(const struct facts *f)
{
	const struct tenant_table *t = own_table(f);

	return t == NULL ? value_absent() : value_text(t->reason);
}

static struct value
style(const struct facts *f, enum tenant_style s)
{
	if (f->tenant == NULL)
		return value_absent();
	return value_text(s == STYLE_USED ? STR("used") : s == STYLE_REFUSED ? STR("refused") : STR("unsaid"));
}

struct value
tenant_get_composite_keys(const struct facts *f)
{
	return style(f, f->tenant == NULL ? STYLE_UNSAID : f->tenant->composite_keys);
}

struct value
tenant_get_row_security(const struct facts *f)
{
	return style(f, f->tenant == NULL ? STYLE_UNSAID : f->tenant->row_security);
}

struct value
tenant_get_foreign_keys(const struct facts *f)
{
	return style(f, f->tenant == NULL ? STYLE_UNSAID : f->tenant->foreign_keys);
}

struct value
tenant_get_leading_indexes(const struct facts *f)
{
	return style(f, f->tenant == NULL ? STYLE_UNSAID : f->tenant->leading_indexes);
}

struct value
tenant_get_per_tenant_changes(const struct facts *f)
{
	return f->tenant == NULL ? value_absent() : value_bool(f->tenant->config->per_tenant_changes);
}

struct value
tenant_get_distributed(const struct facts *f)
{
	return f->op->table == NULL ? value_absent() : value_bool(f->op->table->distributed_by.n > 0);
}

struct value
tenant_get_type(const struct facts *f)
{
	const struct column *c = f->tenant == NULL ? NULL : tenant_pattern(f->tenant);

	return c == NULL ? value_absent() : value_text(type_format(f->arena, c->type));
}

static const struct constraint *
key_to(const struct relation *r, const struct relation *to)
{
	for (size_t i = 0; i < r->constraints.n; i++)
		if (r->constraints.items[i]->kind == CONSTRAINT_FOREIGN_KEY && r->constraints.items[i]->references == to)
			return r->constraints.items[i];
	return NULL;
}

/* A row that went with its tenant, step by step, is not to keep the tenant from going. */
static bool
goes_with_tenant(const struct facts *f)
{
	const struct relation *r = f->op->table;

	while (r != NULL && r != f->tenant->root) {
		const struct tenant_table *t = tenant_table(f->tenant, r);
		const struct relation *next = t != NULL && t->via != NULL ? t->via : f->tenant->root;
		const struct constraint *k = next == NULL ? NULL : key_to(r, next);
		if (k == NULL || k->on_delete != 'c')
			return false;
		r = next;
	}
	return r != NULL;
}

struct value
tenant_get_reference(const struct facts *f)
{
	return f->tenant == NULL ? value_absent() : value_text(str_printf(f->arena, "%.*s%s", STR_ARG(root_words(f)), goes_with_tenant(f) ? " ON DELETE CASCADE" : ""));
}

/* ---- tables ---- */

/* A column of another name says which tenant: "project" beside project_id. */
static bool
names_tenant(const struct tenant_design *d, const struct relation *r)
{
	for (size_t i = 0; i < r->constraints.n; i++) {
		const struct constraint *k = r->constraints.items[i];
		if (k->kind == CONSTRAINT_FOREIGN_KEY && k->references == d->root && k->columns.n == 1)
			return true;
	}
	return false;
}

/* A configured design wants an answer for every table: the column, or an entry in the list of exempt ones. */
struct value
tenant_get_needs(const struct facts *f)
{
	const struct tenant_table *t = own_table(f);

	if (t == NULL)
		return value_absent();
	if (t->class == TENANT_SCOPED || t->exempt || t->bookkeeping || t->table->assumed || t->table->reference_table ||
	    t->column != NULL)
		return value_bool(false);
	if (t->class == TENANT_UNCLEAR)
		return value_bool(!f->tenant->detected || (!tenant_is_join(t->table) && !names_tenant(f->tenant, t->table)));
	return f->tenant->detected ? value_bool(false) : value_unknown();
}

/* Nothing but ALTER TABLE enables it, so of a table the files create it is known. */
struct value
tenant_get_secured(const struct facts *f)
{
	const struct relation *r = f->op->table;

	return value_tri(r->row_security == UNKNOWN && !r->assumed ? NO : r->row_security);
}

struct value
tenant_get_forced(const struct facts *f)
{
	const struct relation *r = f->op->table;

	return value_tri(r->force_row_security == UNKNOWN && !r->assumed ? NO : r->force_row_security);
}

struct value
tenant_get_policies(const struct facts *f)
{
	int64_t n = 0;

	for (size_t i = 0; i < f->op->table->policies.n; i++)
		n += !f->op->table->policies.items[i]->dropped;
	return n == 0 && f->op->table->assumed ? value_unknown() : value_number(n);
}

/* ---- the tenant's column ---- */

struct value
tenant_get_is_tenant(const struct facts *f)
{
	const struct tenant_table *t = own_table(f);

	if (t == NULL)
		return value_absent();
	return value_bool(t->class == TENANT_SCOPED && !t->root && t->column == f->op->column);
}

static bool
is_text(struct type t)
{
	return t.dims == 0 && (str_is(t.name, "text") || str_is(t.name, "varchar") || str_is(t.name, "bpchar"));
}

struct value
tenant_get_type_differs(const struct facts *f)
{
	const struct column *pattern = f->tenant == NULL ? NULL : tenant_pattern(f->tenant), *c = f->op->column;

	if (pattern == NULL || c == NULL)
		return value_absent();
	if (!type_known(c->type))
		return value_unknown();
	return value_bool(!type_same_base(c->type, pattern->type) && !(is_text(c->type) && is_text(pattern->type)));
}

struct value
tenant_get_leads_to_root(const struct facts *f)
{
	const struct relation *r = f->op->table;

	if (f->tenant == NULL)
		return value_absent();
	for (size_t i = 0; i < r->constraints.n; i++) {
		const struct constraint *k = r->constraints.items[i];
		if (k->kind == CONSTRAINT_FOREIGN_KEY && k->enforced && tenant_carries(f->tenant, k))
			return value_bool(true);
	}
	return value_tri(r->assumed ? UNKNOWN : NO);
}

/* ---- foreign keys ---- */

static bool
is_inner(const struct tenant_table *t)
{
	return t != NULL && t->class == TENANT_SCOPED && !t->root;
}

struct value
tenant_get_between(const struct facts *f)
{
	if (f->tenant == NULL)
		return value_absent();
	return value_bool(is_inner(own_table(f)) && is_inner(tenant_table(f->tenant, f->op->references)));
}

struct value
tenant_get_carries(const struct facts *f)
{
	return f->tenant == NULL ? value_absent() : value_bool(tenant_carries(f->tenant, f->op->constraint));
}

struct value
tenant_get_nulls(const struct facts *f)
{
	const struct constraint *k = f->op->constraint;

	if (f->tenant == NULL)
		return value_absent();
	return value_bool(k->on_delete == 'n' && k->columns.n > 1 && tenant_in(f->tenant, k->columns.items, k->columns.n) &&
	    (k->set_columns.n == 0 || tenant_in(f->tenant, k->set_columns.items, k->set_columns.n)));
}

/* Without those that are the tenant's. */
static struct str
other_columns(const struct facts *f, const struct str *columns, size_t n)
{
	struct str all = STR_NONE;

	for (size_t i = 0; i < n; i++)
		if (!tenant_in(f->tenant, &columns[i], 1))
			all = str_printf(f->arena, "%.*s%s%.*s", STR_ARG(all), all.n > 0 ? ", " : "",
			    STR_ARG(sql_ident(f->arena, columns[i])));
	return all;
}

struct value
tenant_get_kept(const struct facts *f)
{
	const struct constraint *k = f->op->constraint;

	return f->tenant == NULL ? value_absent() : value_text(other_columns(f, k->columns.items, k->columns.n));
}

struct value
tenant_get_reference_columns(const struct facts *f)
{
	const struct constraint *k = f->op->constraint;

	return f->tenant == NULL ? value_absent()
	    : value_text(other_columns(f, k->reference_columns.items, k->reference_columns.n));
}

/* And the tenant's, as the table spells it. */
static struct str_list
with_tenant(const struct facts *f, const struct relation *r, const struct str *columns, size_t n)
{
	const struct column *tenant = tenant_column(f->tenant, r);
	struct str_list all = { NEW_ARRAY(f->arena, struct str, n + 1), 0, 0 };

	if (tenant != NULL && !str_in(tenant->name, columns, n))
		all.items[all.n++] = tenant->name;
	for (size_t i = 0; i < n; i++)
		all.items[all.n++] = columns[i];
	return all;
}

/* CREATE INDEX CONCURRENTLY is refused for a partitioned table; ON ONLY builds nothing (DefineIndex). */
static void
put_index(const struct facts *f, struct buf *b, const char *create, const struct relation *r, struct str name, const struct str_list *columns)
{
	bool partitioned = relation_is_partitioned(r) == YES;

	buf_printf(b, "-- %s(no transaction)%.*s\n", b->n > 0 ? "next migration " : "", STR_ARG(get_lock_timeout_off(f).text));
	buf_printf(b, "%s %s%.*s ON %s", create, partitioned ? "" : "CONCURRENTLY ", STR_ARG(sql_ident(f->arena, name)), partitioned ? "ONLY " : "");
	buf_printf(b, "%.*s (%.*s);%s\n", STR_ARG(relation_words(f->arena, f->catalog, r)), STR_ARG(ident_list(f->arena, columns->items, columns->n)),
	    partitioned ? "  -- and on each partition CONCURRENTLY, each then with ALTER INDEX ... ATTACH PARTITION" : "");
}

struct value
tenant_get_indexes(const struct facts *f)
{
	const struct constraint *k = f->op->constraint;
	struct buf b = BUF(f->arena);

	if (f->tenant == NULL)
		return value_absent();
	struct str_list to = with_tenant(f, k->references, k->reference_columns.items, k->reference_columns.n);
	struct str_list from = with_tenant(f, k->table, k->columns.items, k->columns.n);
	if (relation_find_key(k->references, to.items, to.n) == NULL)
		put_index(f, &b, "CREATE UNIQUE INDEX", k->references, catalog_object_name(f->arena, k->references->name, STR_NONE, STR("tenant_key")), &to);
	if (columns_are_indexed(k->table, from.items, from.n, NULL) != YES)
		put_index(f, &b, "CREATE INDEX", k->table, catalog_object_name(f->arena, k->table->name, STR_NONE, STR("tenant_fkey_idx")), &from);
	buf_c(&b, b.n > 0 ? "-- next migration" : "-- the indexes that it needs are there");
	return value_text(buf_text(&b));
}

/* ---- keys and indexes ---- */

static struct str
key_word(enum tenant_key key)
{
	switch (key) {
	case TENANT_KEY_SCOPED: return STR("scoped");
	case TENANT_KEY_SURROGATE: return STR("surrogate");
	case TENANT_KEY_THROUGH: return STR("through");
	default: return STR("natural");
	}
}

/* An expression that uses the column is as good as the column. */
static enum tenant_key
index_key(const struct facts *f, const struct index *index)
{
	const struct tenant_table *t = own_table(f);
	struct str *columns = NEW_ARRAY(f->arena, struct str, index->columns.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < index->columns.n; i++) {
		const struct index_column *c = &index->columns.items[i];
		if (c->name.s != NULL)
			columns[n++] = c->name;
		else if (t->column != NULL && expr_mentions_column(c->expr, t->column->name))
			return TENANT_KEY_SCOPED;
	}
	return tenant_key(f->tenant, f->op->table, columns, n);
}

struct value
tenant_get_key(const struct facts *f)
{
	const struct constraint *k = f->op->constraint;

	if (!is_inner(own_table(f)))
		return value_absent();
	if (f->op->index != NULL)
		return value_text(key_word(index_key(f, f->op->index->index)));
	if (k->kind != CONSTRAINT_PRIMARY_KEY && k->kind != CONSTRAINT_UNIQUE)
		return value_absent();
	return value_text(key_word(tenant_key(f->tenant, f->op->table, k->columns.items, k->columns.n)));
}

struct value
tenant_get_keyed(const struct facts *f)
{
	const struct constraint *k = f->op->constraint;

	if (f->tenant == NULL)
		return value_absent();
	struct str_list all = with_tenant(f, k->table, k->columns.items, k->columns.n);
	return value_bool(relation_find_key(k->table, all.items, all.n) != NULL);
}

/* ATExecAddIndexConstraint(): no constraint may stand on the index that becomes the primary key. */
static const struct relation *
successor(const struct constraint *k, const struct str_list *columns)
{
	const struct relation *found = relation_find_key(k->table, columns->items, columns->n);

	return found != NULL && k->kind == CONSTRAINT_PRIMARY_KEY && found->index->constraint != NULL ? NULL : found;
}

/* DROP CONSTRAINT is refused for a key that others point at. */
static void
put_swap(const struct facts *f, struct buf *b, struct str index, bool made)
{
	const struct constraint *k = f->op->constraint;
	struct str name = sql_ident(f->arena, k->name);

	if (k->kind != CONSTRAINT_PRIMARY_KEY && made)
		buf_printf(b, "-- then drop %.*s", STR_ARG(name));
	else if (k->kind != CONSTRAINT_PRIMARY_KEY)
		buf_printf(b, "-- drop %.*s; %.*s has the tenant column", STR_ARG(name), STR_ARG(index));
	else if (k->table->kind == RELATION_PARTITIONED || k->table->referenced_by.n > 0)
		buf_printf(b, "-- then make %.*s the primary key in the statement that drops %.*s%s", STR_ARG(index), STR_ARG(name),
		    k->table->referenced_by.n > 0 ? ", once no foreign key points at that" : "");
	else
		buf_printf(b, "%sALTER TABLE %.*s DROP CONSTRAINT %.*s, ADD PRIMARY KEY USING INDEX %.*s;", made ? "-- next migration\n" : "",
		    STR_ARG(relation_words(f->arena, f->catalog, k->table)), STR_ARG(name), STR_ARG(index));
}

struct value
tenant_get_swap(const struct facts *f)
{
	const struct constraint *k = f->op->constraint;
	const struct relation *found;
	struct buf b = BUF(f->arena);
	struct str name;

	if (f->tenant == NULL)
		return value_absent();
	struct str_list all = with_tenant(f, k->table, k->columns.items, k->columns.n);
	found = successor(k, &all);
	name = found != NULL ? found->name : catalog_object_name(f->arena, k->table->name, STR_NONE, STR("tenant_key"));
	if (found == NULL)
		put_index(f, &b, "CREATE UNIQUE INDEX", k->table, name, &all);
	put_swap(f, &b, sql_ident(f->arena, name), found == NULL);
	return value_text(buf_text(&b));
}

static bool
key_holds(const struct facts *f, struct str column)
{
	const struct constraint *k = f->op->constraint;

	return f->op->index != NULL ? index_has_key(f->op->index->index, column) : str_in(column, k->columns.items, k->columns.n);
}

/* infer_arbiter_indexes(): the order of the columns does not matter, a predicate does. */
struct value
tenant_get_upserted(const struct facts *f)
{
	const struct relation *r = f->op->table;
	size_t n = f->op->index != NULL ? f->op->index->index->columns.n : f->op->constraint->columns.n;
	bool partial = f->op->index != NULL && f->op->index->index->predicate != NULL;

	for (size_t i = 0; !partial && i < r->upserts.n; i++) {
		const struct str_list *columns = r->upserts.items[i];
		size_t held = 0;
		for (size_t k = 0; k < columns->n; k++)
			held += key_holds(f, columns->items[k]);
		if (held == n && columns->n == n)
			return value_bool(true);
	}
	return value_bool(false);
}

struct value
tenant_get_leads(const struct facts *f)
{
	const struct index *index = f->op->index->index;

	if (!is_inner(own_table(f)) || index->columns.n == 0)
		return value_absent();
	return value_bool(index->columns.items[0].name.s != NULL && tenant_in(f->tenant, &index->columns.items[0].name, 1));
}

struct value
tenant_get_serves(const struct facts *f)
{
	for (size_t i = 0; i < f->op->table->constraints.n; i++) {
		const struct constraint *k = f->op->table->constraints.items[i];
		if (k->kind == CONSTRAINT_FOREIGN_KEY && index_covers(f->op->index->index, k->columns.items, k->columns.n))
			return value_bool(true);
	}
	return value_bool(false);
}

/* ---- policies ---- */

static void
note_lookup(void *arg, const struct expr *e)
{
	bool *lookup = arg;

	*lookup = *lookup || e->kind == EXPR_SUBQUERY ||
	    (e->kind == EXPR_FUNCTION && volatile_builtin(e->name) == VOLATILITY_UNKNOWN);
}

/* A subquery or a function of the user's may find the tenant some other way. */
static enum tri
condition_keeps(const struct expr *e, struct str column)
{
	bool lookup = false;

	if (e == NULL || expr_mentions_column(e, column))
		return YES;
	expr_walk(e, note_lookup, &lookup);
	return lookup ? UNKNOWN : NO;
}

static bool
holds_role(struct str roles, struct str role)
{
	struct str one;

	while (str_cut(&roles, ',', &one))
		if (str_eq(str_trim(one), role))
			return true;
	return false;
}

/* Whoever the policy is for. */
static bool
is_for_all_of(const struct policy *restrictive, const struct policy *p)
{
	struct str rest = p->roles, role;

	while (!restrictive->to_public && str_cut(&rest, ',', &role))
		if (!holds_role(restrictive->roles, str_trim(role)))
			return false;
	return restrictive->to_public || !p->to_public;
}

/* Restrictive policies are ANDed, so one for all commands settles it (get_policies_for_relation). */
static bool
restricted(const struct relation *r, const struct policy *policy, struct str column)
{
	for (size_t i = 0; i < r->policies.n; i++) {
		const struct policy *p = r->policies.items[i];
		if (!p->dropped && !p->permissive && p->command == '*' && is_for_all_of(p, policy) && expr_mentions_column(p->using_expr, column) &&
		    condition_keeps(p->check_expr, column) == YES)
			return true;
	}
	return false;
}

/* The policies of a table that a subquery reads hold there, too (fireRIRrules()): whoever the policy is for sees rows of one tenant. */
static bool
shows_one_tenant(const struct facts *f, const struct relation *r, const struct policy *p)
{
	const struct tenant_table *t = tenant_table(f->tenant, r);
	bool all = r->policies.n > 0;

	if (t == NULL || t->column == NULL || r->row_security != YES)
		return false;
	for (size_t i = 0; i < r->policies.n; i++) {
		const struct policy *one = r->policies.items[i];
		all = all && (one->dropped || !one->permissive || one->command == 'a' || expr_mentions_column(one->using_expr, t->column->name));
	}
	return all || restricted(r, p, t->column->name);
}

/* x IN (SELECT ...) or EXISTS, which each row has to meet. */
static bool
has_to_be_found(const struct expr *e)
{
	bool found = e != NULL && e->kind == EXPR_SUBQUERY && (str_is(e->name, "any") || str_is(e->name, "exists"));

	for (size_t i = 0; e != NULL && e->kind == EXPR_AND && !found && i < e->nargs; i++)
		found = has_to_be_found(e->args[i]);
	return found;
}

static bool
relies_on_other(const struct facts *f, const struct policy *p)
{
	bool relies = (p->using_expr == NULL || has_to_be_found(p->using_expr)) && (p->check_expr == NULL || has_to_be_found(p->check_expr));

	for (size_t i = 0; relies && i < p->reads.n; i++)
		if (shows_one_tenant(f, p->reads.items[i], p))
			return true;
	return false;
}

/* Row security does not bind it, or it is what Supabase's own services connect as. */
static bool
sees_all(const struct catalog *c, struct str role)
{
	static const char *const services[] = { "service_role", "postgres", "supabase_admin", "supabase_auth_admin", "supabase_storage_admin", NULL };
	const struct object *made = catalog_find_object(c, NULL, "role", role);

	return str_among(role, services) || (made != NULL && (str_find(made->text, STR(" BYPASSRLS")) != (size_t)-1 || str_find(made->text, STR(" SUPERUSER")) != (size_t)-1));
}

static bool
is_for_services(const struct catalog *c, const struct policy *p)
{
	struct str rest = p->roles, role;

	while (str_cut(&rest, ',', &role))
		if (!sees_all(c, str_trim(role)))
			return false;
	return !p->to_public;
}

struct qualified {
	struct str table;
	bool found;
};

static void
note_qualified(void *arg, const struct expr *e)
{
	struct qualified *q = arg;

	q->found = q->found || (e->kind == EXPR_COLUMN && str_eq(e->schema, q->table));
}

/* It tests nothing but the tenant, and reads the same on another table. */
static bool
is_pattern(const struct policy *p, struct str column)
{
	struct qualified q = { p->table->name, false };

	if (p->dropped || !expr_mentions_column(p->using_expr, column))
		return false;
	for (size_t i = 0; i < p->table->columns.n; i++)
		if (!str_eq(p->table->columns.items[i]->name, column) && policy_uses_column(p, p->table->columns.items[i]))
			return false;
	expr_walk(p->using_expr, note_qualified, &q);
	return !q.found;
}

static struct str
pattern_of(const struct relation *r, struct str column)
{
	for (size_t i = 0; i < r->policies.n; i++)
		if (is_pattern(r->policies.items[i], column))
			return r->policies.items[i]->using_expr->text;
	return STR_NONE;
}

struct value
tenant_get_comparison(const struct facts *f)
{
	const struct tenant_table *t = own_table(f);
	struct str text;

	if (t == NULL || t->column == NULL)
		return value_absent();
	text = pattern_of(t->table, t->column->name);
	for (size_t i = 0; text.s == NULL && i < f->tenant->list.n; i++)
		text = pattern_of(f->tenant->list.items[i]->table, t->column->name);
	if (text.s != NULL)
		return value_text(text);
	const struct column *c = tenant_pattern(f->tenant);
	return value_text(str_printf(f->arena, "%.*s = current_setting('app.tenant')::%.*s", STR_ARG(sql_ident(f->arena, t->column->name)),
	    STR_ARG(type_format(f->arena, c == NULL ? t->column->type : c->type))));
}

struct value
tenant_get_policy_roles(const struct facts *f)
{
	const struct policy *p = f->op->policy;

	return value_text(p->to_public ? STR("PUBLIC") : p->roles);
}

struct value
tenant_get_keeps_apart(const struct facts *f)
{
	const struct tenant_table *t = own_table(f);
	const struct policy *p = f->op->policy;
	enum tri keeps;

	if (!is_inner(t))
		return value_absent();
	if (!p->permissive || restricted(t->table, p, t->column->name) || is_for_services(f->catalog, p) || relies_on_other(f, p))
		return value_bool(true);
	keeps = tri_and(condition_keeps(p->using_expr, t->column->name), condition_keeps(p->check_expr, t->column->name));
	return value_tri(keeps == NO && !p->to_public ? UNKNOWN : keeps);
}
