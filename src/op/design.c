#include "op/design.h"

#include "base/buf.h"

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

/* It stands in the definition of the column: no comma parts the two. */
static bool
is_inline(const struct constraint *k, const struct column *c)
{
	struct place from = c->born.place, to = k->born.place;
	bool literal = false;
	int depth = 0;

	if (k->columns.n != 1 || !str_eq(k->columns.items[0], c->name) || from.source == NULL || from.source != to.source || from.span.off >= to.span.off)
		return false;
	for (size_t i = from.span.off; i < to.span.off; i++) {
		char at = from.source->sql.s[i];
		literal = literal != (at == '\'');
		depth += literal ? 0 : at == '(' ? 1 : at == ')' ? -1 : 0;
		if (depth < 0 || (depth == 0 && !literal && (at == ',' || at == ';')))
			return false;
	}
	return true;
}

static const struct constraint *
inline_key(const struct facts *f, enum constraint_kind kind)
{
	for (size_t i = 0; i < f->op->table->constraints.n; i++) {
		const struct constraint *k = f->op->table->constraints.items[i];
		if (k->kind == kind && !k->dropped && is_inline(k, f->op->column))
			return k;
	}
	return NULL;
}

/* A migration behind the one that makes the table adds it, when there may be rows. */
static bool
came_later(const struct facts *f)
{
	return f->op->table->born.migration == 0 || f->op->table->born.migration != f->op->column->born.migration;
}

enum limited { NO_LIMIT, CHECK_INLINE, CHECK_APART, AS_VARCHAR };

/* A CHECK in the ADD COLUMN makes it read every row (ATRewriteTable()), which the limit of varchar does not. */
static enum limited
limited_by(const struct facts *f)
{
	if (f->op->column->type.dims > 0)
		return NO_LIMIT;
	if (!came_later(f))
		return CHECK_INLINE;
	return is_builtin(f->op->column->type, "bpchar") ? AS_VARCHAR : CHECK_APART;
}

static void
put_limit(struct buf *b, const struct facts *f, struct str name, long long length)
{
	struct str table = relation_words(f->arena, f->catalog, f->op->table), constraint;

	if (limited_by(f) == CHECK_INLINE)
		buf_printf(b, " CHECK (length(%.*s) <= %lld)", STR_ARG(name), length);
	if (limited_by(f) != CHECK_APART)
		return;
	constraint = sql_ident(f->arena, str_printf(f->arena, "%.*s_length", STR_ARG(f->op->column->name)));
	buf_printf(b, "\n-- ALTER TABLE %.*s ADD CONSTRAINT %.*s CHECK (length(%.*s) <= %lld) NOT VALID;\n-- in the migration behind it: ALTER TABLE %.*s VALIDATE CONSTRAINT %.*s;",
	    STR_ARG(table), STR_ARG(constraint), STR_ARG(name), length, STR_ARG(table), STR_ARG(constraint));
}

struct value
design_get_as_text(const struct facts *f)
{
	struct value length = design_get_length(f);
	const struct column *c = f->op->column;
	struct buf b = BUF(f->arena);

	if (length.state != VALUE_KNOWN || c == NULL)
		return value_absent();
	struct str name = sql_ident(f->arena, c->name);
	buf_str(&b, name);
	if (limited_by(f) == AS_VARCHAR)
		buf_printf(&b, " varchar(%lld)", (long long)length.number);
	else
		buf_printf(&b, " text%s", c->type.dims > 0 ? "[]" : "");
	if (c->default_expr != NULL && c->generated == 0)
		buf_printf(&b, " DEFAULT %.*s", STR_ARG(c->default_expr->text));
	if (inline_key(f, CONSTRAINT_PRIMARY_KEY) != NULL)
		buf_c(&b, " PRIMARY KEY");
	else if (c->not_null == YES)
		buf_c(&b, " NOT NULL");
	if (inline_key(f, CONSTRAINT_UNIQUE) != NULL)
		buf_c(&b, " UNIQUE");
	put_limit(&b, f, name, (long long)length.number);
	return value_text(buf_text(&b));
}

struct value
design_get_limit_note(const struct facts *f)
{
	static const char *const notes[] = {
		[NO_LIMIT] = "its elements then have no limit",
		[CHECK_INLINE] = "the CHECK only where the length matters",
		[CHECK_APART] = "the CHECK only where the length matters, and apart, as in the ADD COLUMN it reads every row",
		[AS_VARCHAR] = "text where the length does not matter, but with no CHECK in the same ADD COLUMN, which reads every row for it",
	};

	return f->op->column == NULL ? value_absent() : value_text(str_of(notes[limited_by(f)]));
}

/* The check compares "$1 = (host_id)::text" where only the key has become text, which the index on host_id does not serve (ri_GenerateQual()). */
struct value
design_get_key_partners(const struct facts *f)
{
	const struct relation *r = f->op->table;
	struct buf b = BUF(f->arena);

	for (size_t i = 0; r != NULL && i < r->referenced_by.n; i++) {
		const struct constraint *k = r->referenced_by.items[i];
		for (size_t j = 0; !k->dropped && k->parent == NULL && j < k->reference_columns.n && j < k->columns.n; j++)
			if (str_eq(k->reference_columns.items[j], f->op->column_name))
				buf_item(&b, ", ", str_printf(f->arena, "%.*s.%.*s", STR_ARG(relation_words(f->arena, f->catalog, k->table)), STR_ARG(sql_ident(f->arena, k->columns.items[j]))));
	}
	return value_text(b.n == 0 ? STR("")
	    : str_printf(f->arena, "\n-- together with what references it, as the check of a foreign key from char(n) to text cannot use the index of that: %.*s", STR_ARG(buf_text(&b))));
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

static bool
ends_in(struct str name, const char *const words[])
{
	for (size_t i = 0; words[i] != NULL; i++)
		if (is_last_word(name, words[i]))
			return true;
	return false;
}

/* Amounts are of substances, costs of plans, taxes and discounts rates as well: another column of the table has to tell. */
struct value
design_get_means_money(const struct facts *f)
{
	static const char *const money[] = { "price", "refund", "revenue", "salary", "subtotal", "wage", "eur", "gbp", "usd", NULL },
		*const currency[] = { "currency", "currency_code", "currency_id", NULL },
		*const perhaps[] = { "amount", "balance", "cost", "discount", "fee", "fees", "tax", NULL };
	const struct relation *r = f->op->table;
	bool told = false;

	for (size_t i = 0; r != NULL && i < r->columns.n; i++)
		told = told || (!r->columns.items[i]->dropped && (ends_in(r->columns.items[i]->name, money) || ends_in(r->columns.items[i]->name, currency)));
	return value_bool(ends_in(f->op->column_name, money) || (told && ends_in(f->op->column_name, perhaps)));
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

/* Given numbers are taken as before. */
struct value
design_get_identity(const struct facts *f)
{
	return value_text(f->op->column->identity == 'a' ? STR("GENERATED ALWAYS AS IDENTITY") : STR("GENERATED BY DEFAULT AS IDENTITY"));
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
