#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "sql/tokens.h"

#include "base/buf.h"
#include "sql/parse.h"

/* Where splitting stands inside one part of a source. */
struct splitter {
	struct arena *arena;
	const struct source *source;
	struct diags *diags;
	struct parse_result *result;
	void (*on_statement)(void *, const struct statement *, const void *);
	void *arg;
	uint32_t end;                   /* of the part */
	VEC(struct token) tokens;       /* of the current statement */
	unsigned ordinal;
	size_t parens;
	size_t inner_semicolons;        /* met inside parentheses or BEGIN ATOMIC */
	size_t atomic;                  /* depth of BEGIN ATOMIC ... CASE ... END */
	struct sql_error *rejected;     /* not NULL: tokens are wanted, not statements */
	PgQueryError **error;           /* of the statement at hand; freed with the arena if memory runs out meanwhile */
};

static uint32_t
word_end(const char *s, uint32_t off, uint32_t end)
{
	while (off < end && (isalnum((unsigned char)s[off]) || s[off] == '_' || s[off] == '.'))
		off++;
	return off;
}

/* 1.5e-3 */
static uint32_t
real_end(const char *s, uint32_t off, uint32_t end)
{
	off = word_end(s, off, end);
	if (off + 1 < end && (s[off - 1] == 'e' || s[off - 1] == 'E') && (s[off] == '-' || s[off] == '+'))
		off = word_end(s, off + 1, end);
	return off;
}

/* Not the dots of "1..3". */
static uint32_t
digits_end(const char *s, uint32_t off, uint32_t end)
{
	while (off < end && (isalnum((unsigned char)s[off]) || s[off] == '_'))
		off++;
	return off;
}

/* The scanner tells where a token starts, and only for quoted and multi-part ones where it ends. */
static uint32_t
token_length(const char *s, int kind, uint32_t off, uint32_t end, const core_YYSTYPE *value, const core_yy_extra_type *extra)
{
	switch (kind) {
	case IDENT:
	case UIDENT:
	case SCONST:
	case USCONST:
	case BCONST:
	case XCONST:
	case C_COMMENT:
		return (uint32_t)extra->yyllocend - off;
	case SQL_COMMENT: {
		uint32_t at = off;
		while (at < end && s[at] != '\n' && s[at] != '\r')
			at++;
		return at - off;
	}
	case ICONST:
		return digits_end(s, off, end) - off;
	case FCONST:
		return real_end(s, off, end) - off;
	case PARAM:
		return word_end(s, off + 1, end) - off;
	case Op:
		return (uint32_t)strlen(value->str);
	case TYPECAST:
	case DOT_DOT:
	case COLON_EQUALS:
	case EQUALS_GREATER:
	case LESS_EQUALS:
	case GREATER_EQUALS:
	case NOT_EQUALS:
		return 2;
	default:
		return kind < 256 ? 1 : (uint32_t)strlen(value->keyword);
	}
}

static bool
is_keyword(int kind)
{
	switch (kind) {
#define PG_KEYWORD(name, value, category, label) case value:
#include "parser/kwlist.h"
#undef PG_KEYWORD
		return true;
	default:
		return false;
	}
}

static struct place
place_at(const struct splitter *sp, uint32_t off, uint32_t len)
{
	uint32_t left = sp->source->sql.n > off ? (uint32_t)sp->source->sql.n - off : 0;

	return (struct place){ sp->source, { off, len < left ? len : left } };
}

/* scanner_yyerror() quotes all that is left of the text when a quote or a comment never ends; the place tells enough. */
static struct str
without_rest(struct str message)
{
	size_t near = str_find(message, STR(" at or near \""));

	if (near == (size_t)-1 || (message.n - near < 80 && str_find_char(message, '\n') == (size_t)-1))
		return message;
	return str_slice(message, 0, near);
}

static struct diag *
complain(struct splitter *sp, struct place where, const char *message, struct span skipped)
{
	struct diag *d = diag_add(sp->diags, SEVERITY_ERROR, STR("input"), STR("syntax-error"), where,
	    str_copy(sp->diags->arena, without_rest(str_of(message))));
	struct position from = source_position(sp->source, skipped.off);
	struct position to = source_position(sp->source, skipped.off + (skipped.len ? skipped.len - 1 : 0));

	d->unchecked = true;
	d->statement = source_text(sp->source, skipped);
	if (from.line == to.line)
		diag_note(sp->diags, d, str_printf(sp->diags->arena, "the statement on line %u was skipped", from.line));
	else
		diag_note(sp->diags, d,
		    str_printf(sp->diags->arena, "the statement on lines %u to %u was skipped", from.line, to.line));
	if (sp->result->broken++ == 0)
		sp->result->first_broken = skipped.off;
	sp->result->last_broken = skipped.off;
	return d;
}

/* Keywords of 17 and 18 that 15 has not, and that may not stand for every name (pg_get_keywords() of each). */
static bool
is_newer_word(struct str word)
{
	static const char *const words[] = { "json", "json_array", "json_arrayagg", "json_exists", "json_object", "json_objectagg", "json_query",
		"json_scalar", "json_serialize", "json_table", "json_value", "merge_action", "system_user" };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (str_is(word, words[i]))
			return true;
	return false;
}

/* The last such word up to an error in a statement that can be read once they are quoted, which is how 15 reads it; STR_NONE: it cannot. */
static struct str
word_to_quote(struct splitter *sp, struct span span, uint32_t error)
{
	struct buf text = BUF(sp->arena);
	struct str word = STR_NONE;
	uint32_t from = span.off;
	PgQueryInternalParsetreeAndError parsed;

	for (size_t i = 0; i < sp->tokens.n; i++) {
		const struct token *t = &sp->tokens.items[i];
		if (!is_newer_word(t->keyword))
			continue;
		word = word.s == NULL || t->off <= error ? t->keyword : word;
		buf_printf(&text, "%.*s\"%.*s\"", (int)(t->off - from), sp->source->sql.s + from, STR_ARG(t->keyword));
		from = t->off + t->len;
	}
	if (word.s == NULL)
		return STR_NONE;
	buf_str(&text, str_slice(sp->source->sql, from, span.off + span.len));
	parsed = pg_query_raw_parse(str_c(sp->arena, buf_text(&text)), PG_QUERY_PARSE_DEFAULT);
	free(parsed.stderr_buffer);
	if (parsed.error != NULL)
		pg_query_free_error(parsed.error);
	return parsed.error == NULL ? word : STR_NONE;
}

/* cursorpos counts characters from 1 in text; 0: unknown. */
static uint32_t
cursor_offset(const char *text, size_t n, int cursorpos)
{
	size_t off = 0;

	for (int left = cursorpos - 1; left > 0 && off < n; left--)
		for (off++; off < n && ((unsigned char)text[off] & 0xc0) == 0x80;)
			off++;
	return (uint32_t)off;
}

static uint32_t
token_length_at(const struct splitter *sp, uint32_t off)
{
	for (size_t i = 0; i < sp->tokens.n; i++)
		if (sp->tokens.items[i].off == off)
			return sp->tokens.items[i].len;
	return 1;
}

static struct span
tokens_span(const struct splitter *sp)
{
	const struct token *last = vec_last(&sp->tokens);

	return span_of(sp->tokens.items[0].off, last->off + last->len);
}

static void
report_parse_error(struct splitter *sp, struct span span, const char *text, const PgQueryError *error)
{
	uint32_t off = span.off + cursor_offset(text, span.len, error->cursorpos);
	struct diag *d;
	struct str word;

	if (error->cursorpos <= 0)
		off = span.off;
	else if (off >= span.off + span.len && span.len > 0)
		off = span.off + span.len - 1;
	d = complain(sp, place_at(sp, off, token_length_at(sp, off)), error->message, span);
	word = word_to_quote(sp, span, off);
	if (word.s != NULL)
		diag_note(sp->diags, d, str_printf(sp->diags->arena, "PostgreSQL 15 takes %.*s for a name here; 17 and newer, and this checker, want it "
		    "quoted: \"%.*s\"", STR_ARG(word), STR_ARG(word)));
}

static bool
is_literal(int kind)
{
	return kind == SCONST || kind == USCONST || kind == BCONST || kind == XCONST;
}

/*
 * 'a' -- one half
 * 'b' is one literal (scan.l: quotecontinue). The scanner of libpg_query, to which a comment is a token, ends the first half at the
 * comment, so the parser gets blanks in its place.
 */
static void
blank_comments_in_literals(const struct splitter *sp, char *text)
{
	uint32_t base = sp->tokens.items[0].off;

	for (size_t i = 1; i < sp->tokens.n; i++) {
		const struct token *before = &sp->tokens.items[i - 1], *t = &sp->tokens.items[i];
		bool comment = false;
		if (!is_literal(before->kind) || t->kind != SCONST)
			continue;
		for (uint32_t off = before->off + before->len; off < t->off; off++) {
			char *at = text + off - base;
			if (!comment && at[0] == '/')
				break;  /* no literal goes on behind such a comment */
			comment = *at != '\n' && *at != '\r' && (comment || (at[0] == '-' && at[1] == '-'));
			*at = comment ? ' ' : *at;
		}
	}
}

static void
free_error(void *arg)
{
	PgQueryError **error = arg;

	if (*error != NULL)
		pg_query_free_error(*error);
	*error = NULL;
}

/* Hands the collected statement on; false: it does not parse. */
static bool
parse_statement(struct splitter *sp, bool report)
{
	struct span span = tokens_span(sp);
	char *text = str_c(sp->arena, str_slice(sp->source->sql, span.off, span.off + span.len));
	MemoryContext outer = CurrentMemoryContext, context = pg_query_enter_memory_context();
	blank_comments_in_literals(sp, text);
	PgQueryInternalParsetreeAndError parsed = pg_query_raw_parse(text, PG_QUERY_PARSE_DEFAULT);
	bool good = parsed.error == NULL, exhausted = !good && strcmp(parsed.error->message, "out of memory") == 0;

	free(parsed.stderr_buffer);
	*sp->error = parsed.error;
	if (good && parsed.tree != NIL) {
		struct token *tokens = NEW_ARRAY(sp->arena, struct token, sp->tokens.n);
		memcpy(tokens, sp->tokens.items, sp->tokens.n * sizeof *tokens);
		struct statement statement = { sp->source, span, tokens, sp->tokens.n, sp->ordinal };
		sp->on_statement(sp->arg, &statement, ((RawStmt *)linitial(parsed.tree))->stmt);
	} else if (!good && report && !exhausted) {
		report_parse_error(sp, span, text, parsed.error);
	}
	free_error(sp->error);
	/* This also makes TopMemoryContext the current one, where what the scanner goes on to allocate would stay. */
	pg_query_exit_memory_context(context);
	MemoryContextSwitchTo(outer);
	if (exhausted)
		arena_exhausted(sp->arena);
	return good;
}

static void
count_statement(struct splitter *sp)
{
	sp->result->statements++;
	*vec_push(sp->arena, &sp->result->spans) = tokens_span(sp);
	sp->ordinal++;
}

static void
start_statement(struct splitter *sp)
{
	sp->tokens.n = 0;
	sp->parens = sp->atomic = sp->inner_semicolons = 0;
}

/*
 * When a statement with semicolons inside its parentheses does not parse, the
 * parentheses are unbalanced: its end is the first semicolon. Returns where to go on.
 */
static uint32_t
finish_statement(struct splitter *sp, uint32_t next)
{
	if (sp->tokens.n == 0)
		return next;
	if (sp->inner_semicolons > 0 && !parse_statement(sp, false)) {
		size_t n = 0;
		while (sp->tokens.items[n].kind != ';')
			n++;
		next = sp->tokens.items[n].off + 1;
		sp->tokens.n = n;
		if (n > 0 && !parse_statement(sp, true))
			count_statement(sp);
	} else if (sp->inner_semicolons > 0) {
		count_statement(sp);
	} else {
		(void)parse_statement(sp, true);
		count_statement(sp);
	}
	start_statement(sp);
	return next;
}

/* CREATE [OR REPLACE] FUNCTION|PROCEDURE, whose BEGIN ATOMIC body holds semicolons. */
static bool
makes_routine(const struct splitter *sp)
{
	size_t i = 1;

	if (sp->tokens.n < 2 || sp->tokens.items[0].kind != CREATE)
		return false;
	if (sp->tokens.n > 3 && sp->tokens.items[1].kind == OR)
		i = 3;
	return sp->tokens.items[i].kind == FUNCTION || sp->tokens.items[i].kind == PROCEDURE;
}

static void
follow_nesting(struct splitter *sp, int kind)
{
	const struct token *before = sp->tokens.n > 1 ? &sp->tokens.items[sp->tokens.n - 2] : NULL;

	if (kind == '(')
		sp->parens++;
	else if (kind == ')' && sp->parens > 0)
		sp->parens--;
	else if (kind == ATOMIC && before != NULL && before->kind == BEGIN_P && makes_routine(sp))
		sp->atomic = 1;
	else if (kind == CASE && sp->atomic > 0)
		sp->atomic++;
	else if (kind == END_P && sp->atomic > 0)
		sp->atomic--;
}

static void
add_token(struct splitter *sp, int kind, uint32_t off, uint32_t len, const char *keyword)
{
	*vec_push(sp->arena, &sp->tokens) = (struct token){ kind, off, len, keyword == NULL ? STR_NONE : str_of(keyword) };
	follow_nesting(sp, kind);
}

static void
add_comment(struct splitter *sp, uint32_t off, uint32_t len)
{
	*vec_push(sp->arena, &sp->result->comments) = (struct comment){ { off, len } };
}

struct scan {
	core_yyscan_t scanner;
	core_yy_extra_type extra;
	char *text;
	uint32_t base;                  /* offset of text in the source */
	uint32_t restart;               /* 0: go on; else scan again from here */
};

static bool
scan_token(struct splitter *sp, struct scan *scan)
{
	core_YYSTYPE value;
	YYLTYPE location;
	int kind = core_yylex(&value, &location, scan->scanner);
	uint32_t off = (uint32_t)location, length;

	if (kind == 0)
		return false;
	length = token_length(scan->text, kind, off, sp->end - scan->base, &value, &scan->extra);
	off += scan->base;
	if (kind == SQL_COMMENT || kind == C_COMMENT) {
		add_comment(sp, off, length);
	} else if (kind == ';' && sp->parens == 0 && sp->atomic == 0 && sp->rejected == NULL) {
		uint32_t next = finish_statement(sp, off + 1);
		if (next != off + 1)
			scan->restart = next;
	} else {
		if (kind == ';')
			sp->inner_semicolons++;
		add_token(sp, kind, off, length, is_keyword(kind) ? value.keyword : NULL);
	}
	return scan->restart == 0;
}

/* Behind the first semicolon that ends a line, or the part's end. */
static uint32_t
resume_after(const struct splitter *sp, uint32_t off)
{
	const char *s = sp->source->sql.s;

	for (; off < sp->end; off++)
		if (s[off] == ';' && (off + 1 == sp->end || s[off + 1] == '\n' || s[off + 1] == '\r'))
			return off + 1;
	return sp->end;
}

/* An error without a place came from the statement as a whole. */
static uint32_t
after_tokens(const struct splitter *sp)
{
	struct span span = sp->tokens.n > 0 ? tokens_span(sp) : span_of(sp->end, sp->end);

	return span.off + span.len;
}

static uint32_t
recover(struct splitter *sp, const struct scan *scan)
{
	ErrorData *error = CopyErrorData();
	uint32_t at = scan->base + cursor_offset(scan->text, sp->end - scan->base, error->cursorpos), from = at;
	uint32_t next;

	FlushErrorState();
	if (at >= sp->end)
		at = sp->end > scan->base ? sp->end - 1 : scan->base;
	if (sp->rejected != NULL) {
		*sp->rejected = (struct sql_error){ str_copy(sp->arena, without_rest(str_of(error->message))), span_of(at, at + 1) };
		return sp->end;
	}
	if (sp->tokens.n > 0)
		from = sp->tokens.items[0].off;
	next = error->cursorpos > 0 ? resume_after(sp, at) : after_tokens(sp);
	if (error->cursorpos <= 0)
		at = from;
	(void)complain(sp, place_at(sp, at, 1), error->message, span_of(from, next));
	sp->result->statements++;
	*vec_push(sp->arena, &sp->result->spans) = span_of(from, next);
	start_statement(sp);
	return next;
}

/* Scans from off; returns where to scan again, or the part's end. */
static uint32_t
scan_from(struct splitter *sp, uint32_t off)
{
	struct scan scan = { .base = off };
	volatile uint32_t next = sp->end;
	volatile MemoryContext context = NULL;
	volatile bool exhausted = false;

	scan.text = str_c(sp->arena, str_slice(sp->source->sql, off, sp->end));
	PG_TRY();
	{
		context = pg_query_enter_memory_context();
		scan.scanner = scanner_init(scan.text, &scan.extra, &ScanKeywords, ScanKeywordTokens);
		while (scan_token(sp, &scan))
			continue;
		scanner_finish(scan.scanner);
		if (scan.restart != 0)
			next = scan.restart;
		else if (sp->rejected == NULL)
			next = finish_statement(sp, sp->end);
	}
	PG_CATCH();
	{
		exhausted = geterrcode() == ERRCODE_OUT_OF_MEMORY;
		if (exhausted) {
			FlushErrorState();
		} else {
			MemoryContextSwitchTo(context);
			next = recover(sp, &scan);
		}
	}
	PG_END_TRY();
	if (exhausted)
		arena_exhausted(sp->arena);
	pg_query_exit_memory_context(context);
	return next;
}

void
sql_parse(struct arena *arena, const struct source *source, struct span part, struct diags *diags,
    void (*on_statement)(void *arg, const struct statement *, const void *node), void *arg, struct parse_result *result)
{
	struct splitter sp = { .arena = arena, .source = source, .diags = diags, .result = result,
		.on_statement = on_statement, .arg = arg, .end = part.off + part.len };
	uint32_t off = part.off;

	sp.error = NEW(arena, PgQueryError *);
	arena_defer(arena, free_error, sp.error);
	while (off < sp.end)
		off = scan_from(&sp, off);
}

bool
sql_tokens(struct arena *arena, const struct source *source, struct span part, struct token_list *tokens,
    struct parse_result *result, struct sql_error *error)
{
	struct splitter sp = { .arena = arena, .source = source, .result = result, .end = part.off + part.len, .rejected = error };

	sp.error = NEW(arena, PgQueryError *);
	*error = (struct sql_error){ STR_NONE, { 0, 0 } };
	(void)scan_from(&sp, part.off);
	*tokens = (struct token_list){ sp.tokens.items, sp.tokens.n, sp.tokens.cap };
	return error->message.s == NULL;
}

static void
keep_error(struct arena *arena, struct str text, const PgQueryError *from, struct sql_error *to)
{
	uint32_t off = cursor_offset(text.s, text.n, from->cursorpos);

	if (off >= text.n && text.n > 0)
		off = (uint32_t)text.n - 1;
	to->message = str_copy(arena, without_rest(str_of(from->message)));
	to->at = span_of(off, off + 1);
}

bool
sql_parse_one(struct arena *arena, struct str text, enum sql_mode mode, void (*on_node)(void *arg, const void *node), void *arg,
    struct sql_error *error)
{
	static const int modes[] = { PG_QUERY_PARSE_DEFAULT, PG_QUERY_PARSE_PLPGSQL_EXPR };
	PgQueryError **failed = NEW(arena, PgQueryError *);
	char *copy = str_c(arena, text);
	MemoryContext context;
	PgQueryInternalParsetreeAndError parsed;
	bool good, exhausted;

	arena_defer(arena, free_error, failed);
	context = pg_query_enter_memory_context();
	parsed = pg_query_raw_parse(copy, modes[mode]);
	good = parsed.error == NULL;
	exhausted = !good && strcmp(parsed.error->message, "out of memory") == 0;
	free(parsed.stderr_buffer);
	*failed = parsed.error;
	if (good && on_node != NULL && parsed.tree != NIL)
		on_node(arg, ((RawStmt *)linitial(parsed.tree))->stmt);
	else if (!good && !exhausted)
		keep_error(arena, text, parsed.error, error);
	free_error(failed);
	pg_query_exit_memory_context(context);
	if (exhausted)
		arena_exhausted(arena);
	return good;
}

void
sql_parse_abandon(void)
{
	MemoryContext next;

	PG_exception_stack = NULL;
	error_context_stack = NULL;
	if (TopMemoryContext == NULL)
		return;
	MemoryContextSwitchTo(TopMemoryContext);
	FlushErrorState();
	for (MemoryContext c = TopMemoryContext->firstchild; c != NULL; c = next) {
		next = c->nextchild;
		if (c != ErrorContext)
			MemoryContextDelete(c);
	}
}

const char *
sql_parser_version(void)
{
	return PG_VERSION;
}

void
sql_parse_exit(void)
{
	/* pg_query_exit() needs what the first parse sets up. */
	pg_query_init();
	pg_query_exit();
}
