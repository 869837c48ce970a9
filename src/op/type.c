#include "op/lower.h"
#include "op/operators.h"
#include "sql/deparse.h"

/* Composite, range and base types. A composite type is a relation, too: its attributes live in pg_attribute. */

struct attribute {
	struct str name;
	struct type type;
	struct str collation, collation_schema; /* the schema is as it is written */
};

struct payload {
	enum typekind kind;
	VEC(struct attribute) attributes;       /* of a composite type */
	struct type subtype;            /* of a range */
	bool collated;                  /* with a collation, */
	struct name collation;          /* which is this one */
	struct str multirange;          /* its multirange type */
	bool shell;                     /* CREATE TYPE name; */
	struct str definition;          /* of a range or base type, behind the name */
};

/* All that stands behind CREATE TYPE and the name. */
static struct str
definition_of(struct lowering *l, const void *node, const List *names)
{
	struct buf head = BUF(l->arena);
	struct str schema, name;

	names_from_list(l->arena, names, &schema, &name);
	buf_c(&head, "CREATE TYPE ");
	if (schema.s != NULL) {
		sql_put_ident(&head, schema);
		buf_char(&head, '.');
	}
	sql_put_ident(&head, name);
	return str_trim(sql_deparse_behind(l->arena, node, str_c(l->arena, buf_text(&head))));
}

static void
lower_composite(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const CompositeTypeStmt *st = node;
	struct op *op = lower_add(l, kind);
	struct payload *p = OP_DATA(op, struct payload);
	const ListCell *cell;

	op->target = lower_range_var(l, st->typevar);
	op->spans[SPAN_TYPE] = op->spans[SPAN_NAME] = op->target.span;
	p->kind = TYPE_COMPOSITE;
	foreach (cell, st->coldeflist) {
		const ColumnDef *d = lfirst(cell);
		struct attribute *a = vec_push(l->arena, &p->attributes);
		a->name = lower_text(l, d->colname);
		a->type = type_from_node(l->arena, d->typeName);
		a->collation = lower_collation(l, d->collClause, &a->collation_schema);
	}
}

static struct type
subtype_of(struct lowering *l, const CreateRangeStmt *st)
{
	const DefElem *d = lower_option(st->params, "subtype");

	return type_from_node(l->arena, d != NULL && IsA(d->arg, TypeName) ? d->arg : NULL);
}

/* DefineRange(), makeMultirangeTypeName() */
static struct str
multirange_of(struct lowering *l, const CreateRangeStmt *st, struct str name)
{
	const DefElem *d = lower_option(st->params, "multirange_type_name");
	size_t at = str_find(name, STR("range"));
	struct str schema, given = STR_NONE;

	if (d != NULL && IsA(d->arg, TypeName))
		names_from_list(l->arena, ((const TypeName *)d->arg)->names, &schema, &given);
	if (d != NULL)
		return given;
	return at == (size_t)-1 ? str_printf(l->arena, "%.*s_multirange", STR_ARG(name))
	    : str_printf(l->arena, "%.*smulti%.*s", STR_ARG(str_slice(name, 0, at)), STR_ARG(str_slice(name, at, name.n)));
}

static void
lower_range(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const CreateRangeStmt *st = node;
	const DefElem *collation = lower_option(st->params, "collation");
	struct op *op = lower_add(l, kind);
	struct payload *p = OP_DATA(op, struct payload);

	op->target = lower_name_list(l, st->typeName);
	op->spans[SPAN_TYPE] = op->spans[SPAN_NAME] = op->target.span;
	p->kind = TYPE_RANGE;
	p->definition = definition_of(l, st, st->typeName);
	p->subtype = subtype_of(l, st);
	p->collated = collation != NULL;
	if (collation != NULL && IsA(collation->arg, TypeName))
		names_from_list(l->arena, ((const TypeName *)collation->arg)->names, &p->collation.schema, &p->collation.name);
	p->multirange = multirange_of(l, st, op->target.name);
}

static void
lower_base(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const DefineStmt *st = node;
	struct op *op = lower_add(l, kind);
	struct payload *p = OP_DATA(op, struct payload);

	op->target = lower_name_list(l, st->defnames);
	op->spans[SPAN_TYPE] = op->spans[SPAN_NAME] = op->target.span;
	p->kind = TYPE_BASE;
	p->definition = definition_of(l, st, st->defnames);
	p->shell = st->definition == NIL;
}

static void
lower_alter(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const AlterTypeStmt *st = node;
	struct op *op = lower_add(l, kind);

	op->target = lower_name_list(l, st->typeName);
	op->spans[SPAN_TYPE] = op->spans[SPAN_NAME] = op->target.span;
}

static void
bind_alter(struct op *op, struct catalog *c)
{
	op->type = catalog_type(c, op->target, TYPE_BASE);
}

/* DefineRelation() with RELKIND_COMPOSITE_TYPE */
static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	if (OP_DATA(op, struct payload)->kind == TYPE_COMPOSITE)
		effects_create(e, catalog_target_schema(f->catalog, op->target), op->target.name);
}

static void
add_composite(struct op *op, struct catalog *c, const struct payload *p)
{
	struct relation *r = catalog_add_relation(c, catalog_target_schema(c, op->target), op->target.name, RELATION_COMPOSITE);

	r->born.place = (struct place){ op->statement->source, op->target.span };
	for (size_t i = 0; i < p->attributes.n; i++) {
		struct column *column = catalog_add_column(c, r, p->attributes.items[i].name);
		column->type = p->attributes.items[i].type;
		column->collation = p->attributes.items[i].collation;
		column->not_null = NO;
		type_note_user(c, column->type, r);
	}
}

static void
apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct payload *p = OP_DATA(op, struct payload);
	struct typedef_ *t = catalog_add_type(c, catalog_target_schema(c, op->target), op->target.name, p->kind);

	(void)session;
	t->born.place = (struct place){ op->statement->source, op->target.span };
	type_give_defaults(c, t);
	t->base = p->subtype;
	t->multirange = t->multirange_constructor = p->multirange;
	t->constructor = op->target.name;
	t->definition = p->definition;
	if (p->kind == TYPE_COMPOSITE)
		add_composite(op, c, p);
	op->type = t;
}

/* BuildDescForRelation() */
static struct str
composite_refused(const struct facts *f)
{
	const struct payload *p = OP_DATA(f->op, struct payload);
	struct str reason = STR_NONE;

	for (size_t i = 0; reason.s == NULL && i < p->attributes.n; i++) {
		const struct attribute *a = &p->attributes.items[i];
		reason = collation_missing(f, a->collation_schema, a->collation);
		if (reason.s == NULL)
			reason = collation_misfit(f, a->type, a->collation);
	}
	return reason;
}

/* DefineRange() */
static struct str
range_refused(const struct facts *f)
{
	const struct payload *p = OP_DATA(f->op, struct payload);

	return p->collated && collation_misfit(f, p->subtype, STR("any")).s != NULL ? STR("range collation specified but subtype does not support collation")
	    : collation_missing(f, p->collation.schema, p->collation.name);
}

/* ---- facts ---- */

static struct value
get_attribute_count(const struct facts *f)
{
	return value_number((int64_t)OP_DATA(f->op, struct payload)->attributes.n);
}

static struct value
get_subtype(const struct facts *f)
{
	struct type subtype = OP_DATA(f->op, struct payload)->subtype;

	return type_known(subtype) ? value_text(type_format(f->arena, subtype)) : value_absent();
}

static struct value
get_is_shell(const struct facts *f)
{
	return value_bool(OP_DATA(f->op, struct payload)->shell);
}

static const struct field composite_fields[] = {
	{ "attribute_count", FIELD_NUMBER, "how many attributes it has", get_attribute_count },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

static const struct field range_fields[] = {
	{ "range_subtype", FIELD_TEXT, "the type of the bounds", get_subtype },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

static const struct field base_fields[] = {
	{ "is_shell", FIELD_BOOL, "only the name, to be defined later", get_is_shell },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_type[] = {
	{ .name = "create_composite_type", .doc = "CREATE TYPE ... AS (...)", .node = T_CompositeTypeStmt, .subtype = -1,
	    .size = sizeof(struct payload), .fields = composite_fields, .lower = lower_composite, .effects = effects,
	    .refused = composite_refused, .apply = apply },
	{ .name = "create_range_type", .doc = "CREATE TYPE ... AS RANGE", .node = T_CreateRangeStmt, .subtype = -1,
	    .size = sizeof(struct payload), .fields = range_fields, .lower = lower_range, .refused = range_refused, .apply = apply },
	{ .name = "create_base_type", .doc = "CREATE TYPE ... (INPUT = ...)", .node = T_DefineStmt, .subtype = OBJECT_TYPE,
	    .size = sizeof(struct payload), .fields = base_fields, .lower = lower_base, .apply = apply },
	{ .name = "alter_base_type", .doc = "ALTER TYPE ... SET (...)", .node = T_AlterTypeStmt, .subtype = -1, .has = HAS_TYPE,
	    .lower = lower_alter, .bind = bind_alter },
	{ .name = NULL }
};
