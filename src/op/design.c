#include "op/design.h"

/* ---- types ---- */

static struct type
type_of(const struct facts *f)
{
	static const struct type unknown = { .name = { NULL, 0 } };

	return f->op->column == NULL ? unknown : f->op->column->type;
}

static bool
is_builtin(struct type t, const char *name)
{
	return t.builtin && str_is(t.name, name);
}

struct value
design_get_type_name(const struct facts *f)
{
	struct type t = type_of(f);

	if (!type_known(t))
		return value_absent();
	if (is_builtin(t, "bpchar"))
		return value_text(STR("character"));
	t.dims = t.nmods = 0;
	t.mod_text = STR_NONE;
	return value_text(type_format(f->arena, t));
}

struct value
design_get_length(const struct facts *f)
{
	struct type t = type_of(f);

	return t.nmods > 0 && (is_builtin(t, "varchar") || is_builtin(t, "bpchar")) ? value_number(t.mods[0]) : value_absent();
}

struct value
design_get_as_text(const struct facts *f)
{
	struct value length = design_get_length(f);
	struct str name = f->op->column == NULL ? STR("") : sql_ident(f->arena, f->op->column->name);

	if (length.state != VALUE_KNOWN || f->op->column == NULL)
		return value_absent();
	if (f->op->column->type.dims > 0)
		return value_text(str_printf(f->arena, "%.*s text[]", STR_ARG(name)));
	return value_text(str_printf(f->arena, "%.*s text CHECK (length(%.*s) <= %lld)", STR_ARG(name), STR_ARG(name), (long long)length.number));
}

static bool
is_time(struct type t)
{
	return is_builtin(t, "timestamptz") || is_builtin(t, "timestamp") || is_builtin(t, "timetz") || is_builtin(t, "time");
}

struct value
design_get_precision(const struct facts *f)
{
	struct type t = type_of(f);

	return t.nmods > 0 && is_time(t) ? value_number(t.mods[0]) : value_absent();
}

static bool
is_last_word(struct str name, const char *word)
{
	size_t n = str_of(word).n;

	return str_is_nocase(name, word) ||
	    (name.n > n && name.s[name.n - n - 1] == '_' && str_is_nocase(str_slice(name, name.n - n, name.n), word));
}

struct value
design_get_means_money(const struct facts *f)
{
	static const char *const words[] = { "amount", "balance", "cost", "discount", "fee", "fees", "price", "refund", "revenue", "salary",
		"subtotal", "tax", "wage", "eur", "gbp", "usd" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (is_last_word(f->op->column_name, words[i]))
			return value_bool(true);
	return value_bool(false);
}

struct value
design_get_has_raw(const struct facts *f)
{
	const struct relation *r = f->op->table;
	struct str raw = str_printf(f->arena, "%.*s_raw", STR_ARG(f->op->column_name));

	return value_bool(r != NULL && catalog_find_column(r, raw) != NULL);
}

struct value
design_get_beside(const struct facts *f)
{
	const struct relation *r = f->op->table;

	for (size_t i = 0; is_builtin(type_of(f), "timestamp") && i < r->columns.n; i++) {
		const struct column *c = r->columns.items[i];
		if (!c->dropped && is_builtin(c->type, "timestamptz"))
			return value_text(sql_ident(f->arena, c->name));
	}
	return value_absent();
}

/* A day in somebody's life, whatever the zone: as a moment it would move with TimeZone. */
static bool
is_day_of_life(struct str name)
{
	static const char *const words[] = { "dob", "dod", "death" }, *const parts[] = { "birth", "death_date" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (is_last_word(name, words[i]))
			return true;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (str_find(name, str_of(parts[i])) != (size_t)-1)
			return true;
	return false;
}

struct value
design_get_mixes_times(const struct facts *f)
{
	return value_bool(design_get_beside(f).state == VALUE_KNOWN && !is_day_of_life(f->op->column_name));
}

struct value
design_get_came_with_table(const struct facts *f)
{
	return value_bool(f->op->column->born.statement == f->op->table->born.statement && f->op->column->retyped.statement == 0);
}

/* ---- keys and sequences ---- */

struct value
design_get_is_only_key(const struct facts *f)
{
	for (size_t i = 0; i < f->op->table->constraints.n; i++) {
		const struct constraint *k = f->op->table->constraints.items[i];
		if (k->kind == CONSTRAINT_PRIMARY_KEY)
			return value_bool(k->columns.n == 1 && str_eq(k->columns.items[0], f->op->column_name));
	}
	return value_bool(false);
}

struct value
design_get_in_foreign_key(const struct facts *f)
{
	for (size_t i = 0; i < f->op->table->constraints.n; i++) {
		const struct constraint *k = f->op->table->constraints.items[i];
		for (size_t j = 0; k->kind == CONSTRAINT_FOREIGN_KEY && j < k->columns.n; j++)
			if (str_eq(k->columns.items[j], f->op->column_name))
				return value_bool(true);
	}
	return value_bool(false);
}

static const struct relation *
sequence_of(const struct facts *f)
{
	const struct column *c = f->op->column;
	const struct relation *r = c->identity != 0 ? c->sequence : c->default_sequence;

	return r == NULL || r->dropped ? NULL : r;
}

struct value
design_get_is_serial(const struct facts *f)
{
	const struct relation *r = sequence_of(f);

	return value_bool(r != NULL && f->op->column->identity == 0 && r == f->op->column->sequence);
}

struct value
design_get_is_numbered(const struct facts *f)
{
	return value_bool(sequence_of(f) != NULL);
}

struct value
design_get_sequence(const struct facts *f)
{
	const struct relation *r = sequence_of(f);

	return r == NULL ? value_absent() : value_text(relation_words(f->arena, f->catalog, r));
}

struct value
design_get_sequence_type(const struct facts *f)
{
	const struct relation *r = sequence_of(f);

	if (r == NULL)
		return value_absent();
	return r->assumed ? value_absent() : value_text(catalog_sequence(r).type);
}

/* ---- tables ---- */

struct value
design_get_is_unlogged(const struct facts *f)
{
	return value_bool(f->op->table->persistence == 'u');
}

bool
option_is_false(struct str s)
{
	return str_is_nocase(s, "false") || str_is_nocase(s, "off") || str_is_nocase(s, "no") || str_is(s, "0");
}

struct value
design_get_autovacuum_off(const struct facts *f)
{
	const struct object *o = catalog_find_object(f->catalog, f->op->table, "option", STR("autovacuum_enabled"));

	return value_bool(o != NULL && option_is_false(o->text));
}
