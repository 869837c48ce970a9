#include "op/failure.h"
#include "op/misplaced.h"
#include "op/operators.h"
#include "op/query.h"
#include "op/view_text.h"

struct payload {
	struct str name;
	struct str_list roles;
	struct expr *using_expr, *check_expr;
	struct query query;             /* that the conditions read */
	char command;                   /* '*', 'r', 'a', 'w', 'd' */
	bool permissive;
	bool to_public;
};

static char
command_of(const char *word)
{
	switch (word == NULL ? 'x' : word[0]) {
	case 's': return 'r';
	case 'i': return 'a';
	case 'u': return 'w';
	case 'd': return 'd';
	default: return '*';
	}
}

static void
lower_roles(struct lowering *l, struct payload *p, const List *roles)
{
	const ListCell *cell;

	foreach (cell, roles) {
		const RoleSpec *r = lfirst(cell);
		p->to_public = p->to_public || r->roletype == ROLESPEC_PUBLIC;
		*vec_push(l->arena, &p->roles) = r->rolename != NULL ? lower_text(l, r->rolename)
		    : r->roletype == ROLESPEC_PUBLIC ? STR("public") : STR("current_user");
	}
}

static void
lower_common(struct lowering *l, struct op *op, const char *name, const RangeVar *table, const List *roles, const Node *qual,
    const Node *check)
{
	struct payload *p = OP_DATA(op, struct payload);
	struct query_walk w = { .lowering = l, .query = &p->query, .defining = true };

	p->name = lower_text(l, name);
	op->target = lower_range_var(l, table);
	op->spans[SPAN_TABLE] = op->target.span;
	op->spans[SPAN_NAME] = locate_name(l->statement, l->statement->span, p->name);
	lower_roles(l, p, roles);
	p->using_expr = lower_expr(l, qual);
	p->check_expr = lower_expr(l, check);
	query_add(&w, qual);
	query_add(&w, check);
}

static void
lower_create(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const CreatePolicyStmt *st = node;
	struct op *op = lower_add(l, kind);

	lower_common(l, op, st->policy_name, st->table, st->roles, st->qual, st->with_check);
	OP_DATA(op, struct payload)->command = command_of(st->cmd_name);
	OP_DATA(op, struct payload)->permissive = st->permissive;
}

static void
lower_alter(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const AlterPolicyStmt *st = node;

	lower_common(l, lower_add(l, kind), st->policy_name, st->table, st->roles, st->qual, st->with_check);
}

static void
bind(struct op *op, struct catalog *c)
{
	op->table = catalog_relation(c, op->target, RELATION_TABLE);
	query_bind(&OP_DATA(op, struct payload)->query, c);
}

static const struct query *
stored(const struct op *op)
{
	return &OP_DATA(op, struct payload)->query;
}

/* CreatePolicy(), AlterPolicy() */
static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	(void)f;
	effects_lock(e, op->table, ACCESS_EXCLUSIVE);
	query_define_effects(&OP_DATA(op, struct payload)->query, e);
}

static struct policy *
find_policy(const struct relation *r, struct str name)
{
	for (size_t i = 0; i < r->policies.n; i++)
		if (!r->policies.items[i]->dropped && str_eq(r->policies.items[i]->name, name))
			return r->policies.items[i];
	return NULL;
}

static struct str
role_words(struct arena *arena, const struct payload *p)
{
	struct str all = STR("");

	for (size_t i = 0; i < p->roles.n && !p->to_public; i++)
		all = str_printf(arena, "%.*s%s%.*s", STR_ARG(all), i > 0 ? ", " : "", STR_ARG(sql_ident(arena, p->roles.items[i])));
	return all;
}

static void
create_apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct payload *p = OP_DATA(op, struct payload);
	struct policy *policy = NEW(c->arena, struct policy);

	(void)session;
	*policy = (struct policy){ .name = p->name, .table = op->table, .permissive = p->permissive, .command = p->command,
		.to_public = p->to_public, .using_expr = p->using_expr, .check_expr = p->check_expr,
		.roles = role_words(c->arena, p), .born = c->now };
	policy->born.place = (struct place){ op->statement->source, op->spans[SPAN_NAME] };
	catalog_push(c, &op->table->policies, policy);
	policy_note_uses(c, policy);
	relation_settle(c, op->table);
}

static void
alter_apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct payload *p = OP_DATA(op, struct payload);
	struct policy *policy = find_policy(op->table, p->name);

	(void)session;
	if (policy != NULL && p->roles.n > 0)
		catalog_set(c, &policy->to_public, p->to_public);
	if (policy != NULL && p->using_expr != NULL)
		catalog_set(c, &policy->using_expr, p->using_expr);
	if (policy != NULL && p->roles.n > 0)
		catalog_set(c, &policy->roles, role_words(c->arena, p));
	if (policy != NULL && p->check_expr != NULL)
		catalog_set(c, &policy->check_expr, p->check_expr);
	if (policy != NULL)
		policy_note_uses(c, policy);
	relation_settle(c, op->table);
}

/* Both conditions, and what they call in subqueries. */
static struct str
conditions_misfit(const struct facts *f)
{
	const struct expr *const conditions[] = { OP_DATA(f->op, struct payload)->using_expr, OP_DATA(f->op, struct payload)->check_expr };
	struct surroundings around = { .partial = false };
	struct str reason = STR_NONE;

	if (f->op->table == NULL)
		return STR_NONE;
	surround_with_row(f->arena, &around, f->op->table, f->op->table->name);
	for (size_t i = 0; reason.s == NULL && i < 2; i++)
		reason = misplaced(f, conditions[i], "policy expressions");
	for (size_t i = 0; reason.s == NULL && i < 2; i++)
		reason = condition_misfit(f, f->op->table, conditions[i], "POLICY");
	for (size_t i = 0; reason.s == NULL && i < 2; i++)
		reason = expr_call_missing(f, &around, conditions[i]);
	return reason;
}

static struct str
create_refused(const struct facts *f)
{
	const struct payload *p = OP_DATA(f->op, struct payload);
	const struct policy *policy;

	if (is_known(f->op->table) && f->op->table->kind != RELATION_TABLE && f->op->table->kind != RELATION_PARTITIONED)
		return str_printf(f->arena, "\"%.*s\" is not a table", STR_ARG(f->op->table->name));
	policy = find_policy(f->op->table, p->name);
	return policy == NULL || relation_unread_since(f->catalog, policy->table, policy->born, REACH_POLICIES) ? conditions_misfit(f)
	    : str_printf(f->arena, "policy \"%.*s\" for table \"%.*s\" already exists", STR_ARG(p->name), STR_ARG(f->op->table->name));
}

static struct str
alter_refused(const struct facts *f)
{
	const struct payload *p = OP_DATA(f->op, struct payload);

	return !is_settled(f, f->op->table, REACH_POLICIES) || find_policy(f->op->table, p->name) != NULL ? conditions_misfit(f)
	    : str_printf(f->arena, "policy \"%.*s\" for table \"%.*s\" does not exist", STR_ARG(p->name), STR_ARG(f->op->table->name));
}

/* ---- facts ---- */

static const struct payload *
payload(const struct facts *f)
{
	return OP_DATA(f->op, struct payload);
}

static struct value
get_name(const struct facts *f)
{
	return value_text(payload(f)->name);
}

static struct value
get_command(const struct facts *f)
{
	switch (payload(f)->command) {
	case 'r': return value_text(STR("select"));
	case 'a': return value_text(STR("insert"));
	case 'w': return value_text(STR("update"));
	case 'd': return value_text(STR("delete"));
	default: return value_text(STR("all"));
	}
}

static struct value
get_permissive(const struct facts *f)
{
	return value_bool(payload(f)->permissive);
}

static struct value
get_to_public(const struct facts *f)
{
	return value_bool(payload(f)->to_public);
}

static struct value
get_roles(const struct facts *f)
{
	struct str all = STR_NONE;

	for (size_t i = 0; i < payload(f)->roles.n; i++)
		all = str_printf(f->arena, "%.*s%s%.*s", STR_ARG(all), i > 0 ? ", " : "",
		    STR_ARG(sql_ident(f->arena, payload(f)->roles.items[i])));
	return value_text(all);
}

static struct value
text_of(const struct expr *e)
{
	return e == NULL ? value_absent() : value_text(e->text);
}

static struct value
get_using(const struct facts *f)
{
	return text_of(payload(f)->using_expr);
}

static struct value
get_check(const struct facts *f)
{
	return text_of(payload(f)->check_expr);
}

static bool
is_true(const struct expr *e)
{
	return e != NULL && expr_is_constant(e) && str_is_nocase(e->text, "true");
}

static struct value
get_always_true(const struct facts *f)
{
	return value_bool(is_true(payload(f)->using_expr) || is_true(payload(f)->check_expr));
}

struct name_list {
	struct arena *arena;
	struct str all;
	enum expr_kind kind;
};

static void
collect_name(void *arg, const struct expr *e)
{
	struct name_list *list = arg;
	struct str rest = list->all, piece;

	if (e->kind != list->kind || e->name.s == NULL)
		return;
	while (str_cut(&rest, ',', &piece))
		if (str_eq(str_trim(piece), e->name))
			return;
	list->all = str_printf(list->arena, "%.*s%s%.*s", STR_ARG(list->all), list->all.n > 0 ? ", " : "", STR_ARG(e->name));
}

static struct value
names_in(const struct facts *f, enum expr_kind kind)
{
	struct name_list list = { f->arena, STR_NONE, kind };

	expr_walk(payload(f)->using_expr, collect_name, &list);
	expr_walk(payload(f)->check_expr, collect_name, &list);
	return value_text(list.all);
}

static struct value
get_columns(const struct facts *f)
{
	return names_in(f, EXPR_COLUMN);
}

static struct value
get_functions(const struct facts *f)
{
	return names_in(f, EXPR_FUNCTION);
}

static struct value
get_reads(const struct facts *f)
{
	return value_text(query_table_words(f->arena, f->catalog, &payload(f)->query));
}

#define CONDITION_FIELDS \
	{ "policy", FIELD_TEXT, "name of the policy", get_name }, \
	{ "using", FIELD_TEXT, "the USING condition; absent: none", get_using }, \
	{ "check", FIELD_TEXT, "the WITH CHECK condition; absent: none", get_check }, \
	{ "always_true", FIELD_BOOL, "a condition is the constant true", get_always_true }, \
	{ "columns", FIELD_TEXT, "the columns in the conditions, those of subqueries too; absent: none", get_columns }, \
	{ "functions", FIELD_TEXT, "the functions the conditions call; absent: none", get_functions }, \
	{ "reads", FIELD_TEXT, "the tables that subqueries in the conditions read; absent: none", get_reads }, \
	{ "roles", FIELD_TEXT, "the roles it is for, separated by commas", get_roles }, \
	{ "to_public", FIELD_BOOL, "it is for every role", get_to_public }

static const struct field create_fields[] = {
	CONDITION_FIELDS,
	{ "command", FIELD_TEXT, "all, select, insert, update or delete", get_command },
	{ "is_permissive", FIELD_BOOL, "false with AS RESTRICTIVE", get_permissive },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

static const struct field alter_fields[] = {
	CONDITION_FIELDS,
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_policy[] = {
	{ .name = "create_policy", .doc = "CREATE POLICY", .node = T_CreatePolicyStmt, .subtype = -1, .has = HAS_TABLE,
	    .size = sizeof(struct payload), .fields = create_fields, .lower = lower_create, .bind = bind, .effects = effects,
	    .stored = stored, .refused = create_refused, .apply = create_apply },
	{ .name = "alter_policy", .doc = "ALTER POLICY", .node = T_AlterPolicyStmt, .subtype = -1, .has = HAS_TABLE,
	    .size = sizeof(struct payload), .fields = alter_fields, .lower = lower_alter, .bind = bind, .effects = effects,
	    .stored = stored, .refused = alter_refused, .apply = alter_apply },
	{ .name = NULL }
};
