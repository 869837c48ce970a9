#include "base/buf.h"
#include "op/drop.h"
#include "op/failure.h"
#include "op/lower.h"

/*
 * DROP OWNED, REASSIGN OWNED. Who owns a relation is known where ALTER ... OWNER TO has said so; the rest, and what is no
 * relation, may be theirs as well.
 */

struct payload {
	struct str_list roles;
	struct str new_owner;
};

static struct op *
add_op(struct lowering *l, const struct op_kind *kind, const List *roles)
{
	struct op *op = lower_add(l, kind);
	const ListCell *cell;

	foreach (cell, roles)
		*vec_push(l->arena, &OP_DATA(op, struct payload)->roles) = lower_role(l, lfirst(cell));
	return op;
}

static void
lower_drop(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const DropOwnedStmt *st = node;

	add_op(l, kind, st->roles)->cascade = st->behavior == DROP_CASCADE;
}

static void
lower_reassign(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const ReassignOwnedStmt *st = node;

	OP_DATA(add_op(l, kind, st->roles), struct payload)->new_owner = lower_role(l, st->newrole);
}

/* ---- whose it is ---- */

static bool
is_one(const struct op *op, struct str role)
{
	const struct str_list *roles = &OP_DATA(op, struct payload)->roles;

	for (size_t i = 0; i < roles->n; i++)
		if (str_eq(roles->items[i], role))
			return true;
	return false;
}

static bool
is_theirs(const struct op *op, const struct relation *r)
{
	const struct object *owner = r->dropped || r->index != NULL ? NULL : catalog_find_object(NULL, r, "owner", STR(""));

	return owner != NULL && is_one(op, owner->text);
}

/* ---- effects ---- */

static void
drop_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	for (size_t i = 0; i < f->catalog->all.n; i++)
		if (is_theirs(op, f->catalog->all.items[i]))
			drop_lock_relation(e, f->catalog->all.items[i], op->cascade);
	e->all_unknown = true;
}

/* ATExecChangeOwner(): indexes and owned sequences, too */
static void
reassign_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	for (size_t i = 0; i < f->catalog->all.n; i++) {
		struct relation *r = f->catalog->all.items[i];
		if (!is_theirs(op, r))
			continue;
		effects_lock(e, r, ACCESS_EXCLUSIVE);
		for (size_t j = 0; j < r->indexes.n; j++)
			effects_lock(e, r->indexes.items[j], ACCESS_EXCLUSIVE);
		for (size_t j = 0; j < r->owned.n; j++)
			if (r->owned.items[j]->owner == r && !r->owned.items[j]->dropped)
				effects_lock(e, r->owned.items[j], ACCESS_EXCLUSIVE);
	}
	e->all_unknown = true;
}

/* ---- catalog ---- */

static bool
is_granted(const struct op *op, const struct object *o)
{
	return str_is(o->kind, "privilege") && is_one(op, privilege_grantee(o->name));
}

/* shdepDropOwned(): what was granted to them goes, wherever it is */
static void
revoke(const struct op *op, struct catalog *c, struct relation *r)
{
	for (size_t i = r->objects.n; i-- > 0;)
		if (is_granted(op, r->objects.items[i]))
			catalog_remove(c, &r->objects, i);
}

/* RemoveRoleFromObjectPolicy(): a policy for no other role goes, too */
static void
leave_policies(const struct op *op, struct catalog *c, struct relation *r)
{
	for (size_t i = r->policies.n; i-- > 0;) {
		struct policy *p = r->policies.items[i];
		struct str rest = p->roles, role, left = STR("");
		while (str_cut(&rest, ',', &role))
			if (!is_one(op, str_trim(role)))
				left = str_printf(c->arena, "%.*s%s%.*s", STR_ARG(left), left.n > 0 ? ", " : "", STR_ARG(str_trim(role)));
		if (p->roles.n == 0 || str_eq(left, p->roles))
			continue;
		catalog_set(c, &p->roles, left);
		if (left.n > 0)
			continue;
		catalog_set(c, &p->dropped, true);
		catalog_remove(c, &r->policies, i);
	}
}

static void
drop_apply(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	for (size_t i = 0; i < c->all.n; i++) {
		struct relation *r = c->all.items[i];
		if (r->dropped)
			continue;
		if (is_theirs(op, r)) {
			drop_relation(c, r, op->cascade);
			continue;
		}
		revoke(op, c, r);
		leave_policies(op, c, r);
	}
	for (size_t i = 0; i < OP_DATA(op, struct payload)->roles.n; i++)
		catalog_forget_defaults_of(c, OP_DATA(op, struct payload)->roles.items[i]);
	for (size_t i = 0; i < c->objects.n; i++) {
		const struct slot *slot = c->objects.entries[i].value;
		const struct object *o = slot->object;
		if (o != NULL && is_granted(op, o))
			catalog_remove_object(c, NULL, "privilege", o->name);
	}
}

static void
reassign_apply(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	for (size_t i = 0; i < c->all.n; i++)
		if (is_theirs(op, c->all.items[i]))
			catalog_put_object(c, c->all.items[i], "owner", STR(""), OP_DATA(op, struct payload)->new_owner);
	catalog_mark_functions(c, STR_NONE, STR_NONE);
}

/* ---- what the server refuses ---- */

static struct str
drop_refused(const struct facts *f)
{
	for (size_t i = 0; !f->op->cascade && i < f->catalog->all.n; i++) {
		const struct relation *r = f->catalog->all.items[i];
		if (!is_theirs(f->op, r) || r->born.doubtful)
			continue;
		for (size_t j = 0; j < r->referenced_by.n; j++)
			if (is_known(r->referenced_by.items[j]->table) && !is_theirs(f->op, r->referenced_by.items[j]->table))
				return str_printf(f->arena, "cannot drop %.*s: foreign key \"%.*s\" of %.*s depends on it", STR_ARG(words(f, r)),
				    STR_ARG(r->referenced_by.items[j]->name), STR_ARG(words(f, r->referenced_by.items[j]->table)));
		for (size_t j = 0; j < r->dependents.n; j++)
			if (is_known(r->dependents.items[j]) && !is_theirs(f->op, r->dependents.items[j]))
				return str_printf(f->arena, "cannot drop %.*s: view %.*s depends on it", STR_ARG(words(f, r)),
				    STR_ARG(words(f, r->dependents.items[j])));
	}
	return STR_NONE;
}

/* ---- facts ---- */

static struct value
get_roles(const struct facts *f)
{
	const struct str_list *roles = &OP_DATA(f->op, struct payload)->roles;
	struct buf b = BUF(f->arena);

	for (size_t i = 0; i < roles->n; i++)
		buf_printf(&b, "%s%.*s", i > 0 ? ", " : "", STR_ARG(sql_ident(f->arena, roles->items[i])));
	return value_text(buf_text(&b));
}

static struct value
get_new_owner(const struct facts *f)
{
	return value_text(OP_DATA(f->op, struct payload)->new_owner);
}

static struct value
get_cascade(const struct facts *f)
{
	return value_bool(f->op->cascade);
}

static struct value
get_owned(const struct facts *f)
{
	struct buf b = BUF(f->arena);

	for (size_t i = 0; i < f->catalog->all.n; i++)
		if (is_theirs(f->op, f->catalog->all.items[i]))
			buf_printf(&b, "%s%.*s", b.n > 0 ? ", " : "", STR_ARG(words(f, f->catalog->all.items[i])));
	return b.n > 0 ? value_text(buf_text(&b)) : value_absent();
}

/* For messages: always says something. */
static struct value
get_loses(const struct facts *f)
{
	struct value owned = get_owned(f);

	return owned.state == VALUE_KNOWN ? value_text(str_printf(f->arena, "%.*s, and whatever else they own", STR_ARG(owned.text)))
	    : value_text(STR("whatever they own"));
}

static bool
takes_over_all(const struct op *other, const struct op *op)
{
	const struct str_list *roles = &OP_DATA(op, struct payload)->roles;

	if (!is_kind(other, "reassign_owned"))
		return false;
	for (size_t i = 0; i < roles->n; i++)
		if (!is_one(other, roles->items[i]))
			return false;
	return true;
}

static struct value
get_reassigned(const struct facts *f)
{
	return value_bool(script_earlier(f->op, takes_over_all));
}

#define COMMON \
	{ "roles", FIELD_TEXT, "whose objects, separated by commas", get_roles }, \
	{ "owned", FIELD_TEXT, "the relations that ALTER ... OWNER TO has given them, separated by commas; absent: none known", get_owned }

static const struct field drop_fields[] = {
	COMMON,
	{ "loses", FIELD_TEXT, "the same for a message, or \"whatever they own\"", get_loses },
	{ "cascades", FIELD_BOOL, "CASCADE is given", get_cascade },
	{ "reassigned", FIELD_BOOL, "an earlier REASSIGN OWNED of the file gives all that they own to another role", get_reassigned },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

static const struct field reassign_fields[] = {
	COMMON,
	{ "new_owner", FIELD_TEXT, "who gets them", get_new_owner },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_owned[] = {
	{ .name = "drop_owned", .doc = "DROP OWNED", .node = T_DropOwnedStmt, .subtype = -1, .size = sizeof(struct payload),
	    .fields = drop_fields, .lower = lower_drop, .effects = drop_effects, .refused = drop_refused, .apply = drop_apply },
	{ .name = "reassign_owned", .doc = "REASSIGN OWNED", .node = T_ReassignOwnedStmt, .subtype = -1, .size = sizeof(struct payload),
	    .fields = reassign_fields, .lower = lower_reassign, .effects = reassign_effects, .apply = reassign_apply },
	{ .name = NULL }
};
