#include <string.h>

#include "sql/plpgsql.h"

/*
 * Follows pl_gram.y: what a statement is, its first word tells; an expression goes up to the next THEN, LOOP or semicolon
 * outside parentheses (read_sql_construct()).
 */

enum { DEPTH_LIMIT = 100 };

struct parser {
	struct arena *arena;
	struct source *source;
	char *sql;                      /* the source's sql, to blank out */
	struct token_list tokens;
	size_t at;
	struct pl_body *body;
	struct pl_level *level;
	struct span into;               /* the one variable that INTO of the statement under way names; len 0: none */
	struct sql_error *error;
	bool failed;
	int depth;
};

static void statements(struct parser *, struct pl_list *);

/* ---- tokens ---- */

static bool
at_end(const struct parser *p)
{
	return p->failed || p->at >= p->tokens.n;
}

static struct str
word_at(const struct parser *p, size_t i)
{
	if (p->failed || i >= p->tokens.n)
		return STR("");
	return source_text(p->source, (struct span){ p->tokens.items[i].off, p->tokens.items[i].len });
}

static bool
is_at(const struct parser *p, size_t i, const char *word)
{
	return str_is_nocase(word_at(p, i), word);
}

static bool
is(const struct parser *p, const char *word)
{
	return is_at(p, p->at, word);
}

static bool
is_any(const struct parser *p, const char *const *words)
{
	for (; *words != NULL; words++)
		if (is(p, *words))
			return true;
	return false;
}

static bool
take(struct parser *p, const char *word)
{
	if (at_end(p) || !is(p, word))
		return false;
	p->at++;
	return true;
}

static uint32_t
start(const struct parser *p, size_t i)
{
	return i < p->tokens.n ? p->tokens.items[i].off : (uint32_t)p->source->sql.n;
}

static uint32_t
end(const struct parser *p, size_t i)
{
	return p->tokens.items[i].off + p->tokens.items[i].len;
}

/* The tokens [from, to). */
static struct span
between(const struct parser *p, size_t from, size_t to)
{
	if (p->failed || from >= to || to > p->tokens.n)
		return (struct span){ 0, 0 };
	return span_of(start(p, from), end(p, to - 1));
}

static void
fail(struct parser *p)
{
	if (p->failed)
		return;
	if (p->at < p->tokens.n)
		*p->error = (struct sql_error){ str_printf(p->arena, "syntax error at or near \"%.*s\"", STR_ARG(word_at(p, p->at))),
			between(p, p->at, p->at + 1) };
	else
		*p->error = (struct sql_error){ STR("syntax error at end of input"),
			span_of(p->source->sql.n > 0 ? p->source->sql.n - 1 : 0, p->source->sql.n) };
	p->failed = true;
}

static void
expect(struct parser *p, const char *word)
{
	if (!take(p, word))
		fail(p);
}

/* Up to a semicolon or one of the words, outside parentheses. */
static struct span
until(struct parser *p, const char *const *words)
{
	size_t from = p->at, parens = 0;

	for (; !at_end(p); p->at++) {
		if (parens == 0 && (is(p, ";") || is_any(p, words)))
			break;
		if (is(p, "(") || is(p, "["))
			parens++;
		else if ((is(p, ")") || is(p, "]")) && parens-- == 0)
			break;
	}
	if (at_end(p) || is(p, ")") || is(p, "]"))
		fail(p);
	return between(p, from, p->at);
}

static const char *const nothing[] = { NULL };
static const char *const up_to_then[] = { "then", NULL };
static const char *const up_to_loop[] = { "loop", NULL };
static const char *const up_to_parameters[] = { "into", "using", "loop", NULL };

static void
blank(struct parser *p, struct span span)
{
	memset(p->sql + span.off, ' ', span.len);
}

/* ---- the tree ---- */

static struct pl_statement *
add(struct parser *p, struct pl_list *list, enum pl_kind kind, struct span sql)
{
	struct pl_statement *s = NEW(p->arena, struct pl_statement);

	s->kind = kind;
	s->span = s->sql = sql;
	*vec_push(p->arena, list) = s;
	return s;
}

static void
evaluate(struct parser *p, struct pl_list *list, struct span expression)
{
	if (expression.len > 0)
		(void)add(p, list, PL_EVALUATE, expression);
}

/* EXECUTE was just read. */
static void
dynamic(struct parser *p, struct pl_list *list)
{
	size_t from = p->at - 1;
	struct span text = until(p, up_to_parameters);
	struct pl_statement *s = add(p, list, PL_EXECUTE, text);

	(void)until(p, up_to_loop);
	s->span = between(p, from, p->at);
}

/* A list of statements that ends before one of the words that cannot begin one. */
static void
level(struct parser *p, struct pl_list *list)
{
	struct pl_level *outer = p->level, *mine = NEW(p->arena, struct pl_level);
	uint32_t from = p->at > 0 && !p->failed ? end(p, p->at - 1) : 0;

	*vec_push(p->arena, &p->body->levels) = mine;
	p->level = mine;
	statements(p, list);
	mine->region = span_of(from, p->failed || start(p, p->at) < from ? from : start(p, p->at));
	p->level = outer;
}

/* ---- SQL ---- */

/* read_into_target() */
static void
blank_target(struct parser *p)
{
	size_t from = p->at++, first;

	(void)take(p, "strict");
	first = p->at;
	do {
		p->at++;
		while (is(p, ".") && !at_end(p))
			p->at += 2;
	} while (take(p, ","));
	p->into = p->at == first + 1 ? between(p, first, p->at) : (struct span){ 0, 0 };
	blank(p, between(p, from, p->at < p->tokens.n ? p->at : p->tokens.n));
}

/* CREATE [OR REPLACE] FUNCTION|PROCEDURE, which may have a body with semicolons */
static bool
makes_routine(const struct parser *p)
{
	size_t i = p->at + 1;

	if (!is(p, "create"))
		return false;
	if (is_at(p, i, "or"))
		i += 2;
	return is_at(p, i, "function") || is_at(p, i, "procedure");
}

/* Of BEGIN ATOMIC ... END */
static void
follow_atomic(const struct parser *p, size_t *depth)
{
	if (is(p, "begin") || (is(p, "case") && *depth > 0))
		++*depth;
	else if (is(p, "end") && *depth > 0)
		--*depth;
}

/* make_execsql_stmt() */
static struct span
sql_text(struct parser *p, const char *stop)
{
	size_t from = p->at, parens = 0, atomic = 0;
	bool routine = makes_routine(p), imports = is(p, "import");

	while (!at_end(p)) {
		bool stands = p->at == from || (!is_at(p, p->at - 1, "insert") && !is_at(p, p->at - 1, "merge"));
		if (parens == 0 && atomic == 0 && (is(p, ";") || (stop != NULL && is(p, stop))))
			break;
		if (is(p, "(") || is(p, "["))
			parens++;
		else if ((is(p, ")") || is(p, "]")) && parens > 0)
			parens--;
		if (routine)
			follow_atomic(p, &atomic);
		if (is(p, "into") && stands && !imports && !routine)
			blank_target(p);
		else
			p->at++;
	}
	if (at_end(p))
		fail(p);
	return between(p, from, p->at);
}

static void
sql(struct parser *p, struct pl_list *list)
{
	size_t from = p->at;
	struct pl_statement *s;

	p->into = (struct span){ 0, 0 };
	s = add(p, list, PL_SQL, sql_text(p, NULL));
	if (p->into.len == 0 || !is_at(p, from, "select"))
		return;
	s->into = p->into;
	s->given = between(p, from + 1, p->at);
}

static void
perform(struct parser *p, struct pl_list *list)
{
	uint32_t off = start(p, p->at);

	memcpy(p->sql + off, "SELECT ", strlen("PERFORM"));
	sql(p, list);
}

static bool
begins_query(const struct parser *p)
{
	static const char *const words[] = { "select", "with", "values", "table", "insert", "update", "delete", "merge", "(", NULL };

	return is_any(p, words);
}

/* variable[.field][subscript] := or = */
static bool
is_assignment(const struct parser *p)
{
	size_t i = p->at + 1, brackets;

	for (;;) {
		if (is_at(p, i, "."))
			i += 2;
		else if (is_at(p, i, "["))
			for (brackets = 1, i++; brackets > 0 && i < p->tokens.n && !is_at(p, i, ";"); i++)
				brackets += is_at(p, i, "[") ? 1 : is_at(p, i, "]") ? (size_t)-1 : 0;
		else
			break;
	}
	return is_at(p, i, ":=") || is_at(p, i, "=");
}

static void
assignment(struct parser *p, struct pl_list *list)
{
	static const char *const signs[] = { ":=", "=", NULL };

	(void)until(p, signs);
	p->at++;
	evaluate(p, list, until(p, nothing));
}

/* ---- variables ---- */

static struct str
span_text(const struct parser *p, struct span span)
{
	return str_slice(p->source->sql, span.off, (size_t)span.off + span.len);
}

/* 'text' without quotes, lower case */
static struct str
folded(struct parser *p, size_t i)
{
	struct str word = word_at(p, i);
	char *s;

	if (word.n > 1 && word.s[0] == '\'')
		word = str_slice(word, 1, word.n - 1);
	s = str_c(p->arena, word);
	for (size_t k = 0; k < word.n; k++)
		if (s[k] >= 'A' && s[k] <= 'Z')
			s[k] = (char)(s[k] - 'A' + 'a');
	return (struct str){ s, word.n };
}

/* "A name" loses its quotes, another one its case. */
static struct str
unquoted(struct parser *p, size_t i)
{
	struct str word = word_at(p, i);

	if (word.n > 2 && word.s[0] == '"')
		return str_slice(word, 1, word.n - 1);
	return folded(p, i);
}

static void
add_variable(struct parser *p, size_t name, struct str type)
{
	if (!p->failed && name < p->tokens.n)
		*vec_push(p->arena, &p->body->variables) = (struct pl_variable){ .name = unquoted(p, name), .type = type };
}

/* FOR a, b IN: a loop over numbers declares its variable, others have theirs declared. */
static void
add_targets(struct parser *p)
{
	add_variable(p, p->at, STR(""));
	for (size_t i = p->at + 1; is_at(p, i, ","); i += 2)
		add_variable(p, i + 1, STR(""));
}

/* ---- what controls the flow ---- */

static struct pl_arm *
arm(struct parser *p, struct pl_statement *s)
{
	struct pl_arm *a = vec_push(p->arena, &s->arms);

	memset(a, 0, sizeof *a);
	return a;
}

/* IF, ELSIF or WHEN was just read. */
static void
branch(struct parser *p, struct pl_statement *s, bool compared)
{
	struct pl_arm a = { .condition = { 0, 0 } };
	size_t from = p->at - 1;
	struct span condition = until(p, up_to_then);

	if (condition.len == 0)
		fail(p);
	if (!compared)
		a.condition = condition;
	a.at = between(p, from, p->at);
	expect(p, "then");
	level(p, &a.body);
	*arm(p, s) = a;
}

static void
otherwise(struct parser *p, struct pl_statement *s)
{
	struct pl_arm a = { .otherwise = true };

	if (!take(p, "else"))
		return;
	a.at = s->arms.n > 0 ? s->arms.items[0].at : (struct span){ 0, 0 };
	level(p, &a.body);
	*arm(p, s) = a;
}

static void
choose(struct parser *p, struct pl_list *list)
{
	size_t from = p->at++;
	struct pl_statement *s = add(p, list, PL_CHOICE, (struct span){ 0, 0 });

	branch(p, s, false);
	while (take(p, "elsif") || take(p, "elseif"))
		branch(p, s, false);
	otherwise(p, s);
	expect(p, "end");
	expect(p, "if");
	s->span = between(p, from, p->at);
}

static void
choose_case(struct parser *p, struct pl_list *list)
{
	static const char *const when[] = { "when", NULL };
	size_t from = p->at++;
	bool compared = !is(p, "when");
	struct pl_statement *s;

	evaluate(p, list, compared ? until(p, when) : (struct span){ 0, 0 });
	s = add(p, list, PL_CHOICE, (struct span){ 0, 0 });
	if (!is(p, "when"))
		fail(p);
	while (take(p, "when"))
		branch(p, s, compared);
	otherwise(p, s);
	expect(p, "end");
	expect(p, "case");
	s->span = between(p, from, p->at);
}

static void
loop_body(struct parser *p, struct pl_list *list, size_t from)
{
	struct pl_statement *s = add(p, list, PL_LOOP, (struct span){ 0, 0 });

	s->head = between(p, from, p->at + 1);
	expect(p, "loop");
	level(p, &s->body);
	expect(p, "end");
	expect(p, "loop");
	(void)until(p, nothing);
	s->span = between(p, from, p->at);
}

static void
loop_while(struct parser *p, struct pl_list *list)
{
	size_t from = p->at++;

	evaluate(p, list, until(p, up_to_loop));
	loop_body(p, list, from);
}

static bool
is_range(const struct parser *p)
{
	for (size_t i = p->at; i < p->tokens.n && !is_at(p, i, "loop") && !is_at(p, i, ";"); i++)
		if (is_at(p, i, ".."))
			return true;
	return false;
}

/* FOR i IN 1..3, FOR row IN query, FOR row IN EXECUTE text, FOR row IN cursor */
static void
loop_for(struct parser *p, struct pl_list *list)
{
	static const char *const in[] = { "in", NULL };
	size_t from = p->at++;

	add_targets(p);
	(void)until(p, in);
	expect(p, "in");
	if (take(p, "execute"))
		dynamic(p, list);
	else if (begins_query(p) && !is_range(p))
		(void)add(p, list, PL_SQL, sql_text(p, "loop"));
	else
		(void)until(p, up_to_loop);
	loop_body(p, list, from);
}

static void
loop_foreach(struct parser *p, struct pl_list *list)
{
	static const char *const array[] = { "array", NULL };
	size_t from = p->at++;

	add_targets(p);
	(void)until(p, array);
	expect(p, "array");
	evaluate(p, list, until(p, up_to_loop));
	loop_body(p, list, from);
}

static void
give_back(struct parser *p, struct pl_list *list)
{
	size_t from = p->at++;

	if (take(p, "query")) {
		if (take(p, "execute"))
			dynamic(p, list);
		else
			sql(p, list);
		return;
	}
	if (take(p, "next")) {
		evaluate(p, list, until(p, nothing));
		return;
	}
	evaluate(p, list, until(p, nothing));
	add(p, list, PL_RETURN, (struct span){ 0, 0 })->span = between(p, from, p->at);
}

/* A condition name, or SQLSTATE 'code' */
static struct str
condition_name(struct parser *p)
{
	bool state = take(p, "sqlstate");
	struct str name = folded(p, p->at);

	if (at_end(p))
		fail(p);
	p->at++;
	return state ? str_printf(p->arena, "sqlstate %.*s", STR_ARG(name)) : name;
}

static struct str
raised(struct parser *p, size_t from)
{
	for (size_t i = from; i < p->at; i++)
		if (is_at(p, i, "errcode"))
			return folded(p, i + 2);
	if (is_at(p, from, "sqlstate"))
		return str_printf(p->arena, "sqlstate %.*s", STR_ARG(folded(p, from + 1)));
	if (from == p->at)
		return STR("again");
	return str_starts(word_at(p, from), "'") || is_at(p, from, "using") ? STR("raise_exception") : folded(p, from);
}

static void
raise(struct parser *p, struct pl_list *list)
{
	static const char *const milder[] = { "debug", "log", "info", "notice", "warning", NULL };
	size_t from = p->at++, rest;
	bool mild = is_any(p, milder);
	struct pl_statement *s;

	(void)take(p, "exception");
	rest = p->at;
	(void)until(p, nothing);
	if (mild || p->failed)
		return;
	s = add(p, list, PL_RAISE, between(p, from, p->at));
	s->condition = raised(p, rest);
}

/* ---- blocks ---- */

/* The variable that was just declared. */
static void
begin_with(struct parser *p, struct pl_list *list, struct span expression)
{
	evaluate(p, list, expression);
	if (!p->failed && p->body->variables.n > 0)
		p->body->variables.items[p->body->variables.n - 1].initial = expression;
}

static bool
is_alias(struct str type)
{
	return str_starts_nocase(type, "alias ");
}

/* Of "ALIAS FOR $1": 1. */
static size_t
aliased(struct str type)
{
	size_t at = is_alias(type) ? str_find_char(type, '$') : (size_t)-1;
	int64_t number = 0;

	return at != (size_t)-1 && str_to_int(str_trim(str_slice(type, at + 1, type.n)), &number) && number > 0 ? (size_t)number : 0;
}

/* name [CONSTANT] type [COLLATE collation] [NOT NULL] [DEFAULT|:=|= expression]; name [NO SCROLL] CURSOR FOR query; name ALIAS FOR variable */
static void
declaration(struct parser *p, struct pl_list *list)
{
	static const char *const ends[] = { "default", ":=", "=", "cursor", "not", "collate", NULL };
	static const char *const values[] = { "default", ":=", "=", "cursor", NULL };
	static const char *const query[] = { "for", "is", NULL };
	size_t name = p->at++;
	struct str type;

	(void)take(p, "constant");
	type = span_text(p, until(p, ends));
	(void)until(p, values);
	add_variable(p, name, is(p, "cursor") || is_alias(type) ? STR("") : type);
	if (!p->failed && p->body->variables.n > 0)
		vec_last(&p->body->variables)->alias = aliased(type);
	if (take(p, "cursor")) {
		(void)until(p, query);
		p->at++;
		sql(p, list);
	} else if (!is(p, ";")) {
		p->at++;
		begin_with(p, list, until(p, nothing));
	}
	expect(p, ";");
}

static void
handler(struct parser *p, struct pl_statement *s)
{
	struct pl_arm a = { .condition = { 0, 0 } };
	size_t from = p->at;

	expect(p, "when");
	do
		*vec_push(p->arena, &a.catches) = condition_name(p);
	while (take(p, "or"));
	a.at = between(p, from, p->at);
	expect(p, "then");
	level(p, &a.body);
	*arm(p, s) = a;
}

static void
block(struct parser *p, struct pl_list *list)
{
	struct pl_statement *s;
	size_t from = p->at;

	while (take(p, "declare"))
		while (!at_end(p) && !is(p, "begin") && !is(p, "declare"))
			declaration(p, list);
	expect(p, "begin");
	s = add(p, list, PL_BLOCK, (struct span){ 0, 0 });
	level(p, &s->body);
	if (take(p, "exception")) {
		if (!is(p, "when"))
			fail(p);
		while (!at_end(p) && is(p, "when"))
			handler(p, s);
	}
	expect(p, "end");
	if (!at_end(p) && !is(p, ";"))
		p->at++;
	s->span = between(p, from, p->at);
}

static void
label(struct parser *p)
{
	if (is(p, "<<")) {
		p->at += 2;
		expect(p, ">>");
	}
}

/* What changes nothing: FETCH, GET DIAGNOSTICS, NULL ... */
static void
skip(struct parser *p, struct pl_list *list)
{
	(void)list;
	(void)until(p, nothing);
}

static void
open_cursor(struct parser *p, struct pl_list *list)
{
	static const char *const query[] = { "for", NULL };

	(void)until(p, query);
	if (!take(p, "for"))
		return;
	if (take(p, "execute"))
		dynamic(p, list);
	else
		sql(p, list);
}

static void
execute(struct parser *p, struct pl_list *list)
{
	p->at++;
	dynamic(p, list);
}

static const struct {
	const char *word;
	void (*read)(struct parser *, struct pl_list *);
} readers[] = {
	{ "declare", block }, { "begin", block }, { "if", choose }, { "case", choose_case }, { "loop", NULL },
	{ "while", loop_while }, { "for", loop_for }, { "foreach", loop_foreach }, { "return", give_back }, { "raise", raise },
	{ "perform", perform }, { "execute", execute }, { "open", open_cursor }, { "fetch", skip }, { "move", skip },
	{ "close", skip }, { "get", skip }, { "null", skip }, { "exit", skip }, { "continue", skip }, { "assert", skip },
};

static void
statement(struct parser *p, struct pl_list *list)
{
	label(p);
	if (is_assignment(p)) {
		assignment(p, list);
		return;
	}
	if (is(p, "loop")) {
		loop_body(p, list, p->at);
		return;
	}
	for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++)
		if (readers[i].read != NULL && is(p, readers[i].word)) {
			readers[i].read(p, list);
			return;
		}
	sql(p, list);
}

static bool
ends_level(const struct parser *p)
{
	static const char *const words[] = { "end", "exception", "else", "elsif", "elseif", "when", NULL };

	return is_any(p, words);
}

static void
statements(struct parser *p, struct pl_list *list)
{
	if (++p->depth > DEPTH_LIMIT && !p->failed) {
		*p->error = (struct sql_error){ STR("nested too deeply"), { 0, 0 } };
		p->failed = p->body->too_deep = true;
	}
	while (!at_end(p) && !ends_level(p)) {
		size_t from = p->at;
		statement(p, list);
		if (!p->failed)
			*vec_push(p->arena, &p->level->statements) = between(p, from, p->at);
		expect(p, ";");
	}
	p->depth--;
}

/* #variable_conflict use_column and its kin */
static void
options(struct parser *p)
{
	while (is(p, "#") && !p->failed)
		p->at += is_at(p, p->at + 1, "variable_conflict") || is_at(p, p->at + 1, "option") ||
		    is_at(p, p->at + 1, "print_strict_params") ? 3 : 1;
}

static bool
contains(struct span outer, struct span inner)
{
	return outer.off <= inner.off && inner.off + inner.len <= outer.off + outer.len;
}

static void
place_comment(struct parser *p, struct comment comment)
{
	for (size_t i = p->body->levels.n; i-- > 0;)
		if (contains(p->body->levels.items[i]->region, comment.span)) {
			*vec_push(p->arena, &p->body->levels.items[i]->comments) = comment;
			return;
		}
}

bool
pl_parse(struct arena *arena, struct source *body, struct pl_body *out, struct sql_error *error)
{
	struct parser p = { .arena = arena, .source = body, .body = out, .error = error };
	struct parse_result result = { .statements = 0 };
	struct span all = { 0, (uint32_t)body->sql.n };

	*error = (struct sql_error){ STR_NONE, { 0, 0 } };
	if (!sql_tokens(arena, body, all, &p.tokens, &result, error))
		return false;
	p.sql = str_c(arena, body->sql);
	body->sql.s = p.sql;
	options(&p);
	label(&p);
	block(&p, &out->list);
	(void)take(&p, ";");
	if (!at_end(&p))
		fail(&p);
	for (size_t i = 0; i < result.comments.n && !p.failed; i++)
		place_comment(&p, result.comments.items[i]);
	return !p.failed;
}
