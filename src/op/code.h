#ifndef OP_CODE_H
#define OP_CODE_H

#include "op/op.h"
#include "sql/plpgsql.h"

/* An operation of a body, and where in that its statement stands. */
struct code_op {
	struct op *op;
	uint32_t at;
};

struct code_ops {
	VEC(struct code_op) list;
	const struct bindings *bindings;        /* that the texts of EXECUTE were put together with */
	bool unread;                            /* some of those texts are not known, or not all of them */
};

/* Of a call; name STR_NONE: by its position. */
struct argument {
	struct str name;
	struct str text;                /* of a constant; else STR_NONE */
	bool number;                    /* a whole one */
	enum tri truth;                 /* of true and false */
};

VEC_TYPE(arguments, struct argument);

enum parameter_kind { PARAMETER_OTHER, PARAMETER_TEXT, PARAMETER_NUMBER, PARAMETER_RELATION, PARAMETER_BOOLEAN };

struct parameter {
	struct str name;                /* STR_NONE: none */
	enum parameter_kind kind;
	struct argument otherwise;      /* its default */
};

struct call;

/* A parameter while the code runs; text STR_NONE: it is not known. */
struct binding {
	struct str name, text;
	bool number;                    /* a whole one */
	enum tri truth;                 /* of a boolean, which has no text */
	bool declared;                  /* it is no parameter, but a variable that keeps the constant it begins with, or gets before anything reads it */
};

VEC_TYPE(empty_tables, struct relation *);
VEC_TYPE(bindings, struct binding);

/* The body of a function or DO block: kept where it is defined, read when it runs. */
struct code {
	struct arena *arena;            /* of the statement that holds it: for what is found out later */
	struct str language;
	struct source *source;          /* its text; NULL: it has none that we see */
	struct str name;                /* of the function; STR_NONE: a DO block */
	struct place place;             /* of that name, or of the DO */
	bool procedure;
	VEC(struct parameter) parameters;       /* that are given in a call */
	struct str_list results;        /* the names of those that are not: OUT, and the columns of RETURNS TABLE */
	bool confined;                  /* a procedure with SET or SECURITY DEFINER: it may not end transactions */
	bool standard;                  /* standard SQL: the body was parsed with the statement */
	bool read;                      /* what follows is filled in */
	struct pl_body body;            /* of PL/pgSQL */
	struct str error;               /* why the server does not take it; STR_NONE: it does */
	struct place error_place;
	const struct code_ops *listed, *bound;  /* for code_list(): of no bindings, and of the last ones */
	bool complained, heard;         /* for the replay: its error was reported, its comments are known */
};

/* Of a literal in the statement being lowered, at or behind the location; value: what it stands for. */
struct source *code_literal(struct lowering *, int location, struct str value);
/* Of BEGIN ATOMIC ... END or RETURN in it; NULL: neither. */
struct source *code_standard(struct lowering *);
/* Parses it, once. */
void code_read(struct code *);
/* The operations of a body of PL/pgSQL or SQL, as they are written, whether they run or not. bindings: what it was called with; NULL: nothing is known. */
const struct code_ops *code_list(struct code *, const struct bindings *);
bool code_is_plpgsql(const struct code *);
bool code_is_sql(const struct code *);

/* Of a DO block or CREATE FUNCTION; NULL: neither. In function.c. */
struct code *op_code(const struct op *);
/* A call that an operation makes. */
struct code_call {
	const struct call *call;
	struct code *code;              /* NULL: the files do not say what runs */
	bool sure;                      /* it is made whenever the statement runs */
	bool unseen;                    /* nothing else tells what runs, either */
	bool elsewhere;                 /* it has another session run a text, perhaps in another database, and not just read */
};

/* The n-th; false: there are no more. */
bool op_calls(const struct op *, const struct catalog *, size_t n, struct code_call *);
/* An operation that stands for code which is run and cannot be read. In unreadable.c. */
struct op *op_unreadable(struct arena *, const struct statement *, struct str reason);
/* One that stands for RAISE EXCEPTION, which fails. */
struct op *op_raise(struct arena *, const struct statement *);

/* In code_argument.c: adds a FunctionParameter. */
void lower_code_parameter(struct lowering *, struct code *, const void *node);
/* What the call gives to the parameters that the body does not change, and the variables that it does not; call NULL: a DO block. */
struct bindings *code_bind(struct arena *, struct code *, const struct call *);
/* The parameter that the node of an expression is; NULL: none. */
const struct binding *code_binding(const struct bindings *, const void *node);

/*
 * The text that an expression gives when it is made of constants and bound parameters only, as a text inside the body's source.
 * NULL: not so, and *culprit is what it depends on, *start what the text begins with for sure.
 */
struct source *code_text(struct arena *, const struct source *body, struct span expression, const struct bindings *, struct str *start,
    struct str *culprit);
/* The text of an expression that is made of such, a whole number's, too; else STR_NONE. bindings may be NULL. */
struct str code_constant(struct arena *, const void *node, const struct bindings *, bool *number);
/* Whether it is the word true or false. */
enum tri code_truth(const void *node);
enum { CODE_HOLE = 1 };
/* The text with CODE_HOLE for each part that is not known. */
struct str code_outline(struct arena *, const struct source *body, struct span expression, const struct bindings *);
/* In code_outline.c: what the statement may make of relations that are there. */
enum reach code_makes(struct str outline);
/* The same of an expression of the body, which may be a variable that gets several texts. In code_argument.c. */
enum reach code_expression_makes(struct arena *, const struct code *, struct span expression, const struct bindings *);
/* What a statement may touch that is known to begin so. */
enum reach sql_reach(struct str start);
/*
 * An argument that the body puts into the text of an EXECUTE without quote_ident(), quote_literal(), %I or %L; STR_NONE: none is
 * known. inputs: the names of the arguments, "" of one without, STR_NONE of one whose type holds no text. *is_sql: it stands where
 * a statement, a query or a condition belongs. In injection.c.
 */
struct str code_unquoted(struct arena *, struct code *, const struct str_list *inputs, bool *is_sql);
/* A name by itself is that of a variable of PL/pgSQL, and no column's: of both, the server takes neither (plpgsql_resolve_column_ref()). */
bool code_has_variable(const struct code *, struct str name);

/* What the body looks up by search_path each time it runs, as it names it. */
struct code_names {
	struct str_list objects;        /* tables, views and types: temporary ones come first */
	struct str_list routines;       /* functions and operators */
	bool unread;                    /* there may be more: it is not all read */
};

/* In code_names.c. given: what the body names that is not looked up. */
struct code_names code_names(struct arena *, struct code *, const struct str_list *given);
/* In code_volatility.c: all of the body was read, and it calls nothing but what is immutable. */
bool code_is_immutable(const struct catalog *, struct code *);
/* Whether a condition of IF holds, as far as the catalog tells. */
enum tri code_condition(struct arena *, const struct source *body, struct span condition, const struct bindings *, const struct catalog *);
/* The tables that have no rows where it does: (SELECT count(*) FROM a) = 0 AND NOT EXISTS (SELECT FROM b). */
struct empty_tables code_empty_tables(struct arena *, const struct source *body, struct span condition, const struct catalog *);
/* The expression is a call of a PL/pgSQL function that returns void: as a text, that is empty. */
bool code_gives_nothing(struct arena *, const struct source *body, struct span expression, const struct catalog *);
/* The expression as a statement of its own, SELECT expression. */
struct source *code_select(struct arena *, const struct source *body, struct span expression);

#endif
