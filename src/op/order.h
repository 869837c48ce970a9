#ifndef OP_ORDER_H
#define OP_ORDER_H

#include "op/tie.h"

/*
 * Which statements of its transaction go along when a statement leaves it for one before or behind. Two are tied, and keep their
 * order, where one makes, drops, renames or changes what the other names, where they write and use the same rows, or where nobody
 * knows what one does. The operations of a statement go together.
 */

struct order {
	bool known;                     /* false: the statement is not one of the file, or no statement of the file took the lock */
	struct ops needs;               /* from the first statement that holds a lock as strong as the strongest one, what goes along to one before; the first operation of each statement */
	struct ops alike;               /* later ones that change rows as it does, and go where it goes */
	struct ops needed_by;           /* what else goes along to one behind */
	struct str defaults;            /* what gives rows that come after it the value, and so comes before it: "line 12", "DEFAULT of line 12"; empty: nothing is known to */
	struct ops free_locks;          /* from that one on, statements that hold such a lock and could run behind this one */
	bool adds_only;                 /* all of `needs` make what was not there, so that nothing that runs misses them or is stopped by them */
	/* What would be missing, for everybody, between this transaction and one behind; NULL: nothing is known to be */
	const struct op *taken, *given_back;
	const struct op *retyped;       /* changes the type of a column that the statement fills; NULL: none */
};

struct order order_of(const struct facts *);

/* Of all other statements of its transaction, where a statement gets one of its own. */
struct ties {
	bool known;                     /* false: the statement is not one of the file, or there are too many to compare */
	size_t others;                  /* all of them but those that set a timeout or begin and end blocks */
	struct ops together;            /* they work on the same rows, one gives back what the other takes away, or nobody knows what one does */
	struct ops before, behind;      /* what only keeps its order with it: one names what the other makes */
};

/* Of a statement that the file runs by a call, what it runs stands in its place; `more`: later ones that get that transaction, too. */
struct ties order_ties(const struct facts *, const struct ops *more);
/* Of a statement that empties its table: those behind it in its transaction that fail, or may, for rows that the table has by then. */
struct ops order_wants_empty(const struct facts *);
/* Those behind it in its transaction that keep readers from its table, too, until that ends. */
struct ops order_closes_too(const struct facts *);
/* The statements behind it in its transaction that are tied to it. */
struct ops order_tied_behind(const struct facts *);
/* The first waits: so does the second, which would fail, or do something else, in front of it. Implemented in put_off.c. */
bool order_has_to_follow(const struct facts *, const struct op *first, const struct op *second);
/*
 * Those statements of its transaction, what has to follow them, and DROP FUNCTION, on either side, of what they make again: where those
 * wait, so do these. In front of the statement what writes rows of its table stays.
 */
struct ops order_with_following(const struct facts *, const struct ops *);
VEC_TYPE(ops_list, struct ops);

/* How the transaction that ends with the operation can be cut. */
struct cuts {
	bool known;                     /* false: a statement is not one of the file, or there are too many to compare */
	struct ops_list list;           /* each holds what stays in one transaction; in an order that keeps what has to come before what */
	struct ops opaque;              /* nobody knows which part they go with */
};

/* Of all statements of the transaction, those with these running numbers among them, of which each has to be one of the file. */
struct cuts order_cuts(const struct facts *, const unsigned *numbers, size_t n);
/* "in a transaction of its own, together with line 7, behind line 2"; in code: "with the whole of line 3, in ..." */
struct str order_apart(const struct facts *);
/* Later ones of its transaction that stop writes to the table, too. */
struct ops order_locking_too(const struct facts *, const struct relation *);
/* The same in a transaction of their own with those: "and line 4, in ..." */
struct str order_apart_with(const struct facts *, const struct ops *);
/* The same for a statement that need not leave: where others belong with it, it stays. */
struct value order_get_own_transaction(const struct facts *);
/* For the batches of a statement: "\n-- committed before the first: line 2; behind the last: line 5"; empty: no other statement matters. */
struct str order_lines_around(const struct facts *);
/*
 * Earlier statements of the file that have to be committed when the index of the operation, or one for its foreign key, is built outside of it: they give the table or
 * the columns that it names their names and types, and, of a unique one, change or delete the rows that could be alike.
 */
struct ops order_build_needs(const struct facts *);
/* The same in words: empty, or a line break and a comment. */
struct str order_build_behind(const struct facts *);
/* The index or key that the first makes has a column, or the name, of the one that the second drops. */
bool order_may_stand_for(const struct op *making, const struct op *drop);
/* Of longer transactions nothing is said: every two operations are compared. */
enum { MOST_OPS = 400 };

/* Operations of a file, of which some are chosen. */
struct range {
	const struct script *script;
	size_t from, self, to;          /* places in its ops: of the first that holds the lock, of the statement, behind the last of the transaction */
	size_t own;                     /* how many of them are the statement, or what it runs; 0: those of the statement */
	bool *chosen;
	bool cut;                       /* into parts, where what writes rows may commit before what checks them */
};

/* All operations of its statement. */
void order_choose(struct range *, const struct op *);
/* Of a function or view that is chosen, the DROP, on either side: in between there would be none of its name. */
void order_choose_code_drops(struct range *, const struct op *waiting);
/* Unless its statement is in the list. */
void order_push(struct arena *, struct ops *, const struct op *);
/* One of them is of the same statement. */
bool order_holds(const struct ops *, const struct op *);
/* From 1, in the file as it lies on disk. */
unsigned order_line(const struct op *);
/* "line 3", "lines 3, 5 and 8", "lines 3, 5, 8, 9, 11, 12 and those behind them" */
struct str order_lines(struct arena *, const struct ops *);
/* Of UPDATE and INSERT; NULL: all. */
const struct str_list *op_set_columns(const struct op *);
/* It passes or not for what the rows are given; columns NULL: whichever rows are left. */
bool op_checks_rows_of(const struct facts *, const struct op *, const struct relation *, const struct str_list *columns);
/* An earlier change of rows that the statement reads again. */
bool op_gives_what_is_read(const struct facts *, const struct op *, const struct op *reader);
/* Passes or fails for the rows as the statement leaves them. */
bool op_checks_rows(const struct facts *, const struct op *other);

#endif
