#ifndef SQL_PARSE_H
#define SQL_PARSE_H

#include "text/diag.h"
#include "text/suppress.h"

/* A token of the PostgreSQL scanner. Comments are not tokens. */
struct token {
	int kind;                       /* as gram.h numbers them */
	uint32_t off, len;
	struct str keyword;             /* canonical lower-case spelling, or STR_NONE when not a keyword */
};

/* One statement; its tree is valid only during the callback. */
struct statement {
	const struct source *source;
	struct span span;               /* first to last token, without the semicolon */
	const struct token *tokens;     /* live as long as the arena */
	size_t ntokens;
	unsigned ordinal;               /* from 0 within its section */
};

struct parse_result {
	size_t statements, broken;      /* broken: could not be parsed */
	uint32_t first_broken, last_broken;     /* where the first and the last of those begin */
	VEC(struct span) spans;         /* of every statement, broken ones too */
	VEC(struct comment) comments;
};

/*
 * Splits source->sql[part] into statements with the scanner and parses each.
 * on_statement gets the raw parse node (a Node *) of each good one. A broken one becomes a diagnostic
 * (rule syntax-error, with the server's message) and is counted; the rest of the file goes on.
 * When the arena's oom, or on_statement, jumps out of it, sql_parse_abandon() must follow.
 */
void sql_parse(struct arena *, const struct source *, struct span part, struct diags *,
    void (*on_statement)(void *arg, const struct statement *, const void *node), void *arg, struct parse_result *);

/* ---- code: what functions and DO blocks hold ---- */

struct sql_error {
	struct str message;
	struct span at;                 /* in the source; of sql_parse_one() in the text */
};

VEC_TYPE(token_list, struct token);

/*
 * All tokens of the part, semicolons too; comments go to the result. false: the scanner rejects it.
 */
bool sql_tokens(struct arena *, const struct source *, struct span part, struct token_list *, struct parse_result *,
    struct sql_error *);

enum sql_mode { SQL_STATEMENT, SQL_EXPRESSION };

/*
 * Parses one statement, or an expression as PL/pgSQL reads them, which gives a SelectStmt. on_node may be NULL. Not to be called inside on_statement. false: it does not parse.
 */
bool sql_parse_one(struct arena *, struct str text, enum sql_mode, void (*on_node)(void *arg, const void *node), void *arg,
    struct sql_error *);

/* After a jump out of sql_parse(): frees what the parser had for this thread, and forgets its error handlers. */
void sql_parse_abandon(void);
/* "18.0": the PostgreSQL version of the parser. */
const char *sql_parser_version(void);
/* Frees what the parser keeps for this thread, which cannot parse again after it. */
void sql_parse_exit(void);

#endif
