#include <ctype.h>
#include <string.h>

#include "op/query.h"

/* ---- literals ---- */

VEC_TYPE(excerpts, struct excerpt);

static bool
is_literal(const struct statement *st, const struct token *t)
{
	struct str s = str_slice(st->source->sql, t->off, (size_t)t->off + t->len);

	if (s.n < 2)
		return false;
	return s.s[0] == '\'' || (s.s[0] == '$' && s.s[s.n - 1] == '$') || str_starts_nocase(s, "e'") ||
	    str_starts_nocase(s, "u&'");
}

static size_t
opening(struct str raw)
{
	size_t quote = str_find_char(raw, '\'');

	if (raw.s[0] == '$')
		return str_find_char(str_slice(raw, 1, raw.n), '$') + 2;
	return quote + 1;
}

/* Pairs the literal with its value, where only doubled quotes make a difference; else one piece for the whole. */
static struct excerpts
pair(struct arena *arena, struct str raw, uint32_t off, struct str value)
{
	struct excerpts list = { 0 };
	size_t from = opening(raw), at = from, first = 0, i;

	for (i = 0; i < value.n && at < raw.n && raw.s[at] == value.s[i]; i++, at++) {
		if (raw.s[0] == '$' || value.s[i] != '\'')
			continue;
		*vec_push(arena, &list) = (struct excerpt){ (uint32_t)first, { off + (uint32_t)from, (uint32_t)(at + 1 - from) }, true, NULL };
		first = i + 1;
		from = ++at + 1;
	}
	if (i < value.n || at >= raw.n) {
		list.n = 0;
		*vec_push(arena, &list) = (struct excerpt){ 0, { off, (uint32_t)raw.n }, false, NULL };
	} else {
		*vec_push(arena, &list) = (struct excerpt){ (uint32_t)first, { off + (uint32_t)from, (uint32_t)(at - from) }, true, NULL };
	}
	return list;
}

struct source *
code_literal(struct lowering *l, int location, struct str value)
{
	const struct statement *st = l->statement;
	uint32_t from = lower_offset(l, location);

	for (size_t i = 0; i < st->ntokens; i++) {
		const struct token *t = &st->tokens[i];
		struct str raw = str_slice(st->source->sql, t->off, (size_t)t->off + t->len);
		if (t->off < from || !is_literal(st, t))
			continue;
		struct excerpts list = pair(l->arena, raw, t->off, value);
		return source_inside(l->arena, st->source, value, list.items, list.n);
	}
	return NULL;
}

/* ---- standard SQL ---- */

static bool
token_is(const struct statement *st, size_t i, const char *keyword)
{
	return i < st->ntokens && str_is(st->tokens[i].keyword, keyword);
}

static bool
begins_statement(const struct statement *st, size_t i, size_t first)
{
	return i == first || st->source->sql.s[st->tokens[i - 1].off] == ';';
}

/* The tokens [first, last), RETURN read as SELECT. */
static struct source *
cut_standard(struct lowering *l, size_t first, size_t last)
{
	const struct statement *st = l->statement;
	uint32_t off = st->tokens[first].off;
	struct span span = span_of(off, st->tokens[last - 1].off + st->tokens[last - 1].len);
	struct excerpt *whole = NEW(l->arena, struct excerpt);
	struct source *s;
	char *sql;

	*whole = (struct excerpt){ 0, span, true, NULL };
	s = source_inside(l->arena, st->source, source_text(st->source, span), whole, 1);
	sql = str_c(l->arena, str_slice(st->source->sql, span.off, span.off + span.len));
	for (size_t i = first; i < last; i++)
		if (token_is(st, i, "return") && begins_statement(st, i, first))
			memcpy(sql + (st->tokens[i].off - off), "SELECT", strlen("return"));
	s->sql.s = sql;
	return s;
}

struct source *
code_standard(struct lowering *l)
{
	const struct statement *st = l->statement;

	for (size_t i = 0; i + 1 < st->ntokens; i++) {
		if (token_is(st, i, "begin") && token_is(st, i + 1, "atomic") && i + 2 < st->ntokens - 1)
			return cut_standard(l, i + 2, st->ntokens - 1);
		if (token_is(st, i, "return"))
			return cut_standard(l, i, st->ntokens);
	}
	return NULL;
}

/* ---- reading ---- */

bool
code_is_plpgsql(const struct code *code)
{
	return str_is_nocase(code->language, "plpgsql");
}

bool
code_is_sql(const struct code *code)
{
	return str_is_nocase(code->language, "sql");
}

static bool
prefers_columns(const struct code *code)
{
	return str_find(code->source->text, STR("#variable_conflict use_column")) != (size_t)-1;
}

bool
code_has_variable(const struct code *code, struct str name)
{
	if (code == NULL || !code_is_plpgsql(code) || code->source == NULL || prefers_columns(code))
		return false;
	for (size_t i = 0; i < code->parameters.n; i++)
		if (code->parameters.items[i].name.s != NULL && str_eq(code->parameters.items[i].name, name))
			return true;
	for (size_t i = 0; i < code->body.variables.n; i++)
		if (str_eq(code->body.variables.items[i].name, name))
			return true;
	return str_in(name, code->results.items, code->results.n);
}

static void
keep_error(struct code *code, struct span base, const struct sql_error *error)
{
	if (code->error.s != NULL)
		return;
	code->error = error->message;
	code->error_place = (struct place){ code->source, { base.off + error->at.off, error->at.len } };
}

static void check_list(struct arena *, struct code *, const struct pl_list *);

static void
check_piece(struct arena *arena, struct code *code, struct span span, enum sql_mode mode)
{
	struct sql_error error;
	struct str text = str_slice(code->source->sql, span.off, (size_t)span.off + span.len);

	if (span.len > 0 && code->error.s == NULL && !sql_parse_one(arena, text, mode, NULL, NULL, &error))
		keep_error(code, span, &error);
}

static void
check_statement(struct arena *arena, struct code *code, const struct pl_statement *s)
{
	if (s->kind == PL_SQL)
		check_piece(arena, code, s->sql, SQL_STATEMENT);
	else if (s->kind == PL_EVALUATE || s->kind == PL_EXECUTE)
		check_piece(arena, code, s->sql, SQL_EXPRESSION);
	for (size_t i = 0; i < s->arms.n; i++) {
		check_piece(arena, code, s->arms.items[i].condition, SQL_EXPRESSION);
		check_list(arena, code, &s->arms.items[i].body);
	}
	check_list(arena, code, &s->body);
}

static void
check_list(struct arena *arena, struct code *code, const struct pl_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		check_statement(arena, code, list->items[i]);
}

static void
ignore(void *arg, const struct statement *statement, const void *node)
{
	(void)arg;
	(void)statement;
	(void)node;
}

static void
check_sql(struct arena *arena, struct code *code)
{
	struct diags diags = { .arena = arena };
	struct parse_result result = { .statements = 0 };

	sql_parse(arena, code->source, (struct span){ 0, (uint32_t)code->source->sql.n }, &diags, ignore, NULL, &result);
	if (diags.list.n == 0)
		return;
	code->error = diags.list.items[0]->message;
	code->error_place = diags.list.items[0]->labels[0].at;
}

void
code_read(struct code *code)
{
	struct sql_error error;

	if (code->read || code->source == NULL)
		return;
	code->read = true;
	if (code_is_sql(code) && !code->standard) {
		check_sql(code->arena, code);
	} else if (code_is_plpgsql(code)) {
		if (!pl_parse(code->arena, code->source, &code->body, &error))
			keep_error(code, (struct span){ 0, 0 }, &error);
		else
			check_list(code->arena, code, &code->body.list);
	}
}

/* ---- what stands in it ---- */

struct code_listing {
	struct arena *arena;
	const struct code *code;
	struct code_ops *ops;
};

static void list_operations(const struct code_listing *, const struct pl_list *);

static void
list_source(const struct code_listing *l, const struct source *source, struct span span, uint32_t at)
{
	struct diags unheard = { .arena = l->arena };
	struct script *script = NEW(l->arena, struct script);

	lower_source(l->arena, source, span, &unheard, script);
	for (size_t i = 0; i < script->ops.n; i++)
		*vec_push(l->arena, &l->ops->list) = (struct code_op){ script->ops.items[i], at };
}

static size_t
find_as(struct str text)
{
	for (size_t i = 0; i + 3 < text.n; i++)
		if (isspace((unsigned char)text.s[i]) && str_starts_nocase(str_slice(text, i + 1, text.n), "as") &&
		    isspace((unsigned char)text.s[i + 3]))
			return i;
	return (size_t)-1;
}

/* CREATE VIEW name AS, and a query that is put together while it runs: one takes its place, so that the name is known. */
static struct str
named_creation(struct arena *arena, struct str known)
{
	size_t as = find_as(known);

	if (as == (size_t)-1 || !str_starts_nocase(str_trim(known), "create "))
		return STR_NONE;
	return str_printf(arena, "%.*s as select 1", (int)as, known.s);
}

/* ALTER TABLE name ALTER COLUMN name ADD GENERATED ... AS IDENTITY or SET DEFAULT, and a number or value that is not known. */
static struct str
named_default(struct arena *arena, struct str known)
{
	struct str folded = str_trim(str_fold(arena, known));
	size_t identity = str_find(folded, STR("as identity"));

	if (!str_starts(folded, "alter table "))
		return STR_NONE;
	if (str_ends(folded, "set default"))
		return str_printf(arena, "%.*s null", STR_ARG(str_trim(known)));
	return identity == (size_t)-1 ? STR_NONE : str_slice(str_trim(known), 0, identity + strlen("as identity"));
}

static const struct source *
known_part(const struct code_listing *l, struct span expression)
{
	struct str outline = code_outline(l->arena, l->code->source, expression, l->ops->bindings);
	struct str known = str_slice(outline, 0, str_find_char(outline, CODE_HOLE)), text = named_creation(l->arena, known);
	struct excerpt all = { 0, expression, false, NULL };

	if (text.s == NULL)
		text = named_default(l->arena, known);
	return text.s == NULL ? NULL : source_inside(l->arena, l->code->source, text, &all, 1);
}

static const struct source *
executed(const struct code_listing *l, struct span expression)
{
	struct str culprit, start;
	const struct source *text = code_text(l->arena, l->code->source, expression, l->ops->bindings, &start, &culprit);

	l->ops->unread = l->ops->unread || text == NULL;
	return text != NULL ? text : known_part(l, expression);
}

static void
list_statement(const struct code_listing *l, const struct pl_statement *s)
{
	const struct source *text = s->kind == PL_EXECUTE ? executed(l, s->sql) : s->kind == PL_EVALUATE && s->sql.len > 0
	    ? code_select(l->arena, l->code->source, s->sql) : NULL;

	if (s->kind == PL_SQL)
		list_source(l, l->code->source, s->sql, s->span.off);
	else if (text != NULL)
		list_source(l, text, (struct span){ 0, (uint32_t)text->sql.n }, s->span.off);
	list_operations(l, &s->body);
	for (size_t i = 0; i < s->arms.n; i++)
		list_operations(l, &s->arms.items[i].body);
}

static void
list_operations(const struct code_listing *l, const struct pl_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		list_statement(l, list->items[i]);
}

const struct code_ops *
code_list(struct code *code, const struct bindings *bindings)
{
	const struct code_ops **kept = bindings == NULL ? &code->listed : &code->bound;

	if (*kept != NULL && (*kept)->bindings == bindings)
		return *kept;
	struct code_ops *ops = NEW(code->arena, struct code_ops);
	const struct code_listing l = { code->arena, code, ops };

	ops->bindings = bindings;
	code_read(code);
	if (code->error.s == NULL && code->source != NULL && code_is_sql(code))
		list_source(&l, code->source, (struct span){ 0, (uint32_t)code->source->sql.n }, 0);
	else if (code->error.s == NULL)
		list_operations(&l, &code->body.list);
	return *kept = ops;
}

/* Of extensions that make what they are told in a schema of their own, which is always called so: schema in their control files, or CREATE SCHEMA in their scripts. */
static bool
stays_in_extension(const struct call *call)
{
	static const char *const schemas[] = { "cron", "net", "pgmq", "vault", NULL };

	return str_among(call->schema, schemas);
}

/* Of TimescaleDB and Citus: of nothing but the table that they are told. */
static bool
changes_own_table(const struct call *call)
{
	static const char *const names[] = { "create_hypertable", "add_dimension", "set_chunk_time_interval", "set_integer_now_func", "add_compression_policy",
		"add_retention_policy", "add_reorder_policy", "create_distributed_table", "create_reference_table", NULL };

	return str_among(call->name, names);
}

/* The functions of PostGIS that are not for its catalog begin with ST_. */
static bool
is_unseen(const struct op *op, const struct call *call)
{
	bool runs = strcmp(op->kind->name, "select") == 0 || strcmp(op->kind->name, "call") == 0;

	return runs && !query_is_builtin(call) && volatile_extension(call->name) == VOLATILITY_UNKNOWN && !str_starts(call->name, "st_") &&
	    !stays_in_extension(call) && !changes_own_table(call);
}

/* What dblink() runs in FROM is a query as a rule. */
static bool
only_reads(const struct call *call)
{
	if (str_is(call->name, "dblink") && !call->once)
		return true;
	for (size_t i = 0; i < call->arguments.n; i++)
		if (str_starts_nocase(str_trim(call->arguments.items[i].text), "select"))
			return true;
	return false;
}

static bool
runs_elsewhere(const struct op *op, const struct call *call)
{
	static const char *const runs[] = { "select", "call", "insert", "update", "delete", "merge", "create_table_as", NULL };
	static const char *const names[] = { "dblink", "dblink_exec", "dblink_send_query", NULL };

	return str_among(call->name, names) && str_among(str_of(op->kind->name), runs) && !only_reads(call);
}

bool
op_calls(const struct op *op, const struct catalog *c, size_t n, struct code_call *call)
{
	const struct query *q = op->kind->query == NULL ? NULL : op->kind->query(op);
	const struct function *f;

	if (q == NULL || n >= q->calls.n)
		return false;
	f = query_function(&q->calls.items[n], c);
	*call = (struct code_call){ .call = &q->calls.items[n], .code = f == NULL ? NULL : f->code, .sure = q->calls.items[n].sure,
		.unseen = f == NULL && is_unseen(op, &q->calls.items[n]), .elsewhere = f == NULL && runs_elsewhere(op, &q->calls.items[n]) };
	return true;
}

struct source *
code_select(struct arena *arena, const struct source *body, struct span expression)
{
	struct str text = str_slice(body->sql, expression.off, (size_t)expression.off + expression.len);
	struct excerpt *pieces = NEW_ARRAY(arena, struct excerpt, 2);
	uint32_t head = (uint32_t)strlen("SELECT ");

	pieces[0] = (struct excerpt){ 0, { expression.off, 1 }, false, NULL };
	pieces[1] = (struct excerpt){ head, expression, true, NULL };
	return source_inside(arena, body, str_printf(arena, "SELECT %.*s", STR_ARG(text)), pieces, 2);
}

struct giving {
	struct arena *arena;
	const struct catalog *catalog;
	bool nothing;
};

static void
on_call(void *arg, const void *node)
{
	struct giving *g = arg;
	const SelectStmt *st = node;
	const Node *value = list_length(st->targetList) == 1 ? ((const ResTarget *)linitial(st->targetList))->val : NULL;
	struct call call = { .narguments = 0 };
	const struct function *f;

	if (value == NULL || !IsA(value, FuncCall) || st->fromClause != NIL)
		return;
	names_from_list(g->arena, ((const FuncCall *)value)->funcname, &call.schema, &call.name);
	call.narguments = list_length(((const FuncCall *)value)->args);
	f = query_function(&call, g->catalog);
	/* plpgsql_exec_function(): void is no NULL, and void_out() spells it ''; fmgr_sql() gives NULL, which EXECUTE refuses */
	g->nothing = f != NULL && str_is(f->returns, "void") && str_is_nocase(f->language, "plpgsql");
}

bool
code_gives_nothing(struct arena *arena, const struct source *body, struct span expression, const struct catalog *catalog)
{
	struct str text = str_slice(body->sql, expression.off, (size_t)expression.off + expression.len);
	struct giving g = { .arena = arena, .catalog = catalog };
	struct sql_error error;

	if (text.n > 0)
		(void)sql_parse_one(arena, text, SQL_EXPRESSION, on_call, &g, &error);
	return g.nothing;
}
