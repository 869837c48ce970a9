#include <string.h>

#include "op/domain.h"
#include "op/failure.h"
#include "op/lower.h"
#include "op/misplaced.h"
#include "op/operators.h"
#include "op/swap.h"

struct payload {
	struct type base;               /* of CREATE DOMAIN */
	struct str collation, collation_schema;
	struct expr *default_expr;      /* NULL: none; of ALTER DOMAIN: DROP DEFAULT */
	struct str name;                /* of the constraint, as given; STR_NONE: generated, or all of a CREATE DOMAIN */
	VEC(struct domain_constraint) constraints;      /* one for ALTER DOMAIN ... ADD */
	bool not_valid;
};

const struct typedef_ *
domain_of(const struct catalog *c, struct type type)
{
	const struct typedef_ *t = type.builtin || type.dims > 0 || !type_known(type) ? NULL : catalog_find_type(c, type.schema, type.name);

	return t != NULL && t->kind == TYPE_DOMAIN ? t : NULL;
}

/* The grammar makes a column "value" of VALUE. */
static struct str
condition_on(struct arena *arena, const struct expr *check, struct str column)
{
	return sql_exchange(arena, sql_exchange(arena, check->text, STR("value"), column), STR("VALUE"), column);
}

struct str
domain_constraint_on(struct arena *arena, const struct domain_constraint *k, struct str column)
{
	return k->check == NULL ? str_printf(arena, "(%.*s IS NOT NULL)", STR_ARG(column))
	    : str_printf(arena, "(%.*s)", STR_ARG(condition_on(arena, k->check, column)));
}

static const struct payload *
payload(const struct facts *f)
{
	return OP_DATA(f->op, struct payload);
}

static bool
is_not_null(const struct typedef_ *t)
{
	for (size_t i = 0; i < t->constraints.n; i++)
		if (t->constraints.items[i].check == NULL)
			return true;
	return false;
}

static struct domain_constraint *
find_constraint(const struct typedef_ *t, struct str name)
{
	for (size_t i = 0; i < t->constraints.n; i++)
		if (name.s != NULL && t->constraints.items[i].name.s != NULL && str_eq(t->constraints.items[i].name, name))
			return &t->constraints.items[i];
	return NULL;
}

/* ---- lowering ---- */

static void
lower_constraint_clause(struct lowering *l, struct payload *p, const Constraint *c)
{
	struct domain_constraint *k;

	if (c->contype == CONSTR_DEFAULT) {
		p->default_expr = lower_expr(l, c->raw_expr);
		return;
	}
	if (c->contype != CONSTR_CHECK && c->contype != CONSTR_NOTNULL)
		return;
	k = vec_push(l->arena, &p->constraints);
	k->name = lower_text(l, c->conname);
	k->check = c->contype == CONSTR_CHECK ? lower_expr(l, c->raw_expr) : NULL;
	k->valid = tri_of(!c->skip_validation);
}

static void
lower_create(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const CreateDomainStmt *st = node;
	struct op *op = lower_add(l, kind);
	struct payload *p = OP_DATA(op, struct payload);
	const ListCell *cell;

	op->target = lower_name_list(l, st->domainname);
	op->spans[SPAN_NAME] = op->target.span;
	p->base = type_from_node(l->arena, st->typeName);
	if (st->typeName->location >= 0)
		op->spans[SPAN_TYPE] = lower_name_span(l, st->typeName->location);
	p->collation = lower_collation(l, st->collClause, &p->collation_schema);
	foreach (cell, st->constraints)
		lower_constraint_clause(l, p, lfirst(cell));
}

static struct str
alter_kind(char subtype, const AlterDomainStmt *st)
{
	switch (subtype) {
	case 'T': return STR("set_domain_default");
	case 'N': return STR("drop_domain_not_null");
	case 'O': return STR("set_domain_not_null");
	case 'X': return STR("drop_domain_constraint");
	case 'V': return STR("validate_domain_constraint");
	default: return ((const Constraint *)st->def)->contype == CONSTR_NOTNULL ? STR("set_domain_not_null")
		: STR("add_domain_constraint");
	}
}

static void
lower_alter(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const AlterDomainStmt *st = node;
	struct op *op;
	struct payload *p;

	(void)kind;
	op = lower_add(l, op_kind_find(alter_kind(st->subtype, st)));
	p = OP_DATA(op, struct payload);
	op->target = lower_name_list(l, st->typeName);
	op->spans[SPAN_NAME] = op->spans[SPAN_TYPE] = op->target.span;
	op->spans[SPAN_ACTION] = locate_rest(l->statement, op->target.span);
	op->spans[SPAN_KEYWORD] = locate_leading(l->statement, op->spans[SPAN_ACTION], 3);
	op->part_if_exists = st->missing_ok;
	op->cascade = st->behavior == DROP_CASCADE;
	p->name = lower_text(l, st->name);
	if (st->subtype == 'T' && st->def != NULL)
		p->default_expr = lower_expr(l, st->def);
	if (st->subtype == 'C') {
		lower_constraint_clause(l, p, (const Constraint *)st->def);
		p->name = lower_text(l, ((const Constraint *)st->def)->conname);
		p->not_valid = ((const Constraint *)st->def)->skip_validation;
	}
	if (p->name.s != NULL)
		op->spans[SPAN_CONSTRAINT] = locate_name(l->statement, op->spans[SPAN_ACTION], p->name);
}

/* ---- binding ---- */

static void
bind(struct op *op, struct catalog *c)
{
	op->type = catalog_type(c, op->target, TYPE_DOMAIN);
}

static void
drop_bind(struct op *op, struct catalog *c)
{
	bind(op, c);
	bool is_there = find_constraint(op->type, OP_DATA(op, struct payload)->name) != NULL;

	op->noop = op->part_if_exists && !op->type->assumed && !is_there;
}

/* ---- effects ---- */

/* get_rels_with_domain(): tables and materialized views; of a partitioned table only what holds rows stays locked */
static void
scan_user(struct effects *e, struct relation *r, enum tri uses)
{
	if (r->dropped || uses == NO)
		return;
	if (r->kind == RELATION_TABLE || r->kind == RELATION_MATVIEW || r->kind == RELATION_UNKNOWN) {
		struct relation_effect *entry = effects_lock(e, r, SHARE);
		entry->scan = tri_or(entry->scan, uses);
	}
	for (size_t i = 0; i < r->partitions.n; i++)
		scan_user(e, r->partitions.items[i], uses);
}

/* validateDomainCheckConstraint(), validateDomainNotNullConstraint(); VALIDATE scans for a valid constraint, too */
static void
scan_users(const struct op *op, const struct facts *f, struct effects *e)
{
	for (size_t i = 0; i < op->type->users.n; i++)
		scan_user(e, op->type->users.items[i], type_is_used_by(f->catalog, op->type, op->type->users.items[i]));
	if (op->type->assumed)
		e->all_unknown = true;
}

static void
add_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	if (!OP_DATA(op, struct payload)->not_valid)
		scan_users(op, f, e);
}

/* AlterDomainNotNull(): nothing to do when it is so already */
static void
not_null_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	if (!is_not_null(op->type))
		scan_users(op, f, e);
}

/* ---- catalog ---- */

/* ChooseConstraintName() */
static struct str
chosen_name(const struct catalog *c, const struct typedef_ *t, const struct domain_constraint *k)
{
	const char *label = k->check == NULL ? "not_null" : "check";
	struct str name = k->name.s != NULL ? k->name : catalog_object_name(c->arena, t->name, STR_NONE, str_of(label));

	for (unsigned pass = 1; k->name.s == NULL && catalog_has_constraint(c, t->schema, name); pass++)
		name = catalog_object_name(c->arena, t->name, STR_NONE, str_printf(c->arena, "%s%u", label, pass));
	return name;
}

/* DefineDomain(): that of the type below when none is given; a NULL that needs no coercion is none. */
static const struct expr *
default_of(const struct catalog *c, const struct payload *p)
{
	const struct typedef_ *base = p->base.builtin ? NULL : catalog_find_type(c, p->base.schema, p->base.name);

	if (p->default_expr == NULL)
		return base == NULL || p->base.dims > 0 ? NULL : base->default_expr;
	return expr_is_null(p->default_expr) && p->base.builtin && p->base.nmods == 0 ? NULL : p->default_expr;
}

static void
create_apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct payload *p = OP_DATA(op, struct payload);
	struct typedef_ *t = catalog_add_type(c, catalog_target_schema(c, op->target), op->target.name, TYPE_DOMAIN);

	(void)session;
	t->born.place = (struct place){ op->statement->source, op->target.span };
	type_give_defaults(c, t);
	t->base = p->base;
	t->collation = p->collation;
	t->default_expr = default_of(c, p);
	for (size_t i = 0; i < p->constraints.n; i++) {
		struct domain_constraint k = p->constraints.items[i];
		k.name = chosen_name(c, t, &k);
		*vec_push(c->arena, &t->constraints) = k;
	}
	op->type = t;
}

static void
add_apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct payload *p = OP_DATA(op, struct payload);
	struct domain_constraint k = { .valid = YES };

	(void)session;
	if (p->constraints.n > 0)
		k = p->constraints.items[0];
	k.name = chosen_name(c, op->type, &k);
	if (k.check != NULL || !is_not_null(op->type))
		catalog_push(c, &op->type->constraints, k);
}

static void
drop_apply(struct op *op, struct catalog *c, struct session *session)
{
	struct typedef_ *t = op->type;
	struct str name = OP_DATA(op, struct payload)->name;

	(void)session;
	for (size_t i = t->constraints.n; i-- > 0;) {
		const struct domain_constraint *k = &t->constraints.items[i];
		if (name.s != NULL ? str_eq(k->name, name) : k->check == NULL)
			catalog_remove(c, &t->constraints, i);
	}
}

static void
validate_apply(struct op *op, struct catalog *c, struct session *session)
{
	struct domain_constraint *k = find_constraint(op->type, OP_DATA(op, struct payload)->name);

	(void)session;
	if (k != NULL)
		catalog_set(c, &k->valid, YES);
}

static void
default_apply(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	catalog_set(c, &op->type->default_expr, OP_DATA(op, struct payload)->default_expr);
}

static struct str
expressions_misplaced(const struct facts *f)
{
	const struct payload *p = OP_DATA(f->op, struct payload);
	struct str reason = misplaced(f, p->default_expr, "DEFAULT expressions");

	for (size_t i = 0; reason.s == NULL && i < p->constraints.n; i++)
		reason = misplaced(f, p->constraints.items[i].check, "check constraints");
	return reason;
}

/* DefineDomain() */
static struct str
create_refused(const struct facts *f)
{
	const struct payload *p = OP_DATA(f->op, struct payload);
	struct str missing = collation_missing(f, p->collation_schema, p->collation);

	if (missing.s == NULL)
		missing = expressions_misplaced(f);
	return missing.s != NULL || p->base.dims > 0 ? missing : collation_misfit(f, p->base, p->collation);
}

/* AlterDomainDropConstraint(), AlterDomainValidateConstraint() */
static struct str
constraint_refused(const struct facts *f)
{
	const struct typedef_ *t = f->op->type;
	struct str name = payload(f)->name;

	return t->assumed || t->kind != TYPE_DOMAIN || find_constraint(t, name) != NULL || catalog_unread_since(f->catalog, t->born, REACH_SCHEMA) ? STR_NONE
	    : str_printf(f->arena, "constraint \"%.*s\" of domain \"%.*s\" does not exist", STR_ARG(name), STR_ARG(t->name));
}

/* AlterDomainAddConstraint() */
static struct str
add_refused(const struct facts *f)
{
	const struct typedef_ *t = f->op->type;
	struct str name = payload(f)->name;

	return t->assumed || t->kind != TYPE_DOMAIN || find_constraint(t, name) == NULL ? expressions_misplaced(f)
	    : str_printf(f->arena, "constraint \"%.*s\" for domain \"%.*s\" already exists", STR_ARG(name), STR_ARG(t->name));
}

/* ---- facts ---- */

static struct value
get_base_type(const struct facts *f)
{
	return type_known(payload(f)->base) ? value_text(type_format(f->arena, payload(f)->base)) : value_unknown();
}

static struct value
get_not_null(const struct facts *f)
{
	for (size_t i = 0; i < payload(f)->constraints.n; i++)
		if (payload(f)->constraints.items[i].check == NULL)
			return value_bool(true);
	return value_bool(false);
}

static struct value
get_check(const struct facts *f)
{
	for (size_t i = 0; i < payload(f)->constraints.n; i++)
		if (payload(f)->constraints.items[i].check != NULL)
			return value_text(payload(f)->constraints.items[i].check->text);
	return value_absent();
}

static struct value
get_default(const struct facts *f)
{
	return payload(f)->default_expr == NULL ? value_absent() : value_text(payload(f)->default_expr->text);
}

static struct value
get_name(const struct facts *f)
{
	return value_text(payload(f)->name);
}

static struct value
get_not_valid(const struct facts *f)
{
	return value_bool(payload(f)->not_valid);
}

static struct value
get_domain(const struct facts *f)
{
	return value_text(op_target_words(f->arena, f->op));
}

/* The tables that are known to use the domain. */
static struct value
get_tables(const struct facts *f)
{
	const struct typedef_ *t = f->op->type;
	struct str all = STR_NONE;

	for (size_t i = 0; i < t->users.n; i++) {
		struct relation *r = t->users.items[i];
		if (r->dropped || type_is_used_by(f->catalog, t, r) == NO)
			continue;
		all = str_printf(f->arena, "%.*s%s%.*s", STR_ARG(all), all.n > 0 ? ", " : "",
		    STR_ARG(relation_words(f->arena, f->catalog, r)));
	}
	return all.n == 0 && t->assumed ? value_unknown() : value_text(all.n == 0 ? STR_NONE : all);
}

static struct value
get_read_tables(const struct facts *f)
{
	struct value tables = get_tables(f);

	return tables.state == VALUE_KNOWN ? tables : value_text(STR("what has a column of it"));
}

static struct value
get_is_used(const struct facts *f)
{
	struct value tables = get_tables(f);

	return tables.state == VALUE_UNKNOWN ? tables : value_bool(tables.state == VALUE_KNOWN);
}

/* A column of the domain in a table of its own, not in what it inherits from. */
typedef void put_column(struct buf *, const struct facts *, const struct relation *, const struct column *);

static bool
has_rows_of(const struct facts *f, const struct relation *r, const struct column *column)
{
	bool is_table = r->kind == RELATION_TABLE || r->kind == RELATION_PARTITIONED || r->kind == RELATION_UNKNOWN;

	return !r->dropped && is_table && !column->dropped && !column->inherited && !r->is_partition && type_is_based_on(f->catalog, column->type, f->op->type) == YES;
}

static struct str
column_steps(const struct facts *f, put_column *put)
{
	const struct typedef_ *t = f->op->type;
	struct buf b = BUF(f->arena);

	for (size_t i = 0; i < t->users.n; i++)
		for (size_t k = 0; k < t->users.items[i]->columns.n; k++)
			if (has_rows_of(f, t->users.items[i], t->users.items[i]->columns.items[k]))
				put(&b, f, t->users.items[i], t->users.items[i]->columns.items[k]);
	return b.n > 0 ? buf_text(&b) : STR_NONE;
}

/* Of ADD it is the new one, of VALIDATE the one of that name. */
static const struct domain_constraint *
checked_constraint(const struct facts *f)
{
	if (payload(f)->constraints.n > 0)
		return &payload(f)->constraints.items[0];
	return find_constraint(f->op->type, payload(f)->name);
}

static void
put_check(struct buf *b, const struct facts *f, const struct relation *r, const struct column *column)
{
	struct catalog *c = (struct catalog *)(uintptr_t)f->catalog;
	struct str name = sql_ident(f->arena, catalog_choose_name(c, (struct relation *)(uintptr_t)r, &column->name, 1, "check", true));
	struct str table = relation_words(f->arena, f->catalog, r);

	buf_printf(b, "\n-- next migration\nALTER TABLE %.*s ADD CONSTRAINT %.*s CHECK %.*s NOT VALID;"
	    "\n-- next migration\nALTER TABLE %.*s VALIDATE CONSTRAINT %.*s;", STR_ARG(table), STR_ARG(name),
	    STR_ARG(domain_constraint_on(f->arena, checked_constraint(f), sql_ident(f->arena, column->name))), STR_ARG(table), STR_ARG(name));
}

static void
put_not_null(struct buf *b, const struct facts *f, const struct relation *r, const struct column *column)
{
	if (relation_proves_not_null(r, column->name) != YES)
		buf_str(b, not_null_steps(f, r, column->name));
}

static struct value
get_checks_of_columns(const struct facts *f)
{
	struct str steps = checked_constraint(f) == NULL ? STR_NONE : column_steps(f, put_check);

	return value_text(steps.s != NULL ? steps
	    : STR("\n-- next migration, for what is there, at each table with a column of it:\n-- ALTER TABLE ... ADD CONSTRAINT ... CHECK (...) NOT VALID;"
	    "\n-- next migration\n-- ALTER TABLE ... VALIDATE CONSTRAINT ...;"));
}

static struct value
get_columns_not_null(const struct facts *f)
{
	struct str steps = column_steps(f, put_not_null);

	return value_text(steps.s != NULL ? steps
	    : STR("\n-- next migration, at each table with a column of it: CHECK (... IS NOT NULL) NOT VALID, then VALIDATE, then SET NOT NULL"));
}

static struct value
get_addition(const struct facts *f)
{
	return value_text(source_text(f->op->statement->source, f->op->spans[SPAN_ACTION]));
}

#define USER_FIELDS \
	{ "domain", FIELD_TEXT, "the domain, as it is named", get_domain }, \
	{ "tables", FIELD_TEXT, "the tables that have a column of this domain, separated by commas", get_tables }, \
	{ "read_tables", FIELD_TEXT, "the same, or words for tables that are not known", get_read_tables }, \
	{ "is_used", FIELD_BOOL, "a table has a column of this domain", get_is_used }
#define CHECK_FIELD \
	{ "column_checks", FIELD_TEXT, "for advice: the further migrations that check each column of the domain by a CHECK of its table; a comment where none is known", \
	    get_checks_of_columns }
#define FIELD_END { NULL, FIELD_BOOL, NULL, NULL }

static struct value
get_has_check(const struct facts *f)
{
	return value_bool(get_check(f).state == VALUE_KNOWN);
}

static const struct field create_fields[] = {
	{ "domain", FIELD_TEXT, "the domain, as it is named", get_domain },
	{ "base_type", FIELD_TEXT, "the type it is based on", get_base_type },
	{ "is_not_null", FIELD_BOOL, "NOT NULL is given", get_not_null },
	{ "check", FIELD_TEXT, "its (first) CHECK; absent: none", get_check },
	{ "has_check", FIELD_BOOL, "there is one", get_has_check },
	{ "default", FIELD_TEXT, "its default; absent: none", get_default },
	FIELD_END
};

static const struct field add_fields[] = {
	{ "constraint_name", FIELD_TEXT, "name of the constraint; absent: generated", get_name },
	{ "check", FIELD_TEXT, "the condition", get_check },
	{ "not_valid", FIELD_BOOL, "NOT VALID is given", get_not_valid },
	{ "addition", FIELD_TEXT, "ADD ... as written", get_addition },
	USER_FIELDS,
	CHECK_FIELD,
	FIELD_END
};

static const struct field constraint_fields[] = {
	{ "constraint_name", FIELD_TEXT, "name of the constraint; absent: not given", get_name },
	USER_FIELDS,
	CHECK_FIELD,
	{ "columns_not_null", FIELD_TEXT, "for advice: the migrations that make each column of the domain NOT NULL by itself; a comment where none is known", get_columns_not_null },
	FIELD_END
};

static const struct field default_fields[] = {
	{ "default", FIELD_TEXT, "the new default; absent: it is dropped", get_default },
	USER_FIELDS,
	FIELD_END
};

#define ALTER .has = HAS_TYPE, .size = sizeof(struct payload), .lower = lower_alter

const struct op_kind op_kinds_domain[] = {
	{ .name = "create_domain", .doc = "CREATE DOMAIN", .node = T_CreateDomainStmt, .subtype = -1,
	    .size = sizeof(struct payload), .fields = create_fields, .lower = lower_create, .refused = create_refused, .apply = create_apply },
	{ .name = "add_domain_constraint", .doc = "ALTER DOMAIN ... ADD CHECK", .node = T_AlterDomainStmt, .subtype = -1, ALTER,
	    .fields = add_fields, .bind = bind, .effects = add_effects, .refused = add_refused, .apply = add_apply },
	{ .name = "drop_domain_constraint", .doc = "ALTER DOMAIN ... DROP CONSTRAINT", ALTER, .fields = constraint_fields,
	    .bind = drop_bind, .refused = constraint_refused, .apply = drop_apply },
	{ .name = "validate_domain_constraint", .doc = "ALTER DOMAIN ... VALIDATE CONSTRAINT", ALTER,
	    .fields = constraint_fields, .bind = bind, .effects = scan_users, .refused = constraint_refused,
	    .apply = validate_apply },
	{ .name = "set_domain_not_null", .doc = "ALTER DOMAIN ... SET NOT NULL", ALTER, .fields = constraint_fields,
	    .bind = bind, .effects = not_null_effects, .apply = add_apply },
	{ .name = "drop_domain_not_null", .doc = "ALTER DOMAIN ... DROP NOT NULL", ALTER, .fields = constraint_fields,
	    .bind = bind, .apply = drop_apply },
	{ .name = "set_domain_default", .doc = "ALTER DOMAIN ... SET DEFAULT, DROP DEFAULT", ALTER, .fields = default_fields,
	    .bind = bind, .refused = expressions_misplaced, .apply = default_apply },
	{ .name = NULL }
};
