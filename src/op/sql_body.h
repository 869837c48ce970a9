#ifndef OP_SQL_BODY_H
#define OP_SQL_BODY_H

#include "op/code.h"
#include "op/select.h"

/* A function whose body is SQL, as the server looks at it when the function is made. */
struct sql_body {
	struct code *code;
	const struct surroundings *around;      /* its parameters */
	struct type result;             /* of RETURNS; name STR_NONE: not known, or the columns say it */
	const struct function_columns *gives;   /* OUT, INOUT and TABLE */
	const struct str_list *search_path;     /* SET search_path; NULL: that of the session */
	bool unchecked;                 /* SET check_function_bodies is part of it */
	bool polymorphic;               /* an argument is anyelement or its like */
};

/* Why the server refuses it; STR_NONE: for no reason that is known for sure. */
struct str sql_body_refused(const struct facts *, const struct sql_body *);

/* What it locks then, until the transaction ends. */
void sql_body_effects(const struct facts *, const struct sql_body *, struct effects *);

/* Why the server refuses a query or change that is kept, and only analysed now; STR_NONE: it is something else, or for no reason that is known for sure. */
struct str sql_statement_refused(const struct facts *, const struct op *);

#endif
