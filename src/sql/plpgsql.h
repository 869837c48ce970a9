#ifndef SQL_PLPGSQL_H
#define SQL_PLPGSQL_H

#include "sql/parse.h"

/*
 * The body of a PL/pgSQL function or DO block as a tree of what it runs. The parser of libpg_query for PL/pgSQL is not
 * used: it tells lines, not places, and refuses bodies that the server accepts (variables of a table's row type).
 */

enum pl_kind {
	PL_SQL,                         /* a statement of SQL, PERFORM too */
	PL_EVALUATE,                    /* an expression: assigned, returned, passed to RAISE */
	PL_EXECUTE,                     /* EXECUTE of the text that the expression gives */
	PL_BLOCK,                       /* [DECLARE ...] BEGIN ... [EXCEPTION ...] END: body, and an arm for each handler */
	PL_CHOICE,                      /* IF, CASE: an arm for each branch, ELSE too */
	PL_LOOP,                        /* its body; what it loops over comes before it as a statement of its own */
	PL_RETURN,                      /* what it returns comes before it */
	PL_RAISE                        /* RAISE EXCEPTION */
};

VEC_TYPE(pl_list, struct pl_statement *);

/* A run of statements of one level, for the comments between them. */
struct pl_level {
	struct span region;
	VEC(struct span) statements;
	VEC(struct comment) comments;
};

struct pl_arm {
	struct span condition;          /* len 0: ELSE, a handler, or a branch of CASE x WHEN */
	bool otherwise;                 /* ELSE */
	VEC(struct str) catches;        /* of a handler: "duplicate_table", "others", "SQLSTATE 42P07"; lower case */
	struct span at;                 /* what to show of it: IF ... or WHEN ... up to THEN */
	struct pl_list body;
};

struct pl_statement {
	enum pl_kind kind;
	struct span span;               /* all of it, without the semicolon */
	struct span sql;                /* the statement or expression */
	struct span into, given;        /* SELECT expression INTO name: the name, and what it gets; len 0: another statement */
	struct str condition;           /* of RAISE: the condition it raises, "raise_exception" when it does not say */
	struct pl_list body;
	VEC(struct pl_arm) arms;
	struct span head;               /* of a loop: FOR ... LOOP */
};

struct pl_variable {
	struct str name;                /* as SQL folds it */
	struct str type;                /* as declared: "users.email%TYPE"; empty: it is a cursor, an alias, or what a loop sets */
	struct span initial;            /* the expression that it begins with; len 0: none */
	size_t alias;                   /* of which argument it is another name, from 1; 0: of none, or of one that has a name */
};

struct pl_body {
	struct pl_list list;            /* what the outermost block holds is in one PL_BLOCK */
	VEC(struct pl_level *) levels;  /* outer ones before inner ones */
	VEC(struct pl_variable) variables;      /* of all its blocks and loops, but for its parameters */
	bool too_deep;                  /* blocks are nested deeper than we follow: no mistake of the author's */
};

/*
 * Reads the body, which is all of the source. Its sql becomes one where what is PL/pgSQL's own is blanked: targets of
 * INTO, and PERFORM is SELECT. SQL inside is not parsed. false: a syntax error, or it is too deep.
 */
bool pl_parse(struct arena *, struct source *body, struct pl_body *, struct sql_error *);

#endif
