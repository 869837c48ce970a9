#include "catalog/spell.h"
#include "schema/json.h"

#include <stdlib.h>

struct writer {
	const struct contents *contents;
	struct arena *arena;
	const struct catalog *catalog;
	struct tree *tree;
	int pg_version;
};

static struct str
expr_text(const struct writer *w, const struct expr *e)
{
	struct buf b = BUF(w->arena);

	if (e == NULL)
		return STR_NONE;
	spell_expr(&b, e);
	return buf_text(&b);
}

static struct str
type_text(const struct writer *w, struct type type)
{
	struct buf b = BUF(w->arena);

	if (!type_known(type))
		return STR_NONE;
	spell_type(&b, w->catalog, type);
	return buf_text(&b);
}

static void
write_names(struct writer *w, json_t *parent, const char *key, const struct str *names, size_t n)
{
	json_t *list = tree_array(w->tree, parent, key);

	for (size_t i = 0; i < n; i++)
		tree_str(w->tree, list, NULL, names[i]);
}

static json_t *
write_name(struct writer *w, json_t *parent, const char *key, struct str schema, struct str name)
{
	json_t *o = tree_object(w->tree, parent, key);

	tree_str(w->tree, o, "schema", schema);
	tree_str(w->tree, o, "name", name);
	return o;
}

static void
write_privileges(struct writer *w, json_t *parent, const struct privilege_list *privileges)
{
	json_t *list = tree_array(w->tree, parent, "privileges");

	for (size_t i = 0; i < privileges->n; i++) {
		const struct privilege *p = &privileges->items[i];
		json_t *o = tree_object(w->tree, list, NULL);
		if (p->column.s != NULL)
			tree_str(w->tree, o, "column", p->column);
		tree_str(w->tree, o, "grantee", p->grantee);
		tree_str(w->tree, o, "privilege", p->privilege);
		tree_bool(w->tree, o, "grantable", p->grantable);
	}
}

static void
write_privileges_on(struct writer *w, json_t *parent, const struct relation *r)
{
	struct privilege_list list = { 0 };

	schema_privileges(w->arena, r, &list);
	write_privileges(w, parent, &list);
}

/* A function or type; for PUBLIC it is that unless it was taken away, which is not followed. */
static void
write_remarks(struct writer *w, json_t *o, const bool *dropped)
{
	struct privilege_list all = { 0 }, list = { 0 };

	schema_privileges_with(w->contents, dropped, &all);
	for (size_t i = 0; i < all.n; i++)
		if (!str_is(all.items[i].grantee, "public"))
			*vec_push(w->arena, &list) = all.items[i];
	write_privileges(w, o, &list);
	tree_optional(w->tree, o, "comment", schema_comment_with(w->contents, dropped));
}

/* ---- columns ---- */

static const char *
identity_word(char identity)
{
	return identity == 'a' ? "always" : identity == 'd' ? "by default" : NULL;
}

static const char *
generated_word(char generated)
{
	return generated == 's' ? "stored" : generated == 'v' ? "virtual" : NULL;
}

static void
write_word(struct writer *w, json_t *o, const char *key, const char *word)
{
	if (word == NULL)
		tree_null(w->tree, o, key);
	else
		tree_c(w->tree, o, key, word);
}

/* Of a foreign table, or behind "column a " of its column. */
static void
write_foreign_options(struct writer *w, json_t *o, const struct relation *r, struct str begin)
{
	json_t *list = tree_object(w->tree, o, "options");

	for (size_t i = 0; i < r->objects.n; i++) {
		const struct object *option = r->objects.items[i];
		bool is_meant = begin.n > 0 ? str_starts(option->name, str_c(w->arena, begin)) : !str_starts(option->name, "column ");
		if (str_is(option->kind, "foreign option") && is_meant)
			tree_str(w->tree, list, str_c(w->arena, str_slice(option->name, begin.n, option->name.n)), option->text);
	}
}

static void
write_column(struct writer *w, json_t *list, const struct relation *r, const struct column *column)
{
	json_t *o = tree_object(w->tree, list, NULL);
	struct buf text = BUF(w->arena);

	/* beside IDENTITY one may be left from a parent; it is never used */
	if (column->identity == 0)
		spell_default(&text, w->catalog, column);
	tree_str(w->tree, o, "name", column->name);
	tree_optional(w->tree, o, "type", type_text(w, column->type));
	/* attnotnull, which also stands for a constraint that is NOT VALID */
	tree_bool(w->tree, o, "not_null", column->not_null == YES || catalog_find_not_null(r, column->name) != NULL);
	tree_optional(w->tree, o, "default", buf_text(&text));
	write_word(w, o, "identity", identity_word(column->identity));
	write_word(w, o, "generated", generated_word(column->generated));
	tree_optional(w->tree, o, "collation", column->collation);
	if (r->kind == RELATION_FOREIGN)
		write_foreign_options(w, o, r, str_printf(w->arena, "column %.*s ", STR_ARG(column->name)));
	tree_optional(w->tree, o, "comment", schema_comment(r, "column", column->name));
}

static void
write_columns(struct writer *w, json_t *parent, const struct relation *r)
{
	json_t *list = tree_array(w->tree, parent, "columns");

	for (size_t i = 0; i < r->columns.n; i++)
		if (!r->columns.items[i]->dropped)
			write_column(w, list, r, r->columns.items[i]);
}

/* ---- constraints and indexes ---- */

static void
write_references(struct writer *w, json_t *parent, const struct constraint *k)
{
	if (k->references == NULL) {
		tree_null(w->tree, parent, "references");
		return;
	}
	write_names(w, write_name(w, parent, "references", k->references->schema, k->references->name), "columns",
	    k->reference_columns.items, k->reference_columns.n);
}

static void
write_constraint(struct writer *w, json_t *list, const struct constraint *k)
{
	json_t *o = tree_object(w->tree, list, NULL);
	struct buf text = BUF(w->arena);

	spell_constraint(&text, w->catalog, k);
	tree_str(w->tree, o, "name", k->name);
	tree_c(w->tree, o, "type", spell_constraint_kind(k->kind));
	tree_str(w->tree, o, "definition", buf_text(&text));
	write_names(w, o, "columns", k->columns.items, k->columns.n);
	tree_bool(w->tree, o, "valid", k->valid != NO);
	tree_bool(w->tree, o, "enforced", k->enforced);
	write_references(w, o, k);
	tree_optional(w->tree, o, "comment", schema_comment(k->table, "constraint", k->name));
}

static int
compare_constraints(const void *a, const void *b)
{
	const struct constraint *x = *(struct constraint *const *)a, *y = *(struct constraint *const *)b;

	return str_cmp(x->name, y->name);
}

/* Before 18 a NOT NULL is no constraint of its own. */
static void
write_constraints(struct writer *w, json_t *parent, const struct relation *r)
{
	json_t *list = tree_array(w->tree, parent, "constraints");
	VEC(struct constraint *) sorted = { 0 };

	for (size_t i = 0; i < r->constraints.n; i++) {
		struct constraint *k = r->constraints.items[i];
		if (!k->dropped && (k->kind != CONSTRAINT_NOT_NULL || w->pg_version >= 18))
			*vec_push(w->arena, &sorted) = k;
	}
	if (sorted.n > 1)
		qsort(sorted.items, sorted.n, sizeof *sorted.items, compare_constraints);
	for (size_t i = 0; i < sorted.n; i++)
		write_constraint(w, list, sorted.items[i]);
}

static void
write_index(struct writer *w, json_t *list, const struct relation *r)
{
	const struct index *index = r->index;
	json_t *o = tree_object(w->tree, list, NULL), *columns;
	struct buf text = BUF(w->arena);

	spell_index(&text, r);
	tree_str(w->tree, o, "name", r->name);
	tree_bool(w->tree, o, "unique", index->unique);
	tree_bool(w->tree, o, "primary", index->primary);
	tree_bool(w->tree, o, "valid", index->valid != NO);
	tree_str(w->tree, o, "method", index->method);
	columns = tree_array(w->tree, o, "columns");
	for (size_t i = 0; i < index->columns.n; i++)
		tree_optional(w->tree, columns, NULL, index->columns.items[i].name);
	write_names(w, o, "include", index->include.items, index->include.n);
	tree_optional(w->tree, o, "predicate", expr_text(w, index->predicate));
	tree_str(w->tree, o, "definition", buf_text(&text));
	tree_optional(w->tree, o, "comment", schema_comment(r, "", STR_NONE));
}

static int
compare_relations(const void *a, const void *b)
{
	const struct relation *x = *(struct relation *const *)a, *y = *(struct relation *const *)b;

	return str_cmp(x->name, y->name);
}

static void
write_indexes(struct writer *w, json_t *parent, const struct relation *r)
{
	json_t *list = tree_array(w->tree, parent, "indexes");
	VEC(struct relation *) sorted = { 0 };

	for (size_t i = 0; i < r->indexes.n; i++)
		if (!r->indexes.items[i]->dropped)
			*vec_push(w->arena, &sorted) = r->indexes.items[i];
	if (sorted.n > 1)
		qsort(sorted.items, sorted.n, sizeof *sorted.items, compare_relations);
	for (size_t i = 0; i < sorted.n; i++)
		write_index(w, list, sorted.items[i]);
}

/* ---- relations ---- */

static void
write_membership(struct writer *w, json_t *o, const struct relation *r)
{
	struct buf key = BUF(w->arena);
	json_t *inherits;

	if (r->is_partition && r->parent != NULL) {
		(void)write_name(w, o, "partition_of", r->parent->schema, r->parent->name);
		tree_optional(w->tree, o, "partition_bound", r->bound);
	} else {
		tree_null(w->tree, o, "partition_of");
		tree_null(w->tree, o, "partition_bound");
	}
	inherits = tree_array(w->tree, o, "inherits");
	for (size_t i = 0; !r->is_partition && i < r->parents.n; i++)
		(void)write_name(w, inherits, NULL, r->parents.items[i]->schema, r->parents.items[i]->name);
	if (r->kind == RELATION_PARTITIONED)
		spell_partition_key(&key, r);
	tree_optional(w->tree, o, "partition_key", buf_text(&key));
}

static void
write_options(struct writer *w, json_t *o, const struct relation *r)
{
	json_t *list = tree_object(w->tree, o, "options");

	for (size_t i = 0; i < r->objects.n; i++) {
		const struct object *option = r->objects.items[i];
		if (str_is(option->kind, "option") && !str_starts(option->name, "column "))
			tree_str(w->tree, list, str_c(w->arena, option->name), option->text);
	}
}

static void
write_identity(struct writer *w, json_t *o, const struct relation *r)
{
	bool none = r->kind == RELATION_VIEW || r->kind == RELATION_FOREIGN;
	struct str identity = schema_option(r, "replica identity", "");
	const struct relation *index = schema_identity_index(r);

	if (str_is(identity, "index"))
		tree_str(w->tree, o, "replica_identity", index != NULL ? index->name : STR("nothing"));
	else
		tree_str(w->tree, o, "replica_identity", none ? STR("nothing") : identity.n > 0 ? identity : STR("default"));
}

static void
write_relation(struct writer *w, json_t *list, const struct relation *r)
{
	json_t *o = write_name(w, list, NULL, r->schema, r->name);

	tree_c(w->tree, o, "kind", spell_relkind(r->kind));
	tree_c(w->tree, o, "persistence", spell_persistence(r));
	write_membership(w, o, r);
	if (r->row_of != NULL)
		(void)write_name(w, o, "of", r->row_of->schema, r->row_of->name);
	write_columns(w, o, r);
	write_constraints(w, o, r);
	write_indexes(w, o, r);
	tree_bool(w->tree, o, "row_security", r->row_security == YES);
	tree_bool(w->tree, o, "force_row_security", r->force_row_security == YES);
	write_identity(w, o, r);
	if (r->kind == RELATION_FOREIGN)
		write_foreign_options(w, o, r, STR(""));
	else
		write_options(w, o, r);
	if (r->kind == RELATION_FOREIGN)
		tree_str(w->tree, o, "server", str_slice(r->definition, str_of("SERVER ").n, r->definition.n));
	write_privileges_on(w, o, r);
	tree_optional(w->tree, o, "comment", schema_comment(r, "", STR_NONE));
	if (r->assumed)
		tree_bool(w->tree, o, "incomplete", true);
}

static void
write_relations(struct writer *w, const struct contents *x)
{
	json_t *list = tree_array(w->tree, w->tree->root, "relations");
	VEC(struct relation *) all = { 0 };
	size_t i = 0, j = 0;

	while (i < x->tables.n || j < x->views.n) {
		bool table = j == x->views.n;
		if (i < x->tables.n && j < x->views.n) {
			const struct relation *a = x->tables.items[i], *b = x->views.items[j];
			int by_schema = str_cmp(a->schema, b->schema);
			table = by_schema != 0 ? by_schema < 0 : str_cmp(a->name, b->name) < 0;
		}
		*vec_push(w->arena, &all) = table ? x->tables.items[i++] : x->views.items[j++];
	}
	for (i = 0; i < all.n; i++)
		write_relation(w, list, all.items[i]);
}

/* ---- types ---- */

static const char *
typekind_word(enum typekind kind)
{
	switch (kind) {
	case TYPE_ENUM: return "enum";
	case TYPE_DOMAIN: return "domain";
	case TYPE_COMPOSITE: return "composite";
	case TYPE_RANGE: return "range";
	default: return "base";
	}
}

static void
write_domain(struct writer *w, json_t *o, const struct typedef_ *t)
{
	bool not_null = false;
	json_t *list;

	tree_optional(w->tree, o, "base", type_text(w, t->base));
	for (size_t i = 0; i < t->constraints.n; i++)
		not_null = not_null || t->constraints.items[i].check == NULL;
	tree_bool(w->tree, o, "not_null", not_null);
	tree_optional(w->tree, o, "default", t->default_expr == NULL ? STR_NONE : t->default_expr->text);
	list = tree_array(w->tree, o, "constraints");
	for (size_t i = 0; i < t->constraints.n; i++) {
		const struct domain_constraint *k = &t->constraints.items[i];
		json_t *entry;
		if (k->check == NULL)
			continue;
		entry = tree_object(w->tree, list, NULL);
		tree_optional(w->tree, entry, "name", k->name);
		tree_str(w->tree, entry, "definition", str_printf(w->arena, "CHECK (%.*s)%s", STR_ARG(expr_text(w, k->check)),
		    k->valid == NO ? " NOT VALID" : ""));
	}
}

static void
write_attributes(struct writer *w, json_t *o, const struct typedef_ *t)
{
	const struct relation *r = catalog_find_relation(w->catalog, (struct name){ t->schema, t->name, { 0, 0 } });
	json_t *list = tree_array(w->tree, o, "attributes");

	for (size_t i = 0; r != NULL && i < r->columns.n; i++) {
		const struct column *column = r->columns.items[i];
		json_t *entry;
		if (column->dropped)
			continue;
		entry = tree_object(w->tree, list, NULL);
		tree_str(w->tree, entry, "name", column->name);
		tree_optional(w->tree, entry, "type", type_text(w, column->type));
	}
}

static void
write_type(struct writer *w, json_t *list, const struct typedef_ *t)
{
	json_t *o = write_name(w, list, NULL, t->schema, t->name);
	json_t *labels;

	tree_c(w->tree, o, "kind", typekind_word(t->kind));
	if (t->kind == TYPE_ENUM) {
		labels = tree_array(w->tree, o, "labels");
		for (size_t i = 0; i < t->values.n; i++)
			tree_str(w->tree, labels, NULL, t->values.items[i].label);
	} else if (t->kind == TYPE_DOMAIN) {
		write_domain(w, o, t);
	} else if (t->kind == TYPE_COMPOSITE) {
		write_attributes(w, o, t);
	} else if (t->kind == TYPE_RANGE) {
		tree_optional(w->tree, o, "base", type_text(w, t->base));
	}
	write_remarks(w, o, &t->dropped);
}

/* ---- functions, sequences, views ---- */

static const char *
volatility_word(enum volatility v)
{
	return v == IMMUTABLE ? "immutable" : v == STABLE ? "stable" : "volatile";
}

static void
write_function(struct writer *w, json_t *list, const struct function *f)
{
	json_t *o = write_name(w, list, NULL, f->schema, f->name);

	tree_str(w->tree, o, "arguments", f->arguments);
	tree_c(w->tree, o, "kind", f->procedure ? "procedure" : "function");
	tree_optional(w->tree, o, "returns", f->returns);
	tree_str(w->tree, o, "language", f->language);
	tree_c(w->tree, o, "volatility", volatility_word(f->volatility));
	tree_bool(w->tree, o, "security_definer", f->security_definer);
	tree_bool(w->tree, o, "strict", f->strict);
	if (f->body.s != NULL)
		tree_str(w->tree, o, "body", f->body);
	else
		tree_null(w->tree, o, "body");
	write_remarks(w, o, &f->dropped);
}

static void
write_number(struct writer *w, json_t *o, const char *key, struct str text)
{
	int64_t n;

	if (str_to_int(text, &n))
		tree_signed(w->tree, o, key, n);
	else
		tree_optional(w->tree, o, key, text);
}

static void
write_sequence(struct writer *w, json_t *list, const struct relation *r)
{
	json_t *o = write_name(w, list, NULL, r->schema, r->name), *owner;
	struct sequence_shape s = catalog_sequence(r);

	tree_str(w->tree, o, "type", s.type);
	if (r->owner == NULL) {
		tree_null(w->tree, o, "owned_by");
	} else {
		owner = tree_object(w->tree, o, "owned_by");
		tree_str(w->tree, owner, "schema", r->owner->schema);
		tree_str(w->tree, owner, "table", r->owner->name);
		tree_str(w->tree, owner, "column", r->owner_column);
	}
	write_number(w, o, "start", s.start);
	write_number(w, o, "increment", s.increment);
	write_number(w, o, "min", s.min);
	write_number(w, o, "max", s.max);
	write_number(w, o, "cache", s.cache);
	tree_bool(w->tree, o, "cycle", s.cycle);
	write_privileges_on(w, o, r);
	tree_optional(w->tree, o, "comment", schema_comment(r, "", STR_NONE));
}

static void
write_view(struct writer *w, json_t *list, const struct relation *r)
{
	json_t *o = write_name(w, list, NULL, r->schema, r->name);

	tree_bool(w->tree, o, "materialized", r->kind == RELATION_MATVIEW);
	tree_optional(w->tree, o, "definition", r->definition);
}

/* ---- what belongs to a table ---- */

static json_t *
write_part(struct writer *w, json_t *list, const struct relation *r, struct str name)
{
	json_t *o = tree_object(w->tree, list, NULL);

	tree_str(w->tree, o, "schema", r->schema);
	tree_str(w->tree, o, "table", r->name);
	tree_str(w->tree, o, "name", name);
	return o;
}

static void
write_triggers(struct writer *w, json_t *list, const struct relation *r)
{
	for (size_t i = 0; i < r->triggers.n; i++) {
		const struct trigger *t = r->triggers.items[i];
		struct str state = t->state;
		struct buf text = BUF(w->arena);
		json_t *o;
		if (t->dropped)
			continue;
		spell_trigger(&text, w->catalog, t);
		o = write_part(w, list, r, t->name);
		tree_str(w->tree, o, "definition", buf_text(&text));
		tree_str(w->tree, o, "enabled", state.n > 0 ? state : STR("origin"));
		tree_optional(w->tree, o, "comment", schema_comment(r, "trigger", t->name));
	}
}

static const char *
command_word(char command)
{
	return command == 'r' ? "select" : command == 'a' ? "insert" : command == 'w' ? "update" : command == 'd' ? "delete" : "all";
}

static void
write_roles(struct writer *w, json_t *o, const struct policy *p)
{
	json_t *list = tree_array(w->tree, o, "roles");
	struct str rest = p->roles, one;

	if (p->roles.n == 0)
		tree_c(w->tree, list, NULL, "public");
	while (str_cut(&rest, ',', &one))
		tree_str(w->tree, list, NULL, str_trim(one));
}

static void
write_policies(struct writer *w, json_t *list, const struct relation *r)
{
	for (size_t i = 0; i < r->policies.n; i++) {
		const struct policy *p = r->policies.items[i];
		json_t *o;
		if (p->dropped)
			continue;
		o = write_part(w, list, r, p->name);
		tree_c(w->tree, o, "command", command_word(p->command));
		tree_bool(w->tree, o, "permissive", p->permissive);
		write_roles(w, o, p);
		tree_optional(w->tree, o, "using", expr_text(w, p->using_expr));
		tree_optional(w->tree, o, "check", expr_text(w, p->check_expr));
		tree_optional(w->tree, o, "comment", schema_comment(r, "policy", p->name));
	}
}

static const char *
rule_state(const struct relation *r, struct str name)
{
	const struct object *o = catalog_find_object(NULL, r, "rule state", name);

	return o == NULL ? "origin" : str_is(o->text, "DISABLE") ? "disabled" : str_is(o->text, "ENABLE ALWAYS") ? "always" : "replica";
}

static void
write_rules(struct writer *w, json_t *list, const struct relation *r)
{
	for (size_t i = 0; i < r->objects.n; i++) {
		const struct object *rule = r->objects.items[i];
		struct buf text = BUF(w->arena);
		json_t *o;
		if (!str_is(rule->kind, "rule"))
			continue;
		spell_rule(&text, r, rule);
		o = write_part(w, list, r, rule->name);
		tree_str(w->tree, o, "definition", buf_text(&text));
		tree_c(w->tree, o, "enabled", rule_state(r, rule->name));
		tree_optional(w->tree, o, "comment", schema_comment(r, "rule", rule->name));
	}
}

static void
write_parts(struct writer *w, const struct contents *x)
{
	json_t *triggers = tree_array(w->tree, w->tree->root, "triggers");
	json_t *policies = tree_array(w->tree, w->tree->root, "policies");
	json_t *rules = tree_array(w->tree, w->tree->root, "rules");

	for (size_t i = 0; i < x->tables.n; i++)
		write_triggers(w, triggers, x->tables.items[i]);
	for (size_t i = 0; i < x->views.n; i++)
		write_triggers(w, triggers, x->views.items[i]);
	for (size_t i = 0; i < x->tables.n; i++)
		write_policies(w, policies, x->tables.items[i]);
	for (size_t i = 0; i < x->tables.n; i++)
		write_rules(w, rules, x->tables.items[i]);
	for (size_t i = 0; i < x->views.n; i++)
		write_rules(w, rules, x->views.items[i]);
}

/* What everybody has on the default schema from the start is left out. */
static void
write_schema_privileges(struct writer *w)
{
	json_t *list = tree_array(w->tree, w->tree->root, "privileges");

	for (size_t i = 0; i < w->contents->schemas.n; i++) {
		struct str schema = w->contents->schemas.items[i];
		struct privilege_list all = { 0 };
		schema_privileges_on(w->contents, schema, &all);
		for (size_t j = 0; j < all.n; j++) {
			json_t *o;
			if (str_eq(schema, w->catalog->default_schema) && str_is(all.items[j].grantee, "public"))
				continue;
			o = tree_object(w->tree, list, NULL);
			tree_str(w->tree, o, "schema", schema);
			tree_str(w->tree, o, "grantee", all.items[j].grantee);
			tree_str(w->tree, o, "privilege", all.items[j].privilege);
			tree_bool(w->tree, o, "grantable", all.items[j].grantable);
		}
	}
}

/* ---- the document ---- */

static void
write_extensions(struct writer *w, const struct contents *x)
{
	json_t *list = tree_array(w->tree, w->tree->root, "extensions");

	for (size_t i = 0; i < x->objects.n; i++) {
		const struct object *o = x->objects.items[i];
		json_t *entry;
		/* each database has PL/pgSQL */
		if (!str_is(o->kind, "extension") || str_is(o->name, "plpgsql"))
			continue;
		entry = tree_object(w->tree, list, NULL);
		tree_str(w->tree, entry, "name", o->name);
		tree_str(w->tree, entry, "schema", o->text.n > 0 ? o->text : w->catalog->default_schema);
	}
}

void
schema_json(struct buf *out, const struct catalog *c, int pg_version)
{
	struct writer w = { .arena = out->arena, .catalog = c, .tree = tree_new(out->arena), .pg_version = pg_version };
	json_t *list;
	struct contents x;

	schema_contents(out->arena, c, &x);
	w.contents = &x;
	write_names(&w, w.tree->root, "schemas", x.schemas.items, x.schemas.n);
	write_extensions(&w, &x);
	write_relations(&w, &x);
	list = tree_array(w.tree, w.tree->root, "types");
	for (size_t i = 0; i < x.types.n; i++)
		write_type(&w, list, x.types.items[i]);
	list = tree_array(w.tree, w.tree->root, "functions");
	for (size_t i = 0; i < x.functions.n; i++)
		write_function(&w, list, x.functions.items[i]);
	list = tree_array(w.tree, w.tree->root, "sequences");
	for (size_t i = 0; i < x.sequences.n; i++)
		write_sequence(&w, list, x.sequences.items[i]);
	list = tree_array(w.tree, w.tree->root, "views");
	for (size_t i = 0; i < x.views.n; i++)
		write_view(&w, list, x.views.items[i]);
	write_parts(&w, &x);
	write_schema_privileges(&w);
	schema_json_objects(w.tree, &x);
	tree_write(w.tree, out);
}
