#include "catalog/catalog.h"

/* ---- ALTER DEFAULT PRIVILEGES ---- */

static bool
is_same(const struct default_privilege *a, const struct default_privilege *b)
{
	return (a->schema.s == NULL) == (b->schema.s == NULL) && str_eq(a->schema, b->schema) && str_eq(a->object_kind, b->object_kind) &&
	    str_eq(a->privilege, b->privilege) && str_eq(a->grantee, b->grantee);
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
is_for(const struct default_privilege *p, const char *kind, struct str schema)
{
	return !p->taken && str_is(p->object_kind, kind) && (p->schema.s == NULL || str_eq(p->schema, schema));
}

static struct str
text_of(const struct default_privilege *p, const struct object *there)
{
	return p->grantable || (there != NULL && there->text.n > 0) ? STR("with grant option") : STR("");
}

void
catalog_give_defaults(struct catalog *c, struct relation *r)
{
	const char *kind = r->kind == RELATION_SEQUENCE ? "sequence" : "table";

	for (size_t i = 0; i < c->default_privileges.n; i++) {
		const struct default_privilege *p = &c->default_privileges.items[i];
		struct str name;
		if (!is_for(p, kind, r->schema))
			continue;
		name = str_printf(c->arena, "%.*s to %.*s", STR_ARG(p->privilege), STR_ARG(p->grantee));
		catalog_put_object(c, r, "privilege", name, text_of(p, catalog_find_object(c, r, "privilege", name)));
		catalog_find_object(c, r, "privilege", name)->brought = true;
	}
}

void
catalog_give_defaults_on(struct catalog *c, const char *kind, struct str schema, struct str object, const bool *gone)
{
	for (size_t i = 0; i < c->default_privileges.n; i++) {
		const struct default_privilege *p = &c->default_privileges.items[i];
		struct object *o, *there;
		struct slot *slot;
		if (!is_for(p, kind, schema))
			continue;
		o = NEW(c->arena, struct object);
		*o = (struct object){ .kind = STR("privilege"), .name = str_printf(c->arena, "%.*s on %s %.*s to %.*s", STR_ARG(p->privilege),
		    kind, STR_ARG(object), STR_ARG(p->grantee)), .gone = gone, .brought = true, .born = c->now };
		slot = catalog_slot(c, &c->objects, o->kind, o->name);
		there = slot->object;
		o->text = text_of(p, there != NULL && there->gone == gone ? there : NULL);
		catalog_set(c, &slot->object, o);
	}
}

void
type_give_defaults(struct catalog *c, const struct typedef_ *t)
{
	catalog_give_defaults_on(c, "type", t->schema, str_printf(c->arena, "%.*s.%.*s", STR_ARG(t->schema), STR_ARG(t->name)), &t->dropped);
}
