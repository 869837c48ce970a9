#include "op/partition_bound.h"

#include <string.h>

#include "op/failure.h"

static void
lower_values(struct lowering *l, const List *nodes, void *list)
{
	VEC(struct expr *) *values = list;

	for (int i = 0; i < list_length(nodes); i++)
		*vec_push(l->arena, values) = lower_expr(l, list_nth(nodes, i));
}

void
bound_lower(struct lowering *l, const PartitionBoundSpec *spec, struct partition_bound *bound)
{
	bound->is_default = spec->is_default;
	bound->hash = spec->strategy == PARTITION_STRATEGY_HASH;
	bound->modulus = spec->modulus;
	bound->remainder = spec->remainder;
	lower_values(l, spec->listdatums, &bound->values);
	lower_values(l, spec->lowerdatums, &bound->from);
	lower_values(l, spec->upperdatums, &bound->to);
}

/* ---- constants ---- */

static bool
is_infinite(const struct expr *value)
{
	return value->kind == EXPR_COLUMN && (str_eq_nocase(value->name, STR("minvalue")) || str_eq_nocase(value->name, STR("maxvalue")));
}

/* A cast to the key's own type changes nothing. */
static const struct expr *
literal(const struct expr *e, struct type type)
{
	while (e->kind == EXPR_CAST && e->nargs == 1 && type_eq(e->type, type))
		e = e->args[0];
	return e->kind == EXPR_CONST ? e : NULL;
}

static bool
is_integer(struct str text)
{
	size_t i = text.n > 0 && text.s[0] == '-';

	if (i == text.n || text.n > 18)
		return false;
	for (; i < text.n; i++)
		if (text.s[i] < '0' || text.s[i] > '9')
			return false;
	return true;
}

static int64_t
integer(struct str text)
{
	int64_t n = 0;
	bool negative = text.s[0] == '-';

	for (size_t i = negative; i < text.n; i++)
		n = n * 10 + (text.s[i] - '0');
	return negative ? -n : n;
}

/* "2025-01-31", maybe with " 12:00:00": in this form the order of texts is that of times. */
static bool
is_date(struct str text)
{
	static const char form[] = "0000-00-00 00:00:00";

	if (text.n != 10 && text.n != sizeof form - 1)
		return false;
	for (size_t i = 0; i < text.n; i++)
		if (form[i] == '0' ? text.s[i] < '0' || text.s[i] > '9' : text.s[i] != form[i])
			return false;
	return true;
}

/* false: not known. A date alone comes before the times of that day, but for midnight, which is left open. */
static bool
compare(const struct expr *x, const struct expr *y, struct type type, int *order)
{
	const struct expr *a = literal(x, type), *b = literal(y, type);
	static const char *const numbers[] = { "int2", "int4", "int8", "numeric" }, *const times[] = { "date", "timestamp", "timestamptz" };
	bool is_number = false, is_time = false;

	if (a == NULL || b == NULL)
		return false;
	for (size_t i = 0; type.builtin && i < sizeof numbers / sizeof numbers[0]; i++)
		is_number = is_number || str_is(type.name, numbers[i]);
	for (size_t i = 0; type.builtin && i < sizeof times / sizeof times[0]; i++)
		is_time = is_time || str_is(type.name, times[i]);
	*order = 0;
	if (str_eq(a->name, b->name))
		return true;
	if (is_number && is_integer(a->name) && is_integer(b->name)) {
		int64_t m = integer(a->name), n = integer(b->name);
		*order = (m > n) - (m < n);
		return true;
	}
	if (!is_time || !is_date(a->name) || !is_date(b->name) || a->name.n != b->name.n)
		return false;
	*order = str_cmp(a->name, b->name);
	return true;
}

/* ---- what a CHECK implies ---- */

/* column >= value of a range, column < value, or column is one of a list's. */
struct goal {
	struct str column;
	struct type type;
	const struct expr *from, *below;
	const struct partition_bound *among;
};

static bool
is_key(const struct expr *e, const struct goal *g)
{
	return e->kind == EXPR_COLUMN && str_eq(e->name, g->column);
}

static enum tri
is_among(const struct expr *value, const struct goal *g)
{
	enum tri found = NO;

	for (size_t i = 0; found != YES && i < g->among->values.n; i++) {
		int order;
		bool known = compare(value, g->among->values.items[i], g->type, &order);
		found = known && order == 0 ? YES : known ? found : UNKNOWN;
	}
	return found;
}

/* column OP value */
static enum tri
comparison_implies(struct str op, const struct expr *value, const struct goal *g)
{
	const struct expr *limit = g->from != NULL ? g->from : g->below;
	bool equal = str_is(op, "="), less = str_is(op, "<"), at_most = str_is(op, "<="), more = str_is(op, ">"), at_least = str_is(op, ">=");
	int order;

	if (g->among != NULL)
		return equal ? is_among(value, g) : NO;
	if (!equal && !(g->from != NULL ? more || at_least : less || at_most))
		return NO;
	if (!compare(value, limit, g->type, &order))
		return UNKNOWN;
	if (g->from != NULL)
		return tri_of(order >= 0);
	return tri_of(less ? order <= 0 : order < 0);
}

static struct str
turned(struct str op)
{
	static const char *const pairs[][2] = { { "<", ">" }, { "<=", ">=" }, { ">", "<" }, { ">=", "<=" } };

	for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
		if (str_is(op, pairs[i][0]))
			return str_of(pairs[i][1]);
	return op;
}

/* column IN (values), column = ANY (ARRAY[values]) */
static enum tri
list_implies(const struct expr *e, size_t from, const struct goal *g)
{
	enum tri all = tri_of(e->nargs > from);

	for (size_t i = from; i < e->nargs; i++)
		all = tri_and(all, comparison_implies(STR("="), e->args[i], g));
	return all;
}

static enum tri
test_implies(const struct expr *e, const struct goal *g)
{
	if (e->nargs < 2 || !is_key(e->args[0], g))
		return UNKNOWN;
	if (str_is(e->name, "BETWEEN") && e->nargs == 3)
		return tri_or(comparison_implies(STR(">="), e->args[1], g), comparison_implies(STR("<="), e->args[2], g));
	if (!str_is(e->name, "="))
		return UNKNOWN;
	if (e->nargs == 2 && e->args[1]->kind == EXPR_OTHER)
		return str_is(e->args[1]->name, "array") ? list_implies(e->args[1], 0, g) : UNKNOWN;
	return list_implies(e, 1, g);
}

static enum tri
implies(const struct expr *e, const struct goal *g)
{
	enum tri found = e->kind == EXPR_AND ? NO : YES;

	if (!expr_mentions_column(e, g->column) || e->kind == EXPR_IS_NOT_NULL)
		return NO;
	if (e->kind == EXPR_TEST)
		return test_implies(e, g);
	if (e->kind == EXPR_OPERATOR && e->nargs == 2 && is_key(e->args[0], g))
		return comparison_implies(e->name, e->args[1], g);
	if (e->kind == EXPR_OPERATOR && e->nargs == 2 && is_key(e->args[1], g))
		return comparison_implies(turned(e->name), e->args[0], g);
	if (e->kind != EXPR_AND && e->kind != EXPR_OR)
		return UNKNOWN;
	for (size_t i = 0; i < e->nargs; i++)
		found = e->kind == EXPR_AND ? tri_or(found, implies(e->args[i], g)) : tri_and(found, implies(e->args[i], g));
	return found;
}

static enum tri
checks_imply(const struct relation *r, const struct goal *g)
{
	enum tri found = NO;

	for (size_t i = 0; i < r->constraints.n; i++)
		if (r->constraints.items[i]->kind == CONSTRAINT_CHECK && r->constraints.items[i]->valid == YES && r->constraints.items[i]->enforced)
			found = tri_or(found, implies(r->constraints.items[i]->check, g));
	return found;
}

/* ---- the bound ---- */

/* A valid CHECK mentions every column of the key. */
static bool
is_mentioned(const struct relation *parent, const struct relation *child)
{
	for (size_t i = 0; i < child->constraints.n; i++) {
		const struct constraint *k = child->constraints.items[i];
		bool all = parent->partition_key.n > 0 && k->kind == CONSTRAINT_CHECK && k->valid == YES;
		for (size_t j = 0; all && j < parent->partition_key.n; j++)
			all = parent->partition_key.items[j].name.s == NULL || expr_mentions_column(k->check, parent->partition_key.items[j].name);
		if (all)
			return true;
	}
	return false;
}

static bool
is_of_one_column(const struct relation *parent, const struct partition_bound *b)
{
	return parent->partition_key.n == 1 && parent->partition_key.items[0].name.s != NULL && !b->is_default && !b->hash &&
	    (b->values.n > 0 || (b->from.n == 1 && b->to.n == 1));
}

static bool
has_null(const struct partition_bound *b)
{
	for (size_t i = 0; i < b->values.n; i++)
		if (expr_is_null(b->values.items[i]))
			return true;
	return false;
}

enum tri
bound_is_implied(const struct catalog *c, const struct relation *parent, const struct relation *child, const struct partition_bound *b)
{
	struct goal g = { 0 };
	const struct column *column;
	enum tri all;

	if (child->assumed || parent->assumed)
		return UNKNOWN;
	if (!is_of_one_column(parent, b) || has_null(b))
		return is_mentioned(parent, child) ? UNKNOWN : NO;
	g.column = parent->partition_key.items[0].name;
	column = catalog_find_column(child, g.column);
	g.type = column == NULL ? (struct type){ .name = STR_NONE } : type_below_domains(c, column->type);
	all = relation_proves_not_null(child, g.column);
	if (b->values.n > 0) {
		g.among = b;
		return tri_and(all, checks_imply(child, &g));
	}
	g.from = b->from.items[0];
	all = tri_and(all, is_infinite(g.from) ? YES : checks_imply(child, &g));
	g.from = NULL;
	g.below = b->to.items[0];
	return tri_and(all, is_infinite(g.below) ? YES : checks_imply(child, &g));
}

struct str
bound_condition(struct arena *arena, const struct relation *parent, const struct partition_bound *b)
{
	struct buf text = BUF(arena);
	struct str column;

	if (!is_of_one_column(parent, b) || has_null(b))
		return STR_NONE;
	column = sql_ident(arena, parent->partition_key.items[0].name);
	buf_printf(&text, "%.*s IS NOT NULL", STR_ARG(column));
	if (b->values.n > 0)
		buf_printf(&text, " AND %.*s IN (", STR_ARG(column));
	for (size_t i = 0; i < b->values.n; i++)
		buf_printf(&text, "%s%.*s", i > 0 ? ", " : "", STR_ARG(b->values.items[i]->text));
	buf_c(&text, b->values.n > 0 ? ")" : "");
	if (b->values.n == 0 && !is_infinite(b->from.items[0]))
		buf_printf(&text, " AND %.*s >= %.*s", STR_ARG(column), STR_ARG(b->from.items[0]->text));
	if (b->values.n == 0 && !is_infinite(b->to.items[0]))
		buf_printf(&text, " AND %.*s < %.*s", STR_ARG(column), STR_ARG(b->to.items[0]->text));
	return buf_text(&text);
}

/* ---- other partitions ---- */

/* MINVALUE, a value, MAXVALUE */
static int
rank(const struct expr *e)
{
	return !is_infinite(e) ? 0 : str_eq_nocase(e->name, STR("minvalue")) ? -1 : 1;
}

static struct type
key_type(const struct catalog *c, const struct relation *parent, size_t i)
{
	struct str name = parent->partition_key.items[i].name;
	const struct column *column = name.s == NULL ? NULL : catalog_find_column(parent, name);

	return column == NULL ? (struct type){ .name = STR_NONE } : type_below_domains(c, column->type);
}

/* "today" is another day tomorrow. */
static bool
is_fixed(const struct expr *e, struct type type)
{
	return e == NULL || !type.builtin || (!str_is(type.name, "date") && !str_starts(type.name, "time")) || is_date(e->name);
}

/* partition_rbound_cmp(); false: not known */
static bool
compare_bounds(const struct catalog *c, const struct relation *parent, struct expr *const *a, struct expr *const *b, int *order)
{
	*order = 0;
	for (size_t i = 0; *order == 0 && i < parent->partition_key.n; i++) {
		struct type type = key_type(c, parent, i);
		*order = (rank(a[i]) > rank(b[i])) - (rank(a[i]) < rank(b[i]));
		if (*order != 0 || rank(a[i]) != 0)
			return true;
		if (!type_known(type) || !is_fixed(literal(a[i], type), type) || !compare(a[i], b[i], type, order))
			return false;
	}
	return true;
}

static bool
is_before(const struct catalog *c, const struct relation *parent, struct expr *const *a, struct expr *const *b)
{
	int order;

	return compare_bounds(c, parent, a, b, &order) && order < 0;
}

static bool
is_range(const struct relation *parent, const struct partition_bound *b)
{
	return b->from.n > 0 && b->from.n == parent->partition_key.n && b->to.n == parent->partition_key.n;
}

static bool
shares_value(const struct catalog *c, const struct relation *parent, const struct partition_bound *a, const struct partition_bound *b)
{
	struct type type = parent->partition_key.n == 1 ? key_type(c, parent, 0) : (struct type){ .name = STR_NONE };

	for (size_t i = 0; i < a->values.n; i++)
		for (size_t j = 0; j < b->values.n; j++) {
			const struct expr *x = a->values.items[i], *y = b->values.items[j];
			int order;
			if (expr_is_null(x) && expr_is_null(y))
				return true;
			if (type_known(type) && is_fixed(literal(x, type), type) && compare(x, y, type, &order) && order == 0)
				return true;
		}
	return false;
}

static bool
overlaps(const struct catalog *c, const struct relation *parent, const struct partition_bound *a, const struct partition_bound *b)
{
	int small = a->modulus < b->modulus ? a->modulus : b->modulus;

	if (a->is_default || b->is_default)
		return a->is_default && b->is_default;
	if (a->hash && b->hash)
		return small > 0 && a->remainder % small == b->remainder % small;
	if (is_range(parent, a) && is_range(parent, b))
		return is_before(c, parent, a->from.items, b->to.items) && is_before(c, parent, b->from.items, a->to.items);
	return shares_value(c, parent, a, b);
}

static bool
is_factor(const struct partition_bound *a, const struct partition_bound *b)
{
	return !a->hash || !b->hash || a->modulus <= 0 || b->modulus <= 0 || a->modulus % b->modulus == 0 || b->modulus % a->modulus == 0;
}

/* By itself. */
static struct str
bound_unfit(const struct facts *f, const struct relation *parent, const struct partition_bound *b, struct str partition)
{
	int order;

	if (b->hash && b->modulus > 0 && b->remainder >= b->modulus)
		return STR("remainder for hash partition must be less than modulus");
	return !is_range(parent, b) || !compare_bounds(f->catalog, parent, b->from.items, b->to.items, &order) || order < 0 ? STR_NONE
	    : str_printf(f->arena, "empty range bound specified for partition \"%.*s\"", STR_ARG(partition));
}

/* transformPartitionBound() */
static struct str
bound_misfit(const struct facts *f, const struct relation *parent, const struct partition_bound *b)
{
	struct str strategy = parent->partition_strategy;
	const char *given = b->hash ? "hash" : b->from.n > 0 || b->to.n > 0 ? "range" : "list";

	if (parent->kind != RELATION_PARTITIONED || strategy.n == 0)
		return STR_NONE;
	if (b->is_default)
		return str_is(strategy, "hash") ? STR("a hash-partitioned table may not have a default partition") : STR_NONE;
	if (!str_is(strategy, given))
		return str_printf(f->arena, "invalid bound specification for a %.*s partition", STR_ARG(strategy));
	if (!str_is(strategy, "range") || (b->from.n == parent->partition_key.n && b->to.n == parent->partition_key.n))
		return STR_NONE;
	return str_printf(f->arena, "%s must specify exactly one value per partitioning column", b->from.n != parent->partition_key.n ? "FROM" : "TO");
}

struct str
bound_conflict(const struct facts *f, const struct relation *parent, const struct partition_bound *b, struct str partition)
{
	struct str reason = STR_NONE;

	if (!is_known(parent) || b == NULL)
		return STR_NONE;
	reason = bound_misfit(f, parent, b);
	if (reason.s != NULL || !is_settled(f, parent, REACH_SCHEMA))
		return reason;
	reason = bound_unfit(f, parent, b, partition);
	for (size_t i = 0; reason.s == NULL && i < parent->partitions.n; i++) {
		const struct relation *other = parent->partitions.items[i];
		if (!other->is_partition || other->limits == NULL || !is_settled(f, other, REACH_SCHEMA))
			continue;
		if (!is_factor(b, other->limits))
			reason = STR("every hash partition modulus must be a factor of the next larger modulus");
		else if (overlaps(f->catalog, parent, b, other->limits))
			reason = str_printf(f->arena, b->is_default ? "partition \"%.*s\" conflicts with existing default partition \"%.*s\""
			    : "partition \"%.*s\" would overlap partition \"%.*s\"", STR_ARG(partition), STR_ARG(words(f, other)));
	}
	return reason;
}
