#include <string.h>

#include "op/constraint.h"
#include "op/drop.h"
#include "op/failure.h"
#include "op/other_key.h"

/* VALIDATE, DROP and ALTER of a constraint that exists. */
struct payload {
	struct str name;
	bool not_enforced, changes_enforced, changes_deferrable, deferrable, initially_deferred, changes_inheritance, no_inherit;
};

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const AlterTableCmd *cmd = node;
	struct op *op = lower_add(l, kind);
	struct payload *p = OP_DATA(op, struct payload);

	p->name = lower_text(l, cmd->name);
	op->part_if_exists = cmd->missing_ok;
	op->cascade = cmd->behavior == DROP_CASCADE;
	if (cmd->def != NULL && IsA(cmd->def, ATAlterConstraint)) {
		const ATAlterConstraint *a = (const ATAlterConstraint *)cmd->def;
		p->name = lower_text(l, a->conname);
		p->changes_enforced = a->alterEnforceability;
		p->not_enforced = !a->is_enforced;
		p->changes_deferrable = a->alterDeferrability;
		p->deferrable = a->deferrable;
		p->initially_deferred = a->initdeferred;
		p->changes_inheritance = a->alterInheritability;
		p->no_inherit = a->noinherit;
	}
	op->spans[SPAN_CONSTRAINT] = op->spans[SPAN_NAME] = locate_name(l->statement, l->action, p->name);
}

bool
constraint_op_drops(const struct op *op, struct str constraint)
{
	return strcmp(op->kind->name, "drop_constraint") == 0 && str_eq(OP_DATA(op, struct payload)->name, constraint);
}

static void
bind(struct op *op, struct catalog *c)
{
	const struct payload *p = OP_DATA(op, struct payload);

	op->table = catalog_relation(c, op->target, op->target_kind);
	op->constraint = catalog_find_constraint(op->table, p->name);
	if (op->constraint != NULL)
		op->references = op->constraint->references;
	op->may_be_missing = op->part_if_exists && op->constraint == NULL && op->table->assumed;
}

/* ---- VALIDATE ---- */

static void
scan_tree(struct effects *e, struct relation *r, enum lock lock, enum tri scans)
{
	struct relation_effect *entry = effects_lock(e, r, lock);

	if (r->kind != RELATION_PARTITIONED)
		entry->scan = tri_or(entry->scan, scans);
	for (size_t i = 0; i < r->partitions.n; i++)
		scan_tree(e, r->partitions.items[i], lock, scans);
}

/* What RI_Initial_Check() does to a table: it reads the leaves, and opens the indexes that it plans with. */
static void
read_tree(struct effects *e, struct relation *r, enum tri scans, bool with_partitioned_indexes)
{
	struct relation_effect *entry = effects_lock(e, r, ACCESS_SHARE);
	bool opened = r->kind != RELATION_PARTITIONED || with_partitioned_indexes;

	if (r->kind != RELATION_PARTITIONED)
		entry->scan = tri_or(entry->scan, scans);
	for (size_t i = 0; opened && i < r->indexes.n; i++)
		effects_lock(e, r->indexes.items[i], ACCESS_SHARE);
	for (size_t i = 0; i < r->partitions.n; i++)
		if (r->partitions.items[i]->is_partition)
			read_tree(e, r->partitions.items[i], scans, with_partitioned_indexes);
}

/* ATExecValidateConstraint(): ShareUpdateExclusiveLock; a foreign key takes RowShareLock on the table it points at. */
static void
validate_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	const struct constraint *k = op->constraint;
	enum tri scans = k == NULL ? UNKNOWN : tri_not(k->valid);

	scan_tree(e, op->table, SHARE_UPDATE_EXCLUSIVE, scans);
	if (k == NULL || k->kind != CONSTRAINT_FOREIGN_KEY || scans == NO)
		return;
	/* QueueFKConstraintValidation(): what is checked are the partitions */
	if (op->table->kind == RELATION_PARTITIONED && op->table->partitions.n == 0)
		return;
	effects_lock(e, k->references, ROW_SHARE);
	/* get_relation_info() opens the indexes of partitioned tables since 16 (commit 3c569049b7); on this side each partition is checked by itself */
	read_tree(e, k->references, scans, f->pg_version >= 16);
	read_tree(e, op->table, scans, false);
}

static void
validate_apply(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	if (op->constraint != NULL)
		catalog_validate_constraint(c, op->constraint);
}

/* ---- DROP ---- */

static void
lock_index_tree(struct effects *e, struct relation *index)
{
	effects_lock(e, index, ACCESS_EXCLUSIVE);
	for (size_t i = 0; index->index != NULL && i < index->index->children.n; i++)
		lock_index_tree(e, index->index->children.items[i]);
}

/* dropconstraint_internal(): looks at the children, ONLY or not, when they inherit the constraint; keys only partitions do. */
static void
lock_dropped(struct effects *e, struct relation *r, const struct constraint *k, bool only)
{
	effects_lock(e, r, ACCESS_EXCLUSIVE);
	if (only && constraint_passes_down(k))
		effects_lock_children(e, r, ACCESS_EXCLUSIVE);
	for (size_t i = 0; !only && i < r->partitions.n; i++)
		if (constraint_passes_down(k) || r->partitions.items[i]->is_partition)
			lock_dropped(e, r->partitions.items[i], k, false);
}

/* A query of the view needs the key to decide what GROUP BY does not name. */
static bool
is_decided(const struct relation *view, const struct constraint *k)
{
	for (size_t i = 0; !view->dropped && i < view->deciding.n; i++)
		if (view->deciding.items[i] == k)
			return true;
	return false;
}

/* NULL: there is no such view. */
static struct relation *
decided_view(const struct constraint *k)
{
	const struct relation *r = k->table;

	for (size_t i = 0; k->kind == CONSTRAINT_PRIMARY_KEY && i < r->dependents.n; i++)
		if (is_decided(r->dependents.items[i], k))
			return r->dependents.items[i];
	return NULL;
}

/* RemoveConstraintById(): a foreign key's drop removes its triggers from the referenced table. */
static void
drop_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	const struct constraint *k = op->constraint;

	(void)f;
	if (k == NULL) {
		effects_lock_tree(e, op->table, ACCESS_EXCLUSIVE, op->only);
		return;
	}
	lock_dropped(e, op->table, k, op->only);
	if (k->references != NULL)
		effects_lock_tree(e, k->references, ACCESS_EXCLUSIVE, false);
	if (k->index == NULL)
		return;
	lock_index_tree(e, k->index);
	for (size_t i = 0; op->cascade && i < op->table->referenced_by.n; i++)
		effects_lock(e, op->table->referenced_by.items[i]->table, ACCESS_EXCLUSIVE);
	for (size_t i = 0; op->cascade && i < op->table->dependents.n; i++)
		if (is_decided(op->table->dependents.items[i], k))
			drop_lock_relation(e, op->table->dependents.items[i], true);
}

static void
drop_apply(struct op *op, struct catalog *c, struct session *session)
{
	struct constraint *k = op->constraint;
	struct relation *view;

	(void)session;
	while (k != NULL && op->cascade && (view = decided_view(k)) != NULL)
		drop_relation(c, view, true);
	if (k != NULL && op->only)
		catalog_leave_to_children(c, k);
	if (k != NULL)
		catalog_drop_constraint(c, k);
}

/* ---- ALTER CONSTRAINT ---- */

/* ATExecAlterConstrInheritability(): the children's columns become NOT NULL */
static void
scan_heirs(struct effects *e, const struct relation *r, struct str column)
{
	for (size_t i = 0; i < r->partitions.n; i++) {
		struct relation *child = r->partitions.items[i];
		struct relation_effect *entry = effects_lock(e, child, ACCESS_EXCLUSIVE);
		entry->scan = tri_or(entry->scan, tri_not(relation_proves_not_null(child, column)));
		scan_heirs(e, child, column);
	}
}

/* AlterTableGetLockLevel(): AccessExclusiveLock; becoming ENFORCED checks all rows, ceasing to be drops triggers (18). */
static void
alter_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	const struct payload *p = OP_DATA(op, struct payload);
	bool checks = p->changes_enforced && !p->not_enforced;

	(void)f;
	effects_lock_tree(e, op->table, ACCESS_EXCLUSIVE, false);
	if (checks)
		effects_lock(e, op->table, ACCESS_EXCLUSIVE)->scan = YES;
	if (op->constraint != NULL && op->constraint->columns.n == 1 && p->changes_inheritance && !p->no_inherit)
		scan_heirs(e, op->table, op->constraint->columns.items[0]);
	if (op->references != NULL && p->changes_enforced && p->not_enforced)
		effects_lock_tree(e, op->references, ACCESS_EXCLUSIVE, false);
	if (op->references == NULL || !checks)
		return;
	effects_lock(e, op->references, SHARE_ROW_EXCLUSIVE)->scan = YES;
	for (size_t i = 0; i < op->references->indexes.n; i++)
		effects_lock(e, op->references->indexes.items[i], ACCESS_SHARE);
	for (size_t i = 0; i < op->table->indexes.n; i++)
		effects_lock(e, op->table->indexes.items[i], ACCESS_SHARE);
}

/* ATExecAlterConstrInheritability(): what the children inherited becomes their own */
static void
change_inheritance(struct catalog *c, struct constraint *k, bool no_inherit)
{
	if (k->no_inherit == no_inherit)
		return;
	if (no_inherit) {
		catalog_leave_to_children(c, k);
		catalog_disinherit_constraint(c, k);
	}
	catalog_set(c, &k->no_inherit, no_inherit);
	for (size_t i = 0; !no_inherit && i < k->table->partitions.n; i++)
		catalog_inherit_constraint(c, k->table->partitions.items[i], k);
}

static void
alter_apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct payload *p = OP_DATA(op, struct payload);

	(void)session;
	if (op->constraint != NULL && p->changes_deferrable) {
		catalog_set(c, &op->constraint->deferrable, p->deferrable);
		catalog_set(c, &op->constraint->initially_deferred, p->initially_deferred);
	}
	if (op->constraint != NULL && p->changes_inheritance)
		change_inheritance(c, op->constraint, p->no_inherit);
	if (op->constraint == NULL || !p->changes_enforced)
		return;
	catalog_set(c, &op->constraint->enforced, !p->not_enforced);
	catalog_set(c, &op->constraint->valid, tri_of(!p->not_enforced));
}

/* ---- what the server refuses ---- */

/* ATExecAlterConstraint() */
static struct str
alter_refused(const struct facts *f, const struct constraint *k)
{
	const struct payload *p = OP_DATA(f->op, struct payload);

	if (p->changes_inheritance && k->kind != CONSTRAINT_NOT_NULL)
		return str_printf(f->arena, "constraint \"%.*s\" of relation \"%.*s\" is not a not-null constraint", STR_ARG(k->name),
		    STR_ARG(k->table->name));
	return k->kind == CONSTRAINT_FOREIGN_KEY || (!p->changes_deferrable && !p->changes_enforced) ? STR_NONE
	    : str_printf(f->arena, "constraint \"%.*s\" of relation \"%.*s\" is not a foreign key constraint", STR_ARG(k->name),
	    STR_ARG(k->table->name));
}

/* QueueCheckConstraintValidation(), QueueNNConstraintValidation() */
static struct str
validate_refused(const struct facts *f, const struct constraint *k)
{
	return f->op->only && k->valid == NO && constraint_passes_down(k) && k->table->partitions.n > 0
	    ? STR("constraint must be validated on child tables too") : STR_NONE;
}

/* ATExecDropConstraint(): foreign keys need the key that they point at */
static struct str
drop_refused(const struct facts *f, const struct constraint *k)
{
	const struct relation *r = k->table;

	if (f->op->only && f->pg_version < 18 && r->kind == RELATION_PARTITIONED && constraint_passes_down(k) && r->partitions.n > 0)
		return STR("cannot remove constraint from only the partitioned table when partitions exist");
	if (k->parent != NULL || k->inherited > 0)
		return str_printf(f->arena, "cannot drop inherited constraint \"%.*s\" of relation \"%.*s\"", STR_ARG(k->name), STR_ARG(r->name));
	for (size_t i = 0; !f->op->cascade && k->index != NULL && i < r->referenced_by.n; i++)
		if (r->referenced_by.items[i]->reference_index == k->index)
			return str_printf(f->arena, "cannot drop constraint %.*s on table %.*s: foreign key \"%.*s\" of %.*s depends on it",
			    STR_ARG(k->name), STR_ARG(words(f, r)), STR_ARG(r->referenced_by.items[i]->name),
			    STR_ARG(words(f, r->referenced_by.items[i]->table)));
	return f->op->cascade || decided_view(k) == NULL || decided_view(k)->born.doubtful ? STR_NONE
	    : str_printf(f->arena, "cannot drop constraint %.*s on table %.*s: view %.*s depends on it", STR_ARG(k->name), STR_ARG(words(f, r)),
	    STR_ARG(words(f, decided_view(k))));
}

static struct str
refused(const struct facts *f)
{
	const struct constraint *k = f->op->constraint;

	if (k == NULL || k->assumed)
		return STR_NONE;
	if (is_kind(f->op, "validate_constraint"))
		return validate_refused(f, k);
	return is_kind(f->op, "drop_constraint") ? drop_refused(f, k) : alter_refused(f, k);
}

/* ---- facts ---- */

static struct value
get_name(const struct facts *f)
{
	return value_text(sql_ident(f->arena, OP_DATA(f->op, struct payload)->name));
}

static struct value
get_kind(const struct facts *f)
{
	const struct constraint *k = f->op->constraint;

	if (k == NULL)
		return f->op->column != NULL ? value_text(STR("not null")) : value_unknown();
	switch (k->kind) {
	case CONSTRAINT_CHECK:
		return value_text(STR("check"));
	case CONSTRAINT_FOREIGN_KEY:
		return value_text(STR("foreign key"));
	case CONSTRAINT_PRIMARY_KEY:
		return value_text(STR("primary key"));
	case CONSTRAINT_UNIQUE:
		return value_text(STR("unique"));
	case CONSTRAINT_EXCLUSION:
		return value_text(STR("exclusion"));
	default:
		return value_text(STR("not null"));
	}
}

static struct value
get_valid(const struct facts *f)
{
	return f->op->constraint == NULL ? value_unknown() : value_tri(f->op->constraint->valid);
}

static struct value
get_same_transaction(const struct facts *f)
{
	const struct constraint *k = f->op->constraint;

	return k == NULL ? value_bool(false)
	    : value_bool(k->valid == NO && k->born.transaction != 0 && k->born.transaction == f->catalog->now.transaction);
}

static struct value
get_if_exists(const struct facts *f)
{
	return value_bool(f->op->part_if_exists);
}

/* Of a table that is not wholly known the name may tell. */
static struct value
get_is_primary_key(const struct facts *f)
{
	const struct constraint *k = f->op->constraint;
	bool named_so = str_ends(OP_DATA(f->op, struct payload)->name, "_pkey");

	if (k != NULL)
		return value_bool(k->kind == CONSTRAINT_PRIMARY_KEY);
	return f->op->column == NULL && f->op->table->assumed && named_so ? value_unknown() : value_bool(false);
}

static bool
adds_primary_key(const struct op *other, const struct op *op)
{
	return strcmp(other->kind->name, "add_primary_key") == 0 && op_names_same(other, op);
}

static struct value
get_key_follows(const struct facts *f)
{
	return script_later_value(f->op, adds_primary_key);
}

/* ---- another unique key of the same columns ---- */

static bool
is_twin_index(const struct index *x, const struct constraint *k)
{
	for (size_t i = 0; i < x->columns.n; i++)
		if (x->columns.items[i].name.s == NULL || !str_in(x->columns.items[i].name, k->columns.items, k->columns.n))
			return false;
	return x->unique && x->predicate == NULL && x->valid == YES && x->columns.n == k->columns.n;
}

static bool
adds_twin(const struct op *other, const struct op *op)
{
	const struct constraint *k = op->constraint;
	const struct new_constraint *added = is_kind(other, "add_unique") ? OP_DATA(other, struct new_constraint) : NULL;
	bool twin = op_names_same(other, op) && (added != NULL ? added->columns.n == k->columns.n : index_op_is_unique_over(other, k->columns.items, k->columns.n));

	for (size_t i = 0; twin && i < k->columns.n; i++)
		twin = added != NULL ? str_in(k->columns.items[i], added->columns.items, added->columns.n) : index_op_uses_column(other, k->columns.items[i]);
	return twin;
}

/* One that is there, or that the transaction makes before it ends. */
static bool
has_twin(const struct facts *f)
{
	const struct relation *r = f->op->table;
	const struct constraint *k = f->op->constraint;

	for (size_t i = 0; k != NULL && i < r->indexes.n; i++)
		if (!r->indexes.items[i]->dropped && r->indexes.items[i] != k->index && is_twin_index(r->indexes.items[i]->index, k))
			return true;
	return k != NULL && f->session->open == YES && script_later(f->op, adds_twin);
}

static struct value
get_key_loss(const struct facts *f)
{
	return value_text(has_twin(f) ? STR("; another unique key of the same columns stays, which is no primary key") : STR(", and with it the index that finds a row by its key"));
}

static struct value
get_key_loss_why(const struct facts *f)
{
	return value_text(has_twin(f) ? STR("The other key still finds rows, refuses duplicates and serves ON CONFLICT. On a published table UPDATE and DELETE fail all the same, unless its index is the REPLICA IDENTITY.")
	    : STR("Duplicates and repeated rows get in at once. Every lookup by key reads the whole table. On a published table UPDATE and DELETE fail, since nothing identifies a row, and ON CONFLICT on the key fails, too."));
}

static bool
adds_name(const struct op *other, const struct op *op)
{
	return strncmp(other->kind->name, "add_", 4) == 0 && (other->kind->has & HAS_CONSTRAINT) && op_names_same(other, op) &&
	    str_eq(OP_DATA(other, struct new_constraint)->name, OP_DATA(op, struct payload)->name);
}

static struct value
get_name_follows(const struct facts *f)
{
	return script_later_value(f->op, adds_name);
}

static struct value
get_dropped_before(const struct facts *f)
{
	const struct relation *r = f->op->table;
	bool dropped = false;

	for (size_t i = 0; i < r->past_constraints.n; i++)
		dropped = dropped || str_eq(r->past_constraints.items[i]->name, OP_DATA(f->op, struct payload)->name);
	return value_bool(dropped);
}

/* ChooseConstraintName(): a second one of the name "a_b_fkey" becomes "a_b_fkey1" */
static bool
numbers(struct str name, struct str other)
{
	size_t i = other.n;

	if (name.n <= other.n || !str_eq(str_slice(name, 0, other.n), other))
		return false;
	while (i < name.n && name.s[i] >= '0' && name.s[i] <= '9')
		i++;
	return i == name.n;
}

static struct value
get_numbers_another(const struct facts *f)
{
	const struct relation *r = f->op->table;
	bool found = false;

	for (size_t i = 0; i < r->constraints.n; i++)
		found = found || numbers(OP_DATA(f->op, struct payload)->name, r->constraints.items[i]->name);
	return value_bool(found);
}

static struct value
get_known(const struct facts *f)
{
	if (f->op->constraint != NULL || f->op->column != NULL)
		return value_bool(true);
	return value_tri(f->op->table->assumed ? UNKNOWN : NO);
}

#define COMMON \
	{ "constraint_name", FIELD_TEXT, "name of the constraint", get_name }, \
	{ "constraint_kind", FIELD_TEXT, "check, foreign key, primary key, unique, exclusion or not null", get_kind }, \
	{ "constraint_exists", FIELD_BOOL, "the table has a constraint of that name", get_known }

static const struct field validate_fields[] = {
	COMMON,
	{ "is_valid", FIELD_BOOL, "it is validated already", get_valid },
	{ "added_in_transaction", FIELD_BOOL, "it was added NOT VALID by the transaction that is open now", get_same_transaction },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

static bool
is_on_its_columns(const struct new_constraint *k, const struct constraint *old)
{
	size_t same = 0;

	while (old != NULL && same < k->columns.n && same < old->columns.n && str_eq(k->columns.items[same], old->columns.items[same]))
		same++;
	return same > 0 && same == k->columns.n && same == old->columns.n;
}

static bool
takes_its_place(const struct op *other, const struct op *op)
{
	if (other->statement != op->statement || other->leader != NULL)
		return false;
	return adds_name(other, op) || (strcmp(other->kind->name, "add_foreign_key") == 0 &&
	    is_on_its_columns(OP_DATA(other, struct new_constraint), op->constraint));
}

/* A foreign key or CHECK whose rows would be read at once. */
static bool
is_validated(const struct facts *f, const struct op *other)
{
	bool takes_not_valid = is_kind(other, "add_check") || (is_kind(other, "add_foreign_key") && (f->pg_version >= 18 || relation_is_partitioned(f->op->table) != YES));

	return takes_not_valid && !OP_DATA(other, struct new_constraint)->not_valid && !OP_DATA(other, struct new_constraint)->not_enforced;
}

/* One without a name gets that of what it takes the place of. */
static void
put_successor(struct buf *b, const struct facts *f, const struct op *other)
{
	bool named = OP_DATA(other, struct new_constraint)->name.s != NULL;

	buf_c(b, ", ADD ");
	if (!named)
		buf_printf(b, "CONSTRAINT %.*s ", STR_ARG(sql_ident(f->arena, OP_DATA(f->op, struct payload)->name)));
	buf_str(b, source_text(other->statement->source, other->spans[SPAN_ACTION]));
	if (is_validated(f, other))
		buf_c(b, " NOT VALID");
}

static struct value
get_drops(const struct facts *f)
{
	struct buf b = BUF(f->arena);

	buf_printf(&b, "DROP CONSTRAINT %s%.*s", f->op->part_if_exists ? "IF EXISTS " : "", STR_ARG(sql_ident(f->arena, OP_DATA(f->op, struct payload)->name)));
	for (size_t i = 0; i < f->op->script->ops.n; i++)
		if (takes_its_place(f->op->script->ops.items[i], f->op))
			put_successor(&b, f, f->op->script->ops.items[i]);
	return value_text(buf_text(&b));
}

static struct value
get_validates(const struct facts *f)
{
	struct buf b = BUF(f->arena);

	for (size_t i = 0; i < f->op->script->ops.n; i++) {
		const struct op *other = f->op->script->ops.items[i];
		const struct new_constraint *k = OP_DATA(other, struct new_constraint);
		if (!takes_its_place(other, f->op) || !is_validated(f, other))
			continue;
		struct str name = sql_ident(f->arena, k->name.s != NULL ? k->name : OP_DATA(f->op, struct payload)->name);
		buf_printf(&b, "\n-- next migration\nALTER TABLE %.*s VALIDATE CONSTRAINT %.*s;", STR_ARG(words(f, f->op->table)), STR_ARG(name));
	}
	return value_text(b.n > 0 ? buf_text(&b) : STR(""));
}

static struct value
get_key_instead(const struct facts *f)
{
	return key_instead(f, str_printf(f->arena, "DROP CONSTRAINT %.*s", STR_ARG(get_name(f).text)), STR_NONE);
}

static struct value
get_self(const struct facts *f)
{
	return value_bool(f->op->table == f->op->references);
}

static const struct field drop_fields[] = {
	COMMON,
	{ "self_reference", FIELD_BOOL, "it is a foreign key of the table to itself", get_self },
	{ "if_exists", FIELD_BOOL, "IF EXISTS is given", get_if_exists },
	{ "is_primary_key", FIELD_BOOL, "it is the primary key", get_is_primary_key },
	{ "dropped_before", FIELD_BOOL, "an earlier clause or statement has dropped one of that name from the table", get_dropped_before },
	{ "numbers_another", FIELD_BOOL, "its name is that of a constraint of the table and a number, as the server makes it for a second one", get_numbers_another },
	{ "drops", FIELD_TEXT, "for advice: DROP CONSTRAINT and its name, and those clauses of the same statement that add what takes its place, NOT VALID", get_drops },
	{ "validates", FIELD_TEXT, "for advice: the further migrations that validate that; empty: there are none", get_validates },
	{ "name_follows", FIELD_BOOL, "a later clause or statement of the file adds a constraint of that name", get_name_follows },
	{ "key_loss", FIELD_TEXT, "for messages: what is lost with the primary key, or that another unique key of its columns stays, or comes in the same transaction", get_key_loss },
	{ "key_loss_why", FIELD_TEXT, "for messages: what follows from that", get_key_loss_why },
	{ "key_instead", FIELD_TEXT, "for advice: the migrations in which another key takes its place as the primary key", get_key_instead },
	{ "key_follows", FIELD_BOOL, "a later clause or statement of the file gives the table a primary key", get_key_follows },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

static const struct field alter_fields[] = { COMMON, { NULL, FIELD_BOOL, NULL, NULL } };

#define KIND(kind_name, kind_doc, kind_subtype, kind_pass, prefix) \
	{ .name = kind_name, .doc = kind_doc, .node = T_AlterTableStmt, .subtype = kind_subtype, .pass = kind_pass, \
	    .has = HAS_TABLE | HAS_CONSTRAINT | HAS_REFERENCES, .size = sizeof(struct payload), .fields = prefix##_fields, \
	    .lower = lower, .bind = bind, .effects = prefix##_effects, .refused = refused, \
	    .apply = prefix##_apply }

const struct op_kind op_kinds_change_constraint[] = {
	KIND("validate_constraint", "ALTER TABLE ... VALIDATE CONSTRAINT", AT_ValidateConstraint, PASS_MISC, validate),
	KIND("drop_constraint", "ALTER TABLE ... DROP CONSTRAINT", AT_DropConstraint, PASS_DROP, drop),
	KIND("alter_constraint", "ALTER TABLE ... ALTER CONSTRAINT", AT_AlterConstraint, PASS_MISC, alter),
	{ .name = NULL }
};
