#include "dump.h"

static void
text(struct buf *b, const char *what, struct str s)
{
	if (s.s != NULL)
		buf_printf(b, " %s=%.*s", what, STR_ARG(s));
}

static void
number(struct buf *b, const char *what, long long n)
{
	if (n != 0)
		buf_printf(b, " %s=%lld", what, n);
}

static void
strings(struct buf *b, const char *what, const struct str *list, size_t n)
{
	if (n == 0)
		return;
	buf_printf(b, " %s=(", what);
	for (size_t i = 0; i < n; i++)
		buf_printf(b, "%s%.*s", i > 0 ? "," : "", STR_ARG(list[i]));
	buf_char(b, ')');
}

static void
birth(struct buf *b, const char *what, const struct birth *at)
{
	if (at->statement == 0 && at->migration == 0)
		return;
	buf_printf(b, " %s=%u/%u/%u@%u%s", what, at->migration, at->transaction, at->statement, at->place.span.off,
	    at->changed ? "*" : "");
}

static void
type(struct buf *b, const struct type *t)
{
	text(b, "type", t->name);
	text(b, "type-schema", t->schema);
	text(b, "mod-text", t->mod_text);
	for (int i = 0; i < t->nmods; i++)
		buf_printf(b, " mod=%d", t->mods[i]);
	number(b, "dims", t->dims);
	number(b, "serial", t->serial);
	number(b, "builtin", t->builtin);
}

static void
expr(struct buf *b, const char *what, const struct expr *e)
{
	if (e != NULL)
		buf_printf(b, " %s=<%.*s>", what, STR_ARG(e->text));
}

/* Names change: what stays is when it was made. */
static void
relation_name(struct buf *b, const char *what, const struct catalog *c, const struct relation *r)
{
	size_t i = 0;

	if (r == NULL)
		return;
	while (i < c->all.n && c->all.items[i] != r)
		i++;
	buf_printf(b, " %s=%.*s#%zu", what, STR_ARG(r->name), i);
}

static void
columns_of_key(struct buf *b, const struct index_column *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		buf_c(b, " key:");
		text(b, "column", list[i].name);
		expr(b, "expr", list[i].expr);
		text(b, "collation", list[i].collation);
		text(b, "opclass", list[i].opclass);
		number(b, "desc", list[i].descending);
		number(b, "nulls-first", list[i].nulls_first);
	}
}

static void
column(struct buf *b, const struct catalog *c, const struct column *k)
{
	buf_printf(b, "\n\tcolumn %.*s", STR_ARG(k->name));
	type(b, &k->type);
	text(b, "collation", k->collation);
	number(b, "not-null", k->not_null);
	expr(b, "default", k->default_expr);
	number(b, "identity", k->identity);
	number(b, "generated", k->generated);
	number(b, "assumed", k->assumed);
	number(b, "dropped", k->dropped);
	number(b, "inherited", k->inherited);
	relation_name(b, "sequence", c, k->sequence);
	birth(b, "born", &k->born);
}

static void
constraint(struct buf *b, const struct catalog *c, const struct constraint *k)
{
	buf_printf(b, "\n\tconstraint %.*s kind=%c", STR_ARG(k->name), (char)k->kind);
	relation_name(b, "table", c, k->table);
	strings(b, "columns", k->columns.items, k->columns.n);
	expr(b, "check", k->check);
	relation_name(b, "references", c, k->references);
	strings(b, "reference-columns", k->reference_columns.items, k->reference_columns.n);
	strings(b, "set-columns", k->set_columns.items, k->set_columns.n);
	buf_printf(b, " %d%d%d", k->on_delete, k->on_update, k->match);
	buf_printf(b, " flags=%d%d%d%d%d%d%d%d", k->valid, k->enforced, k->deferrable, k->initially_deferred, k->no_inherit, k->assumed,
	    k->dropped, k->name_given);
	if (k->parent != NULL)
		text(b, "parent", k->parent->name);
	relation_name(b, "index", c, k->index);
	birth(b, "born", &k->born);
	birth(b, "validated", &k->validated);
}

static void
index_part(struct buf *b, const struct catalog *c, const struct index *x)
{
	relation_name(b, "\n\tindex on", c, x->table);
	text(b, "method", x->method);
	columns_of_key(b, x->columns.items, x->columns.n);
	strings(b, "include", x->include.items, x->include.n);
	expr(b, "where", x->predicate);
	buf_printf(b, " flags=%d%d%d%d%d%d", x->unique, x->primary, x->nulls_not_distinct, x->valid, x->only, x->concurrently);
	if (x->constraint != NULL)
		text(b, "constraint", x->constraint->name);
	relation_name(b, "parent", c, x->parent);
	for (size_t i = 0; i < x->children.n; i++)
		relation_name(b, "child", c, x->children.items[i]);
}

static void
policies_and_triggers(struct buf *b, const struct relation *r)
{
	for (size_t i = 0; i < r->triggers.n; i++) {
		buf_printf(b, "\n\ttrigger %.*s dropped=%d", STR_ARG(r->triggers.items[i]->name), r->triggers.items[i]->dropped);
		birth(b, "born", &r->triggers.items[i]->born);
	}
	for (size_t i = 0; i < r->policies.n; i++) {
		const struct policy *p = r->policies.items[i];
		buf_printf(b, "\n\tpolicy %.*s %d%d%c", STR_ARG(p->name), p->dropped, p->permissive, p->command);
		expr(b, "using", p->using_expr);
		expr(b, "check", p->check_expr);
		birth(b, "born", &p->born);
	}
}

static void
links(struct buf *b, const struct catalog *c, const struct relation *r)
{
	relation_name(b, "parent", c, r->parent);
	relation_name(b, "owner", c, r->owner);
	text(b, "owner-column", r->owner_column);
	for (size_t i = 0; i < r->indexes.n; i++)
		relation_name(b, "has-index", c, r->indexes.items[i]);
	for (size_t i = 0; i < r->partitions.n; i++)
		relation_name(b, "partition", c, r->partitions.items[i]);
	for (size_t i = 0; i < r->dependents.n; i++)
		relation_name(b, "dependent", c, r->dependents.items[i]);
	for (size_t i = 0; i < r->reads.n; i++)
		relation_name(b, "reads", c, r->reads.items[i]);
	for (size_t i = 0; i < r->referenced_by.n; i++)
		text(b, "referenced-by", r->referenced_by.items[i]->name);
}

static void
relation(struct buf *b, const struct catalog *c, const struct relation *r)
{
	buf_printf(b, "relation %.*s.%.*s kind=%d persistence=%c", STR_ARG(r->schema), STR_ARG(r->name), (int)r->kind, r->persistence);
	buf_printf(b, " flags=%d%d%d%d%d rls=%d%d", r->assumed, r->dropped, r->filled, r->is_partition, r->default_partition,
	    r->row_security, r->force_row_security);
	text(b, "strategy", r->partition_strategy);
	columns_of_key(b, r->partition_key.items, r->partition_key.n);
	text(b, "bound", r->bound);
	links(b, c, r);
	birth(b, "born", &r->born);
	birth(b, "replaced", &r->replaced);
	for (size_t i = 0; i < r->columns.n; i++)
		column(b, c, r->columns.items[i]);
	for (size_t i = 0; i < r->constraints.n; i++)
		constraint(b, c, r->constraints.items[i]);
	if (r->index != NULL)
		index_part(b, c, r->index);
	policies_and_triggers(b, r);
	buf_char(b, '\n');
}

static void
typedef_of(struct buf *b, const struct catalog *c, const struct typedef_ *t)
{
	buf_printf(b, "type %.*s.%.*s kind=%d flags=%d%d", STR_ARG(t->schema), STR_ARG(t->name), (int)t->kind, t->assumed, t->dropped);
	type(b, &t->base);
	expr(b, "default", t->default_expr);
	text(b, "collation", t->collation);
	for (size_t i = 0; i < t->values.n; i++) {
		text(b, "value", t->values.items[i].label);
		birth(b, "born", &t->values.items[i].born);
	}
	for (size_t i = 0; i < t->constraints.n; i++) {
		text(b, "constraint", t->constraints.items[i].name);
		expr(b, "check", t->constraints.items[i].check);
		number(b, "valid", t->constraints.items[i].valid);
	}
	for (size_t i = 0; i < t->users.n; i++)
		relation_name(b, "user", c, t->users.items[i]);
	birth(b, "born", &t->born);
	buf_char(b, '\n');
}

static void
slots(struct buf *b, const struct catalog *c, const char *what, const struct map *map)
{
	for (size_t i = 0; i < map->n; i++) {
		const struct slot *slot = map->entries[i].value;
		struct str key = map->entries[i].key;
		if (slot == NULL || (slot->object == NULL && slot->count == 0))
			continue;
		buf_printf(b, "%s ", what);
		for (size_t k = 0; k < key.n; k++)
			buf_char(b, key.s[k] == '\0' ? '.' : key.s[k]);
		buf_printf(b, " %d %zu", slot->object != NULL, slot->count);
		if (map == &c->relations)
			relation_name(b, "is", c, slot->object);
		else if (map == &c->types && slot->object != NULL)
			text(b, "is", ((const struct typedef_ *)slot->object)->name);
		buf_char(b, '\n');
	}
}

static void
functions(struct buf *b, const struct catalog *c)
{
	for (size_t i = 0; i < c->functions.n; i++) {
		const struct function_set *set = c->functions.entries[i].value;
		for (size_t k = 0; set != NULL && k < set->overloads.n; k++) {
			const struct function *f = set->overloads.items[k];
			buf_printf(b, "function %.*s.%.*s(%.*s) volatility=%d dropped=%d", STR_ARG(f->schema), STR_ARG(f->name),
			    STR_ARG(f->arguments), (int)f->volatility, f->dropped);
			birth(b, "born", &f->born);
			buf_char(b, '\n');
		}
	}
}

void
dump_catalog(struct buf *b, const struct catalog *c)
{
	strings(b, "search_path", c->search_path.items, c->search_path.n);
	buf_char(b, '\n');
	for (size_t i = 0; i < c->all.n; i++)
		relation(b, c, c->all.items[i]);
	for (size_t i = 0; i < c->all_types.n; i++)
		typedef_of(b, c, c->all_types.items[i]);
	for (size_t i = 0; i < c->foreign_keys.n; i++)
		constraint(b, c, c->foreign_keys.items[i]);
	functions(b, c);
	slots(b, c, "slot", &c->relations);
	slots(b, c, "type slot", &c->types);
	slots(b, c, "schema slot", &c->schemas);
	slots(b, c, "constraint slot", &c->constraint_names);
}

/* ---- the short form ---- */

static void
short_column(struct buf *b, const struct column *k)
{
	buf_printf(b, "%.*s", STR_ARG(k->name));
	if (k->type.name.s != NULL)
		buf_printf(b, " %.*s%s", STR_ARG(k->type.name), k->type.dims > 0 ? "[]" : "");
	for (int i = 0; i < k->type.nmods; i++)
		buf_printf(b, "%s%d%s", i > 0 ? "," : "(", k->type.mods[i], i + 1 == k->type.nmods ? ")" : "");
	buf_printf(b, "%s", k->not_null == YES ? "!" : k->not_null == UNKNOWN ? "?" : "");
	if (k->default_expr != NULL)
		buf_printf(b, "=%.*s", STR_ARG(k->default_expr->text));
	if (k->identity != 0)
		buf_printf(b, " identity %c", k->identity);
	if (k->generated != 0)
		buf_printf(b, " generated %c", k->generated);
}

static void
short_names(struct buf *b, const struct str *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_printf(b, "%s%.*s", i > 0 ? "," : "(", STR_ARG(list[i]));
	buf_c(b, n > 0 ? ")" : "");
}

static void
short_constraint(struct buf *b, const struct constraint *k)
{
	buf_printf(b, " %c:%.*s", (char)k->kind, STR_ARG(k->name));
	short_names(b, k->columns.items, k->columns.n);
	if (k->references != NULL) {
		buf_printf(b, "->%.*s", STR_ARG(k->references->name));
		short_names(b, k->reference_columns.items, k->reference_columns.n);
	}
	buf_printf(b, "%s%s", k->valid == NO ? " not valid" : "", k->enforced ? "" : " not enforced");
}

static void
short_index(struct buf *b, const struct index *x)
{
	buf_printf(b, " on %.*s ", STR_ARG(x->table->name));
	for (size_t i = 0; i < x->columns.n; i++) {
		const struct index_column *k = &x->columns.items[i];
		buf_printf(b, "%s%.*s", i > 0 ? "," : "(", STR_ARG(k->name.s != NULL ? k->name : k->expr->text));
	}
	buf_printf(b, ")%s%s%s", x->unique ? " unique" : "", x->predicate != NULL ? " partial" : "", x->valid == NO ? " invalid" : "");
}

static void
short_relation(struct buf *b, const struct relation *r)
{
	const char *sep = "(";

	buf_printf(b, "%c %.*s.%.*s", r->kind == RELATION_UNKNOWN ? '?' : (char)r->kind, STR_ARG(r->schema), STR_ARG(r->name));
	for (size_t i = 0; i < r->columns.n; i++)
		if (!r->columns.items[i]->dropped) {
			buf_c(b, sep);
			short_column(b, r->columns.items[i]);
			sep = ", ";
		}
	buf_c(b, *sep == ',' ? ")" : "");
	for (size_t i = 0; i < r->constraints.n; i++)
		if (!r->constraints.items[i]->dropped)
			short_constraint(b, r->constraints.items[i]);
	if (r->index != NULL)
		short_index(b, r->index);
	if (r->parent != NULL)
		buf_printf(b, " %s %.*s", r->is_partition ? "part of" : "inherits", STR_ARG(r->parent->name));
	if (r->owner != NULL)
		buf_printf(b, " owned by %.*s.%.*s", STR_ARG(r->owner->name), STR_ARG(r->owner_column));
	buf_printf(b, "%s%s\n", r->persistence == 'u' ? " unlogged" : r->persistence == 't' ? " temporary" : "", r->assumed ? " assumed" : "");
}

void
dump_summary(struct buf *b, const struct catalog *c)
{
	for (size_t i = 0; i < c->all.n; i++)
		if (!c->all.items[i]->dropped)
			short_relation(b, c->all.items[i]);
	for (size_t i = 0; i < c->all_types.n; i++) {
		const struct typedef_ *t = c->all_types.items[i];
		if (t->dropped)
			continue;
		buf_printf(b, "type %.*s.%.*s", STR_ARG(t->schema), STR_ARG(t->name));
		for (size_t k = 0; k < t->values.n; k++)
			buf_printf(b, " '%.*s'", STR_ARG(t->values.items[k].label));
		if (t->kind == TYPE_DOMAIN)
			buf_printf(b, " = %.*s, %zu constraints", STR_ARG(t->base.name), t->constraints.n);
		buf_char(b, '\n');
	}
}
