#include <ctype.h>
#include <string.h>

#include "op/failure.h"
#include "op/misplaced.h"
#include "op/order.h"
#include "op/query.h"
#include "op/trigger.h"
#include "sql/deparse.h"

/* TRIGGER_TYPE_* of catalog/pg_trigger.h, which libpg_query does not install. */
enum { TIMING_BEFORE = 1 << 1, EVENT_INSERT = 1 << 2, EVENT_DELETE = 1 << 3, EVENT_UPDATE = 1 << 4, EVENT_TRUNCATE = 1 << 5,
	TIMING_INSTEAD = 1 << 6 };

struct payload {
	struct str name;
	struct str function_schema, function;
	struct str_list columns;        /* UPDATE OF */
	struct str_list row_tables;     /* of REFERENCING */
	const struct expr *when;
	struct str definition, arguments;       /* see struct trigger */
	int timing, events;
	bool row, constraint, replace, deferrable;
};

static void
lower_definition(struct lowering *l, struct payload *p, const CreateTrigStmt *st)
{
	CreateTrigStmt copy = *st;
	RangeVar table = { .type = T_RangeVar, .relname = "t", .inh = true, .relpersistence = 'p' };
	struct str text;
	size_t at;

	copy.relation = &table;
	copy.trigname = "g";
	copy.replace = false;
	copy.funcname = list_make1(makeString(pstrdup("f")));
	text = sql_deparse_behind(l->arena, &copy, st->isconstraint ? "CREATE CONSTRAINT TRIGGER g " : "CREATE TRIGGER g ");
	at = str_find(text, STR(" EXECUTE FUNCTION f("));
	p->definition = str_slice(text, 0, at == (size_t)-1 ? text.n : at + 1);
	p->arguments = at == (size_t)-1 ? STR("()") : str_slice(text, at + 19, text.n);
}

static void
lower(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const CreateTrigStmt *st = node;
	struct op *op = lower_add(l, kind);
	struct payload *p = OP_DATA(op, struct payload);

	op->target = lower_range_var(l, st->relation);
	op->spans[SPAN_TABLE] = op->target.span;
	if (st->constrrel != NULL) {
		op->reference = lower_range_var(l, st->constrrel);
		op->spans[SPAN_REFERENCES] = op->reference.span;
	}
	p->name = lower_text(l, st->trigname);
	op->spans[SPAN_NAME] = locate_name(l->statement, l->statement->span, p->name);
	names_from_list(l->arena, st->funcname, &p->function_schema, &p->function);
	p->columns = lower_strings(l, st->columns);
	for (int i = 0; i < list_length(st->transitionRels); i++)
		*vec_push(l->arena, &p->row_tables) = lower_text(l, ((const TriggerTransition *)list_nth(st->transitionRels, i))->name);
	p->when = lower_expr(l, st->whenClause);
	lower_definition(l, p, st);
	p->timing = st->timing;
	p->events = st->events;
	p->row = st->row;
	p->constraint = st->isconstraint;
	p->replace = st->replace;
	p->deferrable = st->deferrable;
}

/* CreateTriggerFiringOn(): a row-level trigger on a partitioned table is cloned to every partition */
static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	bool cloned = OP_DATA(op, struct payload)->row && op->table->kind == RELATION_PARTITIONED;

	(void)f;
	effects_lock_tree(e, op->table, SHARE_ROW_EXCLUSIVE, !cloned);
	if (op->references != NULL)
		effects_lock(e, op->references, ACCESS_SHARE);
}

static unsigned
trigger_events(int events)
{
	return (events & EVENT_INSERT ? ON_INSERT : 0u) | (events & EVENT_UPDATE ? ON_UPDATE : 0u) | (events & EVENT_DELETE ? ON_DELETE : 0u) |
	    (events & EVENT_TRUNCATE ? ON_TRUNCATE : 0u);
}

static void
add_trigger(struct catalog *c, struct relation *r, const struct op *op)
{
	const struct payload *p = OP_DATA(op, struct payload);
	struct trigger *t = NEW(c->arena, struct trigger);
	const struct function *called = catalog_find_function(c, p->function_schema, p->function, STR(""));

	t->name = p->name;
	t->table = r;
	t->definition = p->definition;
	t->arguments = p->arguments;
	t->columns = p->columns;
	t->row_tables = p->row_tables;
	t->when = p->when;
	t->constraint = p->constraint;
	t->row = p->row;
	t->events = trigger_events(p->events);
	t->function = p->function;
	t->function_schema = called != NULL ? called->schema : p->function_schema;
	t->born = c->now;
	t->born.place = (struct place){ op->statement->source, op->spans[SPAN_NAME] };
	for (size_t i = r->triggers.n; i-- > 0;)
		if (str_eq(r->triggers.items[i]->name, p->name))
			catalog_remove(c, &r->triggers, i);
	catalog_push(c, &r->triggers, t);
	t->cloned = r != op->table;
	for (size_t i = 0; p->row && r->kind == RELATION_PARTITIONED && i < r->partitions.n; i++)
		add_trigger(c, r->partitions.items[i], op);
}

static void
apply(struct op *op, struct catalog *c, struct session *session)
{
	const struct payload *p = OP_DATA(op, struct payload);

	(void)session;
	if (catalog_find_function(c, p->function_schema, p->function, STR("")) == NULL)
		catalog_push(c, &c->trigger_functions, ((struct called){ .schema = p->function_schema, .name = p->function }));
	add_trigger(c, op->table, op);
	relation_settle(c, op->table);
}

const struct str_list *
trigger_row_tables(const struct op *op, const struct name *function)
{
	const struct payload *p = OP_DATA(op, struct payload);

	if (strcmp(op->kind->name, "create_trigger") != 0 || !str_eq(p->function, function->name) ||
	    (p->function_schema.n > 0 && function->schema.n > 0 && !str_eq(p->function_schema, function->schema)))
		return NULL;
	return &p->row_tables;
}

/* TriggerEnabled(): UPDATE OF looks at what SET names. */
bool
trigger_op_fires_for(const struct op *op, const struct op *change)
{
	const struct payload *p = OP_DATA(op, struct payload);
	const struct str_list *set = op_set_columns(change);

	if (is_kind(change, "insert") || is_kind(change, "delete"))
		return (trigger_events(p->events) & (is_kind(change, "insert") ? ON_INSERT | ON_UPDATE : ON_DELETE)) != 0;
	if (!is_kind(change, "update"))
		return true;
	for (size_t i = 0; i < p->columns.n; i++)
		if (set == NULL || str_in(p->columns.items[i], set->items, set->n))
			return true;
	return p->columns.n == 0 && (trigger_events(p->events) & ON_UPDATE) != 0;
}

/* ---- what it gives new rows ---- */

/* The word, or the sign, that ends there. */
static struct str
word_before(struct str text, size_t at)
{
	size_t end = at, from;

	while (end > 0 && isspace((unsigned char)text.s[end - 1]))
		end--;
	for (from = end; from > 0 && (isalnum((unsigned char)text.s[from - 1]) || text.s[from - 1] == '_'); from--)
		;
	return str_slice(text, from < end || end == 0 ? from : end - 1, end);
}

/* NEW.column := ..., NEW.column = ... where a statement begins, INTO NEW.column */
static bool
assigns_there(struct str text, size_t at, size_t end)
{
	static const char *const starts[] = { ";", "begin", "then", "else", "loop", NULL };
	struct str before = word_before(text, at);
	bool starts_statement = false;

	while (end < text.n && isspace((unsigned char)text.s[end]))
		end++;
	for (const char *const *s = starts; *s != NULL; s++)
		starts_statement = starts_statement || str_is_nocase(before, *s);
	return str_is_nocase(before, "into") || str_starts(str_slice(text, end, text.n), ":=") || (starts_statement && end < text.n && text.s[end] == '=');
}

static bool
assigns_new(struct arena *arena, struct str text, struct str column)
{
	struct str name = str_printf(arena, "new.%.*s", STR_ARG(column));

	for (size_t i = 0; i + name.n <= text.n; i++) {
		bool ends = i + name.n == text.n || !(isalnum((unsigned char)text.s[i + name.n]) || text.s[i + name.n] == '_');
		if (ends && str_eq_nocase(str_slice(text, i, i + name.n), name) && assigns_there(text, i, i + name.n))
			return true;
	}
	return false;
}

bool
trigger_op_gives(const struct op *op, struct str column)
{
	const struct payload *p = is_kind(op, "create_trigger") ? OP_DATA(op, struct payload) : NULL;
	const struct script *script = op->script;

	if (p == NULL || p->timing != TIMING_BEFORE || !p->row || (trigger_events(p->events) & ON_INSERT) == 0)
		return false;
	for (size_t i = 0; script != NULL && i < script->ops.n; i++) {
		const struct op *other = script->ops.items[i];
		if (is_kind(other, "create_function") && str_eq(other->target.name, p->function) &&
		    assigns_new(script->arena, source_text(other->statement->source, other->statement->span), column))
			return true;
	}
	return false;
}

/* ---- facts ---- */

static const struct payload *
payload(const struct facts *f)
{
	return OP_DATA(f->op, struct payload);
}

/* The row before and the row after. */
static struct str
refused(const struct facts *f)
{
	struct surroundings around = { .partial = false };
	struct str reason = misplaced(f, payload(f)->when, "trigger WHEN conditions");

	if (reason.s != NULL || f->op->table == NULL)
		return reason;
	surround_with_row(f->arena, &around, f->op->table, STR("old"));
	surround_with_row(f->arena, &around, f->op->table, STR("new"));
	return expr_call_missing(f, &around, payload(f)->when);
}

static struct value
get_name(const struct facts *f)
{
	return value_text(payload(f)->name);
}

static struct value
get_function(const struct facts *f)
{
	return value_text(payload(f)->function);
}

static struct value
get_timing(const struct facts *f)
{
	if (payload(f)->timing & TIMING_BEFORE)
		return value_text(STR("before"));
	return value_text(payload(f)->timing & TIMING_INSTEAD ? STR("instead of") : STR("after"));
}

static struct value
get_events(const struct facts *f)
{
	static const struct { int bit; const char *word; } events[] = { { EVENT_INSERT, "insert" }, { EVENT_UPDATE, "update" },
		{ EVENT_DELETE, "delete" }, { EVENT_TRUNCATE, "truncate" } };
	struct str all = STR("");

	for (size_t i = 0; i < sizeof events / sizeof events[0]; i++)
		if (payload(f)->events & events[i].bit)
			all = str_printf(f->arena, "%.*s%s%s", STR_ARG(all), all.n > 0 ? ", " : "", events[i].word);
	return value_text(all);
}

static struct value
get_row(const struct facts *f)
{
	return value_bool(payload(f)->row);
}

static struct value
get_constraint(const struct facts *f)
{
	return value_bool(payload(f)->constraint);
}

static struct value
get_replace(const struct facts *f)
{
	return value_bool(payload(f)->replace);
}

static struct value
get_exists(const struct facts *f)
{
	const struct relation *r = f->op->table;
	const struct trigger *t = catalog_find_trigger(r, payload(f)->name);

	if (relation_unread_since(f->catalog, r, t != NULL ? t->born : r->born, REACH_TRIGGERS))
		return value_unknown();
	return t == NULL && r->assumed ? value_unknown() : value_bool(t != NULL);
}

static const struct field fields[] = {
	{ "trigger", FIELD_TEXT, "name of the trigger", get_name },
	{ "function", FIELD_TEXT, "the function it calls", get_function },
	{ "timing", FIELD_TEXT, "before, after or instead of", get_timing },
	{ "events", FIELD_TEXT, "insert, update, delete, truncate: those it fires on", get_events },
	{ "for_each_row", FIELD_BOOL, "FOR EACH ROW", get_row },
	{ "is_constraint", FIELD_BOOL, "CREATE CONSTRAINT TRIGGER", get_constraint },
	{ "or_replace", FIELD_BOOL, "OR REPLACE is given", get_replace },
	{ "trigger_exists", FIELD_BOOL, "the table has a trigger of that name already", get_exists },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_trigger[] = {
	{ .name = "create_trigger", .doc = "CREATE TRIGGER, CREATE CONSTRAINT TRIGGER", .node = T_CreateTrigStmt, .subtype = -1,
	    .has = HAS_TABLE, .size = sizeof(struct payload), .fields = fields, .lower = lower, .effects = effects,
	    .refused = refused, .apply = apply },
	{ .name = NULL }
};
