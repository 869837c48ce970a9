#include <string.h>

#include "catalog/catalog.h"

/*
 * Privileges are objects of the kind "privilege": "select to alice", "column a select to alice", on what is no relation
 * "usage on schema app to alice"; with " by bob" behind it where the grantor is not the owner.
 */

struct str
catalog_role(const struct catalog *c, struct str role)
{
	return c->role.s != NULL && str_is(role, "current_user") ? c->role : role;
}

bool
catalog_is_owner(const struct catalog *c, const struct granted_on *h, struct str role)
{
	return h->owner.s != NULL ? str_eq(role, h->owner) : c->role.s == NULL && str_is(role, "current_user");
}

/* ---- names ---- */

static struct str
behind_to(struct str name)
{
	size_t to = str_find(name, STR(" to "));

	return to == (size_t)-1 ? STR_NONE : str_slice(name, to + strlen(" to "), name.n);
}

static struct granted
given_to(struct str privilege, struct str to)
{
	size_t by = str_find(to, STR(" by "));

	if (by == (size_t)-1)
		return (struct granted){ privilege, to, STR_NONE };
	return (struct granted){ privilege, str_slice(to, 0, by), str_slice(to, by + strlen(" by "), to.n) };
}

struct str
privilege_grantee(struct str name)
{
	return given_to(STR_NONE, behind_to(name)).grantee;
}

static struct str
front_of(struct arena *arena, const struct granted_on *h, struct str privilege)
{
	if (h->table == NULL)
		return str_printf(arena, "%.*s on ", STR_ARG(privilege));
	if (h->column.s == NULL)
		return str_printf(arena, "%.*s to ", STR_ARG(privilege));
	return str_printf(arena, "column %.*s %.*s to ", STR_ARG(h->column), STR_ARG(privilege));
}

static struct str
name_of(struct arena *arena, const struct granted_on *h, const struct granted *g)
{
	struct str front = front_of(arena, h, g->privilege), words = h->table == NULL ? h->words : STR("");

	return str_printf(arena, "%.*s%.*s%s%.*s%s%.*s", STR_ARG(front), STR_ARG(words), h->table == NULL ? " to " : "", STR_ARG(g->grantee),
	    g->grantor.s == NULL ? "" : " by ", STR_ARG(g->grantor));
}

static bool
is_same_grant(const struct granted *a, const struct granted *b)
{
	return str_eq(a->grantee, b->grantee) && (a->grantor.s == NULL) == (b->grantor.s == NULL) && str_eq(a->grantor, b->grantor);
}

/* ---- what is there ---- */

static size_t
count(const struct catalog *c, const struct granted_on *h)
{
	return h->table != NULL ? h->table->objects.n : c->objects.n;
}

static bool
is_on(const struct object *o, const struct granted_on *h)
{
	size_t on = str_find(o->name, STR(" on "));

	if (h->gone != NULL)
		return o->gone == h->gone;
	return o->gone == NULL && str_find(o->name, h->words) == on + strlen(" on ");
}

/* The i-th object, when it is that privilege on it. */
static struct object *
privilege_at(const struct catalog *c, const struct granted_on *h, struct str front, size_t i)
{
	struct object *o = h->table != NULL ? h->table->objects.items[i] : ((struct slot *)c->objects.entries[i].value)->object;
	bool has_it = o != NULL && str_is(o->kind, "privilege") && o->name.n > front.n && str_eq(str_slice(o->name, 0, front.n), front);

	return has_it && (h->table != NULL || is_on(o, h)) ? o : NULL;
}

static struct object *
find(const struct catalog *c, const struct granted_on *h, const struct granted *g)
{
	struct str front = front_of(c->arena, h, g->privilege);

	for (size_t i = 0; i < count(c, h); i++) {
		struct object *o = privilege_at(c, h, front, i);
		struct granted there = o == NULL ? (struct granted){ .grantee = STR_NONE } : given_to(g->privilege, behind_to(o->name));
		if (o != NULL && is_same_grant(&there, g))
			return o;
	}
	return NULL;
}

/* Another one may have that name: what that is on was called so once. */
static struct str
free_name(const struct catalog *c, struct str name, const bool *gone)
{
	const struct object *there = catalog_find_object(c, NULL, "privilege", name);
	size_t on = str_find(name, STR(" on "));

	if (there == NULL || there->gone == gone || (there->gone != NULL && *there->gone))
		return name;
	return free_name(c, str_printf(c->arena, "%.*s on another %.*s", STR_ARG(str_slice(name, 0, on)),
	    STR_ARG(str_slice(name, on + strlen(" on "), name.n))), gone);
}

static bool
has_option(const struct catalog *c, const struct granted_on *h, struct str privilege, struct str role, const struct granted *but)
{
	struct str front = front_of(c->arena, h, privilege);

	for (size_t i = 0; i < count(c, h); i++) {
		const struct object *o = privilege_at(c, h, front, i);
		struct granted there = o == NULL ? (struct granted){ .grantee = STR_NONE } : given_to(privilege, behind_to(o->name));
		if (o != NULL && o->text.n > 0 && str_eq(there.grantee, role) && (but == NULL || !is_same_grant(&there, but)))
			return true;
	}
	return false;
}

struct str
catalog_grantor(const struct catalog *c, const struct granted_on *h, struct str privilege)
{
	struct granted_on whole = *h;

	whole.column = STR_NONE;
	if (c->role.s == NULL || catalog_is_owner(c, h, c->role))
		return STR_NONE;
	return has_option(c, h, privilege, c->role, NULL) || has_option(c, &whole, privilege, c->role, NULL) ? c->role : STR_NONE;
}

/* ---- GRANT and REVOKE ---- */

static void
put(struct catalog *c, const struct granted_on *h, struct str name, bool option)
{
	catalog_put_object(c, h->table, "privilege", name, option ? STR("with grant option") : STR(""));
	if (h->table == NULL)
		catalog_find_object(c, NULL, "privilege", name)->gone = h->gone;
}

void
catalog_grant(struct catalog *c, const struct granted_on *h, const struct granted *g, bool option)
{
	const struct object *there = find(c, h, g);
	struct str name = name_of(c->arena, h, g);

	if (there != NULL)
		name = there->name;
	else if (h->table == NULL)
		name = free_name(c, name, h->gone);
	put(c, h, name, option || (there != NULL && there->text.n > 0));
}

/* The first that the role gave as grantor. */
static const struct object *
first_by(const struct catalog *c, const struct granted_on *h, struct str privilege, struct str role)
{
	struct str front = front_of(c->arena, h, privilege);

	for (size_t i = 0; i < count(c, h); i++) {
		const struct object *o = privilege_at(c, h, front, i);
		if (o != NULL && str_eq(given_to(privilege, behind_to(o->name)).grantor, role))
			return o;
	}
	return NULL;
}

/* What another role can do it can do, too. */
static bool
is_member(const struct catalog *c, struct str role)
{
	for (size_t i = 0; i < c->objects.n; i++) {
		const struct object *o = ((const struct slot *)c->objects.entries[i].value)->object;
		struct str members = o != NULL && str_is(o->kind, "membership") ? behind_to(o->name) : STR_NONE, one;
		while (str_cut(&members, ',', &one))
			if (str_eq(str_trim(one), role))
				return true;
	}
	return false;
}

bool
catalog_has_dependents(const struct catalog *c, const struct granted_on *h, const struct granted *g)
{
	const struct object *there = find(c, h, g);

	return there != NULL && there->text.n > 0 && !has_option(c, h, g->privilege, g->grantee, g) && !is_member(c, g->grantee) &&
	    first_by(c, h, g->privilege, g->grantee) != NULL;
}

/* recursive_revoke() */
void
catalog_revoke(struct catalog *c, const struct granted_on *h, const struct granted *g, bool option)
{
	const struct object *there = find(c, h, g), *next;
	bool leads_on = catalog_has_dependents(c, h, g);

	if (there == NULL)
		return;
	if (option)
		put(c, h, there->name, false);
	else
		catalog_remove_object(c, h->table, "privilege", there->name);
	while (leads_on && (next = first_by(c, h, g->privilege, g->grantee)) != NULL) {
		struct granted one = given_to(g->privilege, behind_to(next->name));
		catalog_revoke(c, h, &one, false);
	}
}

/* ---- ALTER DEFAULT PRIVILEGES ---- */

static bool
is_same(const struct default_privilege *a, const struct default_privilege *b)
{
	return str_eq(a->role, b->role) && (a->schema.s == NULL) == (b->schema.s == NULL) && str_eq(a->schema, b->schema) &&
	    str_eq(a->object_kind, b->object_kind) && str_eq(a->privilege, b->privilege) && str_eq(a->grantee, b->grantee);
}

static size_t
position(const struct catalog *c, const struct default_privilege *p)
{
	size_t i = 0;

	while (i < c->default_privileges.n && !is_same(&c->default_privileges.items[i], p))
		i++;
	return i;
}

/* acldefault() */
static bool
is_built_in(const struct default_privilege *p)
{
	return p->schema.s == NULL && str_is(p->grantee, "public") && (str_is(p->object_kind, "function") || str_is(p->object_kind, "type"));
}

void
catalog_grant_default(struct catalog *c, const struct default_privilege *p)
{
	size_t i = position(c, p);

	if (i == c->default_privileges.n) {
		if (!is_built_in(p))
			catalog_push(c, &c->default_privileges, *p);
	} else if (c->default_privileges.items[i].taken)
		catalog_remove(c, &c->default_privileges, i);
	else if (p->grantable)
		catalog_set(c, &c->default_privileges.items[i].grantable, true);
}

void
catalog_revoke_default(struct catalog *c, const struct default_privilege *p)
{
	size_t i = position(c, p);
	struct default_privilege taken = *p;

	taken.taken = true;
	if (i < c->default_privileges.n && p->grantable)
		catalog_set(c, &c->default_privileges.items[i].grantable, false);
	else if (i < c->default_privileges.n && !c->default_privileges.items[i].taken)
		catalog_remove(c, &c->default_privileges, i);
	else if (i == c->default_privileges.n && is_built_in(p) && !p->grantable)
		catalog_push(c, &c->default_privileges, taken);
}

void
catalog_forget_defaults_of(struct catalog *c, struct str role)
{
	for (size_t i = c->default_privileges.n; i-- > 0;)
		if (str_eq(c->default_privileges.items[i].grantee, role))
			catalog_remove(c, &c->default_privileges, i);
}

void
catalog_move_defaults(struct catalog *c, struct str schema, struct str to)
{
	for (size_t i = c->default_privileges.n; i-- > 0;) {
		struct default_privilege *p = &c->default_privileges.items[i];
		if (p->schema.s == NULL || !str_eq(p->schema, schema))
			continue;
		if (to.s == NULL)
			catalog_remove(c, &c->default_privileges, i);
		else
			catalog_set(c, &p->schema, to);
	}
}

/* ---- what is made later ---- */

/* get_user_default_acl(): those for all schemas and those for this one add up */
static bool
is_for(const struct default_privilege *p, const char *kind, struct str schema, const struct granted_on *h)
{
	return !p->taken && str_is(p->object_kind, kind) && str_eq(p->role, h->owner) && (p->schema.s == NULL || str_eq(p->schema, schema)) &&
	    !(p->role.s != NULL && str_eq(p->grantee, p->role));
}

static void
give(struct catalog *c, const char *kind, struct str schema, const struct granted_on *h)
{
	for (size_t i = 0; i < c->default_privileges.n; i++) {
		const struct default_privilege *p = &c->default_privileges.items[i];
		struct granted g = { p->privilege, p->grantee, STR_NONE };
		if (!is_for(p, kind, schema, h))
			continue;
		catalog_grant(c, h, &g, p->grantable);
		find(c, h, &g)->brought = true;
	}
}

void
catalog_give_defaults(struct catalog *c, struct relation *r)
{
	struct granted_on h = { .table = r, .owner = c->role };

	if (c->role.s != NULL) {
		catalog_put_object(c, r, "owner", STR(""), c->role);
		catalog_find_object(c, r, "owner", STR(""))->brought = true;
	}
	give(c, r->kind == RELATION_SEQUENCE ? "sequence" : "table", r->schema, &h);
}

void
catalog_give_defaults_on(struct catalog *c, const char *kind, struct str schema, struct str object, const bool *gone, struct str owner)
{
	struct granted_on h = { .words = str_printf(c->arena, "%s %.*s", kind, STR_ARG(object)), .gone = gone, .owner = owner };

	give(c, kind, schema, &h);
}

void
type_give_defaults(struct catalog *c, struct typedef_ *t)
{
	t->owner = c->role;
	catalog_give_defaults_on(c, "type", t->schema, str_printf(c->arena, "%.*s.%.*s", STR_ARG(t->schema), STR_ARG(t->name)), &t->dropped,
	    t->owner);
}
