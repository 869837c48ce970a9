#include <string.h>

#include "catalog/catalog.h"

struct typedef_ *
catalog_type(struct catalog *c, struct name name, enum typekind kind)
{
	struct typedef_ *t = catalog_find_type(c, name.schema, name.name);

	if (t == NULL) {
		struct str schema = str_copy(c->arena, catalog_target_schema(c, name));
		t = catalog_add_type(c, schema, str_copy(c->arena, name.name), kind);
		memset(&t->born, 0, sizeof t->born);
		t->assumed = true;
	}
	return t;
}

bool
catalog_is_translated(const struct catalog *c)
{
	static const char *const elsewhere[] = { "binary", "blob", "clob", "datetime", "datetime2", "longblob", "longtext", "mediumblob", "mediumint",
		"mediumtext", "nclob", "nvarchar", "nvarchar2", "number", "tinyblob", "tinyint", "tinytext", "uniqueidentifier", "varbinary",
		"varchar2" };

	for (size_t i = 0; i < c->all_types.n; i++)
		for (size_t k = 0; c->all_types.items[i]->assumed && k < sizeof elsewhere / sizeof elsewhere[0]; k++)
			if (str_is(c->all_types.items[i]->name, elsewhere[k]))
				return true;
	return false;
}

/* Deeper chains of domains do not come from people. */
enum { CHAIN_LIMIT = 32 };

void
type_note_user(struct catalog *c, struct type type, struct relation *r)
{
	for (int depth = 0; depth < CHAIN_LIMIT && type_known(type) && !type.builtin; depth++) {
		struct name name = { type.schema, type.name, { 0, 0 } };
		struct typedef_ *t = catalog_type(c, name, TYPE_UNKNOWN);
		bool noted = false;

		for (size_t i = 0; i < t->users.n; i++)
			noted = noted || t->users.items[i] == r;
		if (!noted)
			catalog_push(c, &t->users, r);
		if (t->kind != TYPE_DOMAIN)
			return;
		type = t->base;
	}
}

enum tri
type_is_based_on(const struct catalog *c, struct type type, const struct typedef_ *domain)
{
	for (int depth = 0; depth < CHAIN_LIMIT; depth++) {
		const struct typedef_ *t;

		if (!type_known(type))
			return UNKNOWN;
		t = type.builtin ? NULL : catalog_find_type(c, type.schema, type.name);
		if (t == NULL || t == domain)
			return tri_of(t == domain && type.dims == 0);
		if (t->kind != TYPE_DOMAIN)
			return t->kind == TYPE_UNKNOWN ? UNKNOWN : NO;
		type = t->base;
	}
	return UNKNOWN;
}

enum tri
type_is_used_by(const struct catalog *c, const struct typedef_ *domain, const struct relation *r)
{
	enum tri used = NO;

	for (size_t i = 0; i < r->columns.n; i++)
		if (!r->columns.items[i]->dropped)
			used = tri_or(used, type_is_based_on(c, r->columns.items[i]->type, domain));
	return used;
}

/* An array of it needs it, too. */
static bool
is_made_of(const struct catalog *c, struct type type, const struct typedef_ *of)
{
	const struct typedef_ *t = NULL;

	for (int depth = 0; depth < CHAIN_LIMIT && type_known(type) && !type.builtin && t != of; depth++) {
		t = catalog_find_type(c, type.schema, type.name);
		type = t != NULL && t->kind == TYPE_DOMAIN ? t->base : (struct type){ 0 };
	}
	return t == of;
}

bool
type_is_needed_by(const struct catalog *c, const struct typedef_ *t, const struct relation *r)
{
	for (size_t i = 0; i < r->columns.n; i++)
		if (!r->columns.items[i]->dropped && is_made_of(c, r->columns.items[i]->type, t))
			return true;
	return false;
}

struct enum_value *
type_find_value(const struct typedef_ *t, struct str label)
{
	for (size_t i = 0; i < t->values.n; i++)
		if (str_eq(t->values.items[i].label, label))
			return &t->values.items[i];
	return NULL;
}
