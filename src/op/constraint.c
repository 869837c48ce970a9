#include "op/constraint.h"

/* ---- lowering ---- */

static void
columns_of_check(void *arg, const struct expr *e)
{
	struct new_constraint *k = arg;

	if (e->kind != EXPR_COLUMN)
		return;
	for (size_t i = 0; i < k->columns.n; i++)
		if (str_eq(k->columns.items[i], e->name))
			return;
	if (k->columns.n < k->columns.cap)
		k->columns.items[k->columns.n++] = e->name;
}

static void
count_columns(void *arg, const struct expr *e)
{
	if (e->kind == EXPR_COLUMN)
		(*(size_t *)arg)++;
}

static void
lower_check(struct lowering *l, struct new_constraint *k, const Constraint *c)
{
	size_t n = 0;

	k->check = lower_table_expr(l, c->raw_expr);
	expr_walk(k->check, count_columns, &n);
	k->columns.items = NEW_ARRAY(l->arena, struct str, n);
	k->columns.cap = n;
	expr_walk(k->check, columns_of_check, k);
}

static char
action_of(char action)
{
	return action == '\0' ? FKCONSTR_ACTION_NOACTION : action;
}

static void
lower_foreign_key(struct lowering *l, struct op *op, struct new_constraint *k, const Constraint *c)
{
	k->columns = lower_strings(l, c->fk_attrs);
	k->reference_columns = lower_strings(l, c->pk_attrs);
	k->set_columns = lower_strings(l, c->fk_del_set_cols);
	k->on_delete = action_of(c->fk_del_action);
	k->on_update = action_of(c->fk_upd_action);
	k->match = c->fk_matchtype == '\0' ? 's' : c->fk_matchtype;
	op->reference = lower_range_var(l, c->pktable);
	op->spans[SPAN_REFERENCES] = op->reference.span;
}

/* "=", or OPERATOR(public.=) */
static struct str
operator_of(struct lowering *l, const List *names)
{
	struct str schema, name;

	names_from_list(l->arena, names, &schema, &name);
	return schema.s == NULL ? name : str_printf(l->arena, "OPERATOR(%.*s.%.*s)", STR_ARG(sql_ident(l->arena, schema)), STR_ARG(name));
}

static void
lower_exclusion(struct lowering *l, struct new_constraint *k, const Constraint *c)
{
	const ListCell *cell;

	foreach (cell, c->exclusions) {
		struct index_column element = lower_index_column(l, linitial((List *)lfirst(cell)));
		element.operator = operator_of(l, lsecond((List *)lfirst(cell)));
		*vec_push(l->arena, &k->elements) = element;
		if (element.name.s != NULL)
			*vec_push(l->arena, &k->columns) = element.name;
	}
	k->predicate = lower_table_expr(l, c->where_clause);
}

static enum constraint_kind
kind_of(ConstrType type)
{
	switch (type) {
	case CONSTR_CHECK:
		return CONSTRAINT_CHECK;
	case CONSTR_FOREIGN:
		return CONSTRAINT_FOREIGN_KEY;
	case CONSTR_PRIMARY:
		return CONSTRAINT_PRIMARY_KEY;
	case CONSTR_UNIQUE:
		return CONSTRAINT_UNIQUE;
	case CONSTR_EXCLUSION:
		return CONSTRAINT_EXCLUSION;
	default:
		return CONSTRAINT_NOT_NULL;
	}
}

static void
lower_attributes(struct lowering *l, struct new_constraint *k, const Constraint *c)
{
	k->name = lower_text(l, c->conname);
	k->using_index = lower_text(l, c->indexname);
	k->method = lower_text(l, c->access_method);
	k->include = lower_strings(l, c->including);
	k->options = lower_parameters(l, c->options);
	k->not_enforced = (c->contype == CONSTR_CHECK || c->contype == CONSTR_FOREIGN) && !c->is_enforced;
	k->not_valid = (c->skip_validation && !l->creating) || k->not_enforced;
	k->deferrable = c->deferrable;
	k->initially_deferred = c->initdeferred;
	k->nulls_not_distinct = c->nulls_not_distinct;
	k->no_inherit = c->is_no_inherit;
	k->period = c->without_overlaps || c->fk_with_period;
	k->column_is_null = l->column_is_null && l->column.s != NULL;
	k->creating = l->creating;
}

static void
lower_spans(struct lowering *l, struct op *op, const Constraint *c)
{
	struct span own = l->action;

	if (c->location >= 0) {
		uint32_t off = lower_offset(l, c->location);
		own = locate_element(l->statement, off);
		op->spans[SPAN_ACTION] = own;
		op->spans[SPAN_KEYWORD] = locate_leading(l->statement, own, 2);
	}
	if (c->conname != NULL)
		op->spans[SPAN_CONSTRAINT] = locate_name(l->statement, own, str_of(c->conname));
}

struct op *
lower_constraint(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const Constraint *c = node;
	struct op *op = lower_add(l, kind);
	struct new_constraint *k = OP_DATA(op, struct new_constraint);

	k->kind = kind_of(c->contype);
	k->on_delete = k->on_update = 'a';
	lower_attributes(l, k, c);
	k->columns = lower_strings(l, c->keys);
	k->names_columns = k->columns.n > 0;
	if (c->contype == CONSTR_CHECK)
		lower_check(l, k, c);
	else if (c->contype == CONSTR_FOREIGN)
		lower_foreign_key(l, op, k, c);
	else if (c->contype == CONSTR_EXCLUSION)
		lower_exclusion(l, k, c);
	if (l->column.s != NULL && k->columns.n == 0 && c->contype != CONSTR_CHECK && k->using_index.s == NULL)
		*vec_push(l->arena, &k->columns) = l->column;
	if (k->columns.n == 1)
		op->column_name = k->columns.items[0];
	lower_spans(l, op, c);
	return op;
}

/* ---- binding ---- */

static const char *
name_label(enum constraint_kind kind)
{
	switch (kind) {
	case CONSTRAINT_CHECK:
		return "check";
	case CONSTRAINT_FOREIGN_KEY:
		return "fkey";
	case CONSTRAINT_PRIMARY_KEY:
		return "pkey";
	case CONSTRAINT_EXCLUSION:
		return "excl";
	case CONSTRAINT_NOT_NULL:
		return "not_null";
	default:
		return "key";
	}
}

struct str
constraint_index_name(struct catalog *c, const struct relation *table, const struct new_constraint *k)
{
	struct index index = { .table = (struct relation *)(uintptr_t)table };

	for (size_t i = 0; i < k->elements.n; i++)
		*vec_push(c->arena, &index.columns) = k->elements.items[i];
	for (size_t i = 0; k->elements.n == 0 && i < k->columns.n; i++)
		*vec_push(c->arena, &index.columns) = (struct index_column){ .name = k->columns.items[i] };
	index.include.items = k->include.items;
	index.include.n = k->include.n;
	return catalog_index_name(c, table, &index, name_label(k->kind), true);
}

/* "t" in a CHECK of t that has no such column: the row */
static bool
is_row(const struct relation *r, struct str name)
{
	return str_eq(name, r->name) && catalog_find_column(r, name) == NULL;
}

/* AddRelationNewConstraints(): a CHECK is named after its only variable, if that is no row. */
static struct str
choose_check_name(struct catalog *c, struct relation *r, const struct new_constraint *k)
{
	bool one = k->columns.n == 1 && !is_row(r, k->columns.items[0]) && !expr_has_star(k->check);

	return catalog_choose_name(c, r, k->columns.items, one, name_label(k->kind), true);
}

static struct str
choose_name(struct catalog *c, const struct op *op, const struct new_constraint *k)
{
	if (k->name.s != NULL)
		return k->name;
	if (k->using_index.s != NULL)
		return k->using_index;
	if (k->kind == CONSTRAINT_PRIMARY_KEY || k->kind == CONSTRAINT_UNIQUE || k->kind == CONSTRAINT_EXCLUSION)
		return constraint_index_name(c, op->table, k);
	if (k->kind == CONSTRAINT_CHECK)
		return choose_check_name(c, op->table, k);
	return catalog_choose_name(c, op->table, k->columns.items, k->columns.n, name_label(k->kind), true);
}

void
bind_constraint(struct op *op, struct catalog *c)
{
	struct new_constraint *k = OP_DATA(op, struct new_constraint);

	op->table = catalog_relation(c, op->target, RELATION_TABLE);
	for (size_t i = 0; i < k->columns.n; i++)
		if (k->kind != CONSTRAINT_CHECK || !is_row(op->table, k->columns.items[i]))
			(void)catalog_column(c, op->table, k->columns.items[i]);
	if (op->column_name.s != NULL)
		op->column = catalog_find_column(op->table, op->column_name);
	if (op->reference.name.s != NULL)
		op->references = catalog_relation(c, op->reference, RELATION_TABLE);
	if (k->using_index.s != NULL)
		op->index = catalog_slot_object(&c->relations, op->table->schema, k->using_index);
	k->chosen = choose_name(c, op, k);
}

/* ---- catalog ---- */

static void
take_primary_key(struct catalog *c, struct constraint *k)
{
	struct relation *other = k->references;

	for (size_t i = 0; i < other->constraints.n; i++) {
		const struct constraint *key = other->constraints.items[i];
		if (key->kind != CONSTRAINT_PRIMARY_KEY)
			continue;
		k->reference_index = key->index;
		for (size_t j = 0; j < key->columns.n; j++)
			*vec_push(c->arena, &k->reference_columns) = key->columns.items[j];
	}
}

static void
apply_reference(struct op *op, struct catalog *c, struct constraint *k, const struct new_constraint *from)
{
	k->references = op->references;
	k->on_delete = from->on_delete;
	k->on_update = from->on_update;
	k->match = from->match;
	for (size_t i = 0; i < from->set_columns.n; i++)
		*vec_push(c->arena, &k->set_columns) = from->set_columns.items[i];
	for (size_t i = 0; i < from->reference_columns.n; i++)
		*vec_push(c->arena, &k->reference_columns) = from->reference_columns.items[i];
	if (from->reference_columns.n == 0)
		take_primary_key(c, k);
	else
		k->reference_index = relation_find_key(k->references, k->reference_columns.items, k->reference_columns.n);
	catalog_push(c, &op->references->referenced_by, k);
}

/* DefineRelation(): the NOT NULL of a new table get their names behind those of the other constraints (18). */
static void
give_way(struct catalog *c, struct relation *r, struct str name)
{
	struct constraint *k = catalog_find_constraint(r, name);

	if (k != NULL && k->kind == CONSTRAINT_NOT_NULL && !k->name_given && k->born.statement == c->now.statement && k->columns.n == 1)
		catalog_rename_constraint(c, k, catalog_choose_name(c, r, k->columns.items, 1, "not_null", true));
}

struct constraint *
apply_constraint(struct op *op, struct catalog *c)
{
	const struct new_constraint *from = OP_DATA(op, struct new_constraint);
	struct constraint *k;

	if (from->creating && from->kind == CONSTRAINT_CHECK)
		give_way(c, op->table, from->chosen);
	k = catalog_add_constraint(c, op->table, from->chosen, from->kind);
	for (size_t i = 0; i < from->columns.n; i++)
		if (from->kind != CONSTRAINT_CHECK || !is_row(op->table, from->columns.items[i]))
			*vec_push(c->arena, &k->columns) = from->columns.items[i];
	k->check = from->check;
	k->valid = from->not_valid ? NO : YES;
	k->enforced = !from->not_enforced;
	k->deferrable = from->deferrable;
	k->initially_deferred = from->initially_deferred;
	k->no_inherit = from->no_inherit;
	k->period = from->period;
	k->name_given = from->name.s != NULL;
	k->born.place = (struct place){ op->statement->source, op->spans[SPAN_ACTION] };
	if (op->references != NULL)
		apply_reference(op, c, k, from);
	op->constraint = k;
	return k;
}

enum tri
constraint_scans(const struct op *op, const struct facts *f)
{
	const struct new_constraint *k = OP_DATA(op, struct new_constraint);

	(void)f;
	return tri_of(!k->not_valid && !k->creating);
}

/* ---- facts ---- */

static const struct new_constraint *
payload(const struct facts *f)
{
	return OP_DATA(f->op, struct new_constraint);
}

struct value
get_constraint_name(const struct facts *f)
{
	return value_text(sql_ident(f->arena, payload(f)->chosen));
}

struct value
get_name_given(const struct facts *f)
{
	return value_bool(payload(f)->name.s != NULL);
}

struct str
ident_list(struct arena *arena, const struct str *names, size_t n)
{
	struct str all = STR("");

	for (size_t i = 0; i < n; i++)
		all = str_printf(arena, "%.*s%s%.*s", STR_ARG(all), i > 0 ? ", " : "", STR_ARG(sql_ident(arena, names[i])));
	return all;
}

struct value
get_constraint_columns(const struct facts *f)
{
	return value_text(ident_list(f->arena, payload(f)->columns.items, payload(f)->columns.n));
}

struct value
get_column_count(const struct facts *f)
{
	return value_number((int64_t)payload(f)->columns.n);
}

struct value
get_not_valid(const struct facts *f)
{
	return value_bool(payload(f)->not_valid);
}

struct value
get_enforced(const struct facts *f)
{
	return value_bool(!payload(f)->not_enforced);
}

struct value
get_deferrable(const struct facts *f)
{
	return value_bool(payload(f)->deferrable);
}

struct value
get_creating(const struct facts *f)
{
	return value_bool(payload(f)->creating);
}

struct value
get_on_column(const struct facts *f)
{
	return value_bool(f->op->leader != NULL && !payload(f)->creating);
}

struct value
get_definition(const struct facts *f)
{
	const struct op *op = f->op;
	struct span own = op->spans[SPAN_ACTION], name = op->spans[SPAN_CONSTRAINT];

	/* a name that is cut is not found by what it becomes */
	if (name.len == 0 && payload(f)->name.s != NULL) {
		struct span word = locate_keywords(op->statement, own, "constraint");
		name = word.len > 0 ? locate_qualified(op->statement, locate_rest(op->statement, word).off) : name;
	}
	if (name.len > 0)
		own = span_of(name.off + name.len, own.off + own.len);
	struct str text = str_trim(source_text(op->statement->source, own));
	if (payload(f)->kind != CONSTRAINT_FOREIGN_KEY || !str_starts_nocase(text, "references"))
		return value_text(text);
	return value_text(str_printf(f->arena, "FOREIGN KEY (%.*s) %.*s", STR_ARG(get_constraint_columns(f).text), STR_ARG(text)));
}
