#include "op/column_def.h"

#include "op/failure.h"
#include "op/operators.h"

#include "op/constraint.h"

/* End of a clause that starts at off: the next top-level comma or parenthesis of the statement. */
static struct span
type_span(struct lowering *l, const TypeName *type)
{
	return type == NULL || type->location < 0 ? (struct span){ 0, 0 }
	    : locate_qualified(l->statement, lower_offset(l, type->location));
}

static void
take_generated(struct column_def *d, const Constraint *c)
{
	d->generated = c->generated_kind == '\0' ? 's' : c->generated_kind;
}

struct name
lower_sequence_name(struct lowering *l, const List *options)
{
	const DefElem *d = lower_option(options, "sequence_name");
	struct name name = { STR_NONE, STR_NONE, { 0, 0 } };

	if (d != NULL && IsA(d->arg, List))
		names_from_list(l->arena, d->arg, &name.schema, &name.name);
	return name;
}

static void
take_clause(struct lowering *l, struct column_def *d, const Constraint *c)
{
	switch (c->contype) {
	case CONSTR_NOTNULL:
		d->not_null = d->not_null_said = true;
		d->not_null_name = lower_text(l, c->conname);
		d->no_inherit = c->is_no_inherit;
		break;
	case CONSTR_PRIMARY:
		d->not_null = d->primary_key = true;
		break;
	case CONSTR_IDENTITY:
		d->identity = c->generated_when;
		d->not_null = true;
		d->sequence = lower_sequence_settings(l, c->options);
		d->sequence_name = lower_sequence_name(l, c->options);
		break;
	case CONSTR_GENERATED:
		take_generated(d, c);
		d->default_expr = lower_table_expr(l, c->raw_expr);
		break;
	case CONSTR_DEFAULT:
		d->default_expr = lower_table_expr(l, c->raw_expr);
		d->default_span = (struct span){ lower_offset(l, c->location), 0 };
		d->default_span = locate_leading(l->statement, (struct span){ d->default_span.off, 7 }, 1);
		break;
	case CONSTR_NULL:
		d->null = true;
		break;
	default:
		break;
	}
}

struct column_def
lower_column_def(struct lowering *l, const ColumnDef *c)
{
	struct column_def d = { .name = lower_text(l, c->colname), .type = type_from_node(l->arena, c->typeName) };
	const ListCell *cell;

	d.span = lower_name_span(l, c->location);
	d.type_span = type_span(l, c->typeName);
	d.options = lower_foreign_options(l, c->fdwoptions);
	d.collation = lower_collation(l, c->collClause, &d.collation_schema);
	foreach (cell, c->constraints)
		take_clause(l, &d, lfirst(cell));
	if (d.type.serial)
		d.not_null = true;
	return d;
}

struct str
column_declaration(struct arena *arena, struct type type, struct str collation)
{
	struct str format = type_format(arena, type);

	return collation.s == NULL ? format : str_printf(arena, "%.*s COLLATE %.*s", STR_ARG(format), STR_ARG(sql_ident(arena, collation)));
}

bool
column_def_is_null(const struct column_def *d)
{
	return expr_is_null(d->default_expr) && !d->type.serial && d->identity == 0 && d->generated == 0;
}

/* DEFERRABLE and its kin are nodes of their own behind the constraint they belong to. */
static void
take_attribute(struct op *op, ConstrType type)
{
	struct new_constraint *k;

	if (op == NULL)
		return;
	k = OP_DATA(op, struct new_constraint);
	k->deferrable = k->deferrable || type == CONSTR_ATTR_DEFERRABLE || type == CONSTR_ATTR_DEFERRED;
	k->initially_deferred = k->initially_deferred || type == CONSTR_ATTR_DEFERRED;
	k->not_enforced = k->not_enforced || type == CONSTR_ATTR_NOT_ENFORCED;
	k->not_valid = k->not_valid || type == CONSTR_ATTR_NOT_ENFORCED;
}

static bool
has_own_operation(ConstrType type)
{
	return type == CONSTR_CHECK || type == CONSTR_PRIMARY || type == CONSTR_UNIQUE || type == CONSTR_EXCLUSION ||
	    type == CONSTR_FOREIGN;
}

static bool
is_attribute(ConstrType type)
{
	return type >= CONSTR_ATTR_DEFERRABLE;
}

/* A clause ends where the next one begins. */
static void
end_span(struct lowering *l, struct op *op, const List *clauses, int i)
{
	struct span *own = &op->spans[SPAN_ACTION];

	while (++i < list_length(clauses)) {
		const Constraint *next = list_nth(clauses, i);
		uint32_t off = next->location < 0 ? 0 : lower_offset(l, next->location);
		if (is_attribute(next->contype) || off <= own->off || off >= own->off + own->len)
			continue;
		own->len = (uint32_t)str_trim(source_text(l->statement->source, span_of(own->off, off))).n;
		return;
	}
}

void
lower_column_constraints(struct lowering *l, const ColumnDef *c, const struct column_def *d)
{
	const ListCell *cell;
	struct op *last = NULL;

	l->column = d->name;
	l->column_is_null = column_def_is_null(d);
	foreach (cell, c->constraints) {
		const Constraint *k = lfirst(cell);
		if (has_own_operation(k->contype) || (k->contype == CONSTR_NOTNULL && k->conname != NULL)) {
			lower_node(l, T_Constraint, (int)k->contype, k);
			last = *vec_last(&l->script->ops);
			end_span(l, last, c->constraints, foreach_current_index(cell));
			if (last->spans[SPAN_COLUMN].len == 0)
				last->spans[SPAN_COLUMN] = d->span;
		} else {
			take_attribute(last, k->contype);
		}
	}
	l->column = STR_NONE;
	l->column_is_null = false;
}

static bool
is_narrow(struct type type)
{
	return str_is(type.name, "int2") || str_is(type.name, "int4");
}

struct relation *
column_add_sequence(struct catalog *c, struct relation *r, struct column *column, struct name given, const struct setting_list *settings)
{
	struct str name = given.name.s != NULL ? given.name : catalog_choose_name(c, r, &column->name, 1, "seq", false);
	struct relation *sequence = catalog_add_relation(c, given.schema.s != NULL ? given.schema : r->schema, name, RELATION_SEQUENCE);

	sequence->persistence = r->persistence;
	catalog_own_sequence(c, sequence, r, column->name);
	catalog_give_defaults(c, sequence);
	sequence->born.place = column->born.place;
	if (is_narrow(column->type))
		catalog_put_object(c, sequence, "option", STR("as"), type_format(c->arena, column->type));
	sequence_set(c, sequence, settings);
	catalog_set(c, &column->sequence, sequence);
	return sequence;
}

void
apply_column_sequence(struct catalog *c, struct relation *r, struct column *column, const struct column_def *d)
{
	struct relation *sequence = column_add_sequence(c, r, column, d->sequence_name, &d->sequence);

	if (!d->type.serial)
		return;
	catalog_set(c, &column->type.serial, true);
	catalog_set(c, &column->default_sequence, sequence);
}

struct column *
apply_column_def(struct catalog *c, struct relation *r, const struct column_def *d, const struct source *source)
{
	struct column *column = catalog_add_column(c, r, d->name);
	struct constraint *not_null;

	column->type = d->type;
	column->collation = d->collation;
	column->not_null = NO;
	column->identity = d->identity;
	column->generated = d->generated;
	if (d->default_expr != NULL)
		catalog_set_default(c, column, d->default_expr);
	column->born.place = (struct place){ source, d->span };
	foreign_options_set(c, r, d->name, &d->options);
	if (d->not_null)
		catalog_set_not_null(c, r, column, YES, d->not_null_name);
	not_null = d->no_inherit ? catalog_find_not_null(r, d->name) : NULL;
	if (not_null != NULL)
		not_null->no_inherit = true;
	if (d->type.serial || d->identity != 0)
		apply_column_sequence(c, r, column, d);
	type_note_user(c, d->type, r);
	return column;
}

void
lower_column_default(struct lowering *l, struct query *query, const ColumnDef *c)
{
	struct query_walk w = { .lowering = l, .query = query };
	const ListCell *cell;

	foreach (cell, c->constraints)
		if (((const Constraint *)lfirst(cell))->contype == CONSTR_DEFAULT)
			query_add(&w, ((const Constraint *)lfirst(cell))->raw_expr);
}

struct str
column_def_difference(struct arena *arena, const struct column_def *d, const struct column *column)
{
	struct str name = sql_ident(arena, d->name);

	if (d->type.name.s == NULL || column->type.name.s == NULL)
		return STR_NONE;
	struct str written = type_format(arena, d->type), there = type_format(arena, column->type);
	if (!str_eq(written, there))
		return str_printf(arena, "%.*s is %.*s there, not %.*s", STR_ARG(name), STR_ARG(there), STR_ARG(written));
	if ((d->not_null || d->primary_key) && column->not_null == NO)
		return str_printf(arena, "%.*s may be NULL there", STR_ARG(name));
	return STR_NONE;
}

/* process_owned_by(); without a search path that is known, the table may be in another schema than it seems. */
static bool
is_out_of_schema(const struct facts *f, struct str schema, struct name sequence)
{
	bool certain = f->op->target.schema.s != NULL || f->catalog->complete;

	return certain && sequence.name.s != NULL && sequence.schema.s != NULL && !str_eq(sequence.schema, schema) && !str_starts(sequence.schema, "pg_temp");
}

struct str
sequence_name_misfit(const struct facts *f, struct str schema, struct name name)
{
	if (is_out_of_schema(f, schema, name))
		return STR("sequence must be in same schema as table it is linked to");
	if (name.name.s == NULL || !is_known(catalog_slot_object(&f->catalog->relations, name.schema.s != NULL ? name.schema : schema, name.name)))
		return STR_NONE;
	return str_printf(f->arena, "relation \"%.*s\" already exists", STR_ARG(name.name));
}

struct str
column_def_misfit(const struct facts *f, struct str schema, const struct column_def *d)
{
	/* transformColumnDefinition(); a key goes with NULL before PostgreSQL 18 */
	bool contradicts = d->null && (d->not_null_said || d->type.serial || d->identity != 0 || (d->primary_key && f->pg_version >= 18));
	struct str reason = contradicts ? str_printf(f->arena, "conflicting NULL/NOT NULL declarations for column \"%.*s\" of table \"%.*s\"", STR_ARG(d->name),
	    STR_ARG(f->op->target.name)) : collation_missing(f, d->collation_schema, d->collation);

	if (reason.s == NULL)
		reason = collation_misfit(f, d->type, d->collation);
	return reason.s != NULL ? reason : sequence_name_misfit(f, schema, d->sequence_name);
}
