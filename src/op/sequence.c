#include <string.h>

#include "op/lower.h"

struct payload {
	struct name owner;              /* table of OWNED BY */
	struct str owner_column;
	struct str type;                /* AS */
	bool owned, owned_by_none;
	bool restarts, cycles;
	bool redefines;                 /* any option but OWNED BY */
	struct str increment, cache, max;
	struct setting_list settings;   /* every option that stays */
};

static void
lower_owner(struct lowering *l, struct payload *p, const List *names)
{
	List table;

	p->owned = true;
	if (list_length(names) < 2) {
		p->owned_by_none = true;
		return;
	}
	table = *names;
	table.length--;
	names_from_list(l->arena, &table, &p->owner.schema, &p->owner.name);
	p->owner_column = lower_text(l, strVal(llast(names)));
	p->owner.span = locate_keywords(l->statement, l->statement->span, "owned by");
	p->owner.span = locate_name(l->statement, locate_rest(l->statement, p->owner.span), p->owner.name);
}

struct setting_list
lower_sequence_settings(struct lowering *l, const List *options)
{
	struct setting_list settings = { 0 };
	const ListCell *cell;

	foreach (cell, options) {
		const DefElem *d = lfirst(cell);
		if (strcmp(d->defname, "owned_by") != 0 && strcmp(d->defname, "restart") != 0 && strcmp(d->defname, "sequence_name") != 0 &&
		    strcmp(d->defname, "generated") != 0)
			*vec_push(l->arena, &settings) = (struct setting_text){ lower_text(l, d->defname), lower_def_text(l, d) };
	}
	return settings;
}

void
sequence_set(struct catalog *c, struct relation *sequence, const struct setting_list *settings)
{
	for (size_t i = 0; i < settings->n; i++) {
		const struct setting_text *s = &settings->items[i];
		if (s->value.s == NULL)
			catalog_remove_object(c, sequence, "option", s->name);
		else
			catalog_put_object(c, sequence, "option", s->name, s->value);
	}
}

static void
put(struct catalog *c, struct relation *sequence, const char *name, struct str value)
{
	catalog_put_object(c, sequence, "option", str_of(name), value);
}

static const struct setting_text *
setting(const struct setting_list *settings, const char *name)
{
	for (size_t i = 0; i < settings->n; i++)
		if (str_is(settings->items[i].name, name))
			return &settings->items[i];
	return NULL;
}

static const char *
type_limit(struct str type, bool max)
{
	if (str_is(type, "smallint"))
		return max ? "32767" : "-32768";
	if (str_is(type, "integer"))
		return max ? "2147483647" : "-2147483648";
	return max ? "9223372036854775807" : "-9223372036854775808";
}

/* init_params(): a bound follows the type when it was that of the old one, or when NO MINVALUE, NO MAXVALUE is said. */
static struct str
bound(const struct setting_list *settings, const struct sequence_shape *old, struct str type, bool down, bool max)
{
	const struct setting_text *given = setting(settings, max ? "maxvalue" : "minvalue");
	struct str now = max ? old->max : old->min;
	bool follows = !str_eq(type, old->type) && str_is(now, type_limit(old->type, max));

	if (given != NULL && given->value.s != NULL)
		return given->value;
	if (given == NULL && !follows)
		return now;
	return follows || max != down ? str_of(type_limit(type, max)) : max ? STR("-1") : STR("1");
}

void
sequence_alter(struct catalog *c, struct relation *sequence, const struct setting_list *settings)
{
	const struct sequence_shape old = catalog_sequence(sequence);
	const struct setting_text *as = setting(settings, "as"), *by = setting(settings, "increment");
	struct str type = as != NULL && as->value.s != NULL ? as->value : old.type;
	bool down = str_starts(by != NULL && by->value.s != NULL ? by->value : old.increment, "-");

	if (settings->n == 0)
		return;
	put(c, sequence, "start", old.start);
	sequence_set(c, sequence, settings);
	put(c, sequence, "minvalue", bound(settings, &old, type, down, false));
	put(c, sequence, "maxvalue", bound(settings, &old, type, down, true));
	if (setting(settings, "start") == NULL)
		put(c, sequence, "start", old.start);
}

static void
lower_options(struct lowering *l, struct op *op, const List *options)
{
	struct payload *p = OP_DATA(op, struct payload);
	const ListCell *cell;

	foreach (cell, options) {
		const DefElem *d = lfirst(cell);
		if (strcmp(d->defname, "owned_by") == 0)
			lower_owner(l, p, (const List *)d->arg);
		else
			p->redefines = true;
	}
	p->settings = lower_sequence_settings(l, options);
	p->type = lower_def_text(l, lower_option(options, "as"));
	p->restarts = lower_option(options, "restart") != NULL;
	p->cycles = lower_option_true(options, "cycle", false);
	p->increment = lower_def_text(l, lower_option(options, "increment"));
	p->cache = lower_def_text(l, lower_option(options, "cache"));
	p->max = lower_def_text(l, lower_option(options, "maxvalue"));
	op->reference = p->owner;
	op->spans[SPAN_REFERENCES] = p->owner.span;
}

static void
lower_name(struct lowering *l, struct op *op, const RangeVar *sequence)
{
	op->target = lower_range_var(l, sequence);
	op->target_kind = RELATION_SEQUENCE;
	op->spans[SPAN_NAME] = op->spans[SPAN_TABLE] = op->target.span;
}

static void
lower_create(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const CreateSeqStmt *st = node;
	struct op *op = lower_add(l, kind);

	lower_name(l, op, st->sequence);
	op->if_not_exists = st->if_not_exists;
	lower_options(l, op, st->options);
}

static void
lower_alter(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const AlterSeqStmt *st = node;
	struct op *op = lower_add(l, kind);

	lower_name(l, op, st->sequence);
	op->if_exists = st->missing_ok;
	lower_options(l, op, st->options);
}

static void
bind_owner(struct op *op, struct catalog *c)
{
	if (op->reference.name.s != NULL)
		op->references = catalog_relation(c, op->reference, RELATION_TABLE);
}

static void
bind_create(struct op *op, struct catalog *c)
{
	bind_owner(op, c);
	op->noop = op->if_not_exists && catalog_relation_to_be(c, op->target) != NULL;
}

static void
bind_alter(struct op *op, struct catalog *c)
{
	op->table = catalog_relation(c, op->target, RELATION_SEQUENCE);
	bind_owner(op, c);
}

/* process_owned_by() */
static void
create_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	if (op->noop)
		return;
	effects_create(e, catalog_target_schema(f->catalog, op->target), op->target.name);
	if (op->references != NULL)
		effects_lock(e, op->references, ACCESS_SHARE);
}

/* AlterSequence(): new storage unless only the owner changes */
static void
alter_effects(const struct op *op, const struct facts *f, struct effects *e)
{
	(void)f;
	effects_lock(e, op->table, SHARE_ROW_EXCLUSIVE)->rewrite = tri_of(OP_DATA(op, struct payload)->redefines);
	if (op->references != NULL)
		effects_lock(e, op->references, ACCESS_SHARE);
}

static void
own(struct op *op, struct catalog *c, struct relation *sequence)
{
	const struct payload *p = OP_DATA(op, struct payload);
	struct column *column;

	if (!p->owned)
		return;
	if (sequence->owner != NULL) {
		column = catalog_find_column(sequence->owner, sequence->owner_column);
		if (column != NULL && column->sequence == sequence)
			catalog_set(c, &column->sequence, NULL);
	}
	catalog_own_sequence(c, sequence, op->references, p->owner_column);
	column = op->references == NULL ? NULL : catalog_column(c, op->references, p->owner_column);
	if (column != NULL && column->identity == 0)
		catalog_set(c, &column->sequence, sequence);
}

static void
create_apply(struct op *op, struct catalog *c, struct session *session)
{
	struct relation *r = catalog_add_relation(c, catalog_target_schema(c, op->target), op->target.name, RELATION_SEQUENCE);

	(void)session;
	r->persistence = str_is(r->schema, "pg_temp") ? 't' : 'p';
	r->born.place = (struct place){ op->statement->source, op->target.span };
	own(op, c, r);
	sequence_set(c, r, &OP_DATA(op, struct payload)->settings);
	catalog_give_defaults(c, r);
	op->table = r;
}

static void
alter_apply(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	own(op, c, op->table);
	sequence_alter(c, op->table, &OP_DATA(op, struct payload)->settings);
}

/* ---- facts ---- */

static const struct payload *
payload(const struct facts *f)
{
	return OP_DATA(f->op, struct payload);
}

static struct value
get_type(const struct facts *f)
{
	return value_text(payload(f)->type);
}

static struct value
get_owner_column(const struct facts *f)
{
	return value_text(payload(f)->owner_column);
}

static struct value
get_owner(const struct facts *f)
{
	return f->op->references == NULL ? value_absent()
	    : value_text(relation_words(f->arena, f->catalog, f->op->references));
}

static struct value
get_restarts(const struct facts *f)
{
	return value_bool(payload(f)->restarts);
}

static struct value
get_cycles(const struct facts *f)
{
	return value_bool(payload(f)->cycles);
}

static struct value
number_of(struct str text)
{
	int64_t n;

	return text.s != NULL && str_to_int(text, &n) ? value_number(n) : value_absent();
}

static struct value
get_increment(const struct facts *f)
{
	return number_of(payload(f)->increment);
}

static struct value
get_cache(const struct facts *f)
{
	return number_of(payload(f)->cache);
}

static struct value
get_max(const struct facts *f)
{
	return number_of(payload(f)->max);
}

static const struct field fields[] = {
	{ "sequence_type", FIELD_TEXT, "the type of AS; absent: not given", get_type },
	{ "owned_by", FIELD_TEXT, "the table of OWNED BY; absent: none", get_owner },
	{ "owned_by_column", FIELD_TEXT, "the column of OWNED BY; absent: none", get_owner_column },
	{ "restarts", FIELD_BOOL, "RESTART is given", get_restarts },
	{ "cycles", FIELD_BOOL, "CYCLE is given", get_cycles },
	{ "increment", FIELD_NUMBER, "INCREMENT; absent: not given", get_increment },
	{ "cache", FIELD_NUMBER, "CACHE; absent: not given", get_cache },
	{ "max_value", FIELD_NUMBER, "MAXVALUE; absent: not given", get_max },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_sequence[] = {
	{ .name = "create_sequence", .doc = "CREATE SEQUENCE", .node = T_CreateSeqStmt, .subtype = -1,
	    .size = sizeof(struct payload), .fields = fields, .lower = lower_create, .bind = bind_create,
	    .effects = create_effects, .apply = create_apply },
	{ .name = "alter_sequence", .doc = "ALTER SEQUENCE", .node = T_AlterSeqStmt, .subtype = -1, .has = HAS_TABLE,
	    .size = sizeof(struct payload), .fields = fields, .lower = lower_alter, .bind = bind_alter,
	    .effects = alter_effects, .apply = alter_apply },
	{ .name = NULL }
};
