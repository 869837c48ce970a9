#ifndef CHECK_REPLAYER_H
#define CHECK_REPLAYER_H

#include "check/rollback.h"
#include "op/code.h"

/* An operation as it was lowered. */
struct kept {
	struct op op;
	void *data;
};

/* What the numbers of the versions lack, in front of the statement after this one. */
struct gap {
	unsigned statement;
	struct str words;
};

/* One history under way: shared by replay.c, which runs files, and code.c, which runs what DO blocks and functions hold. */
struct replayer {
	struct run *run;
	struct history *history;
	struct catalog *catalog;
	struct str default_schema;              /* of it */
	struct session *session;
	struct unit unit;
	struct effects statement_effects;
	const struct statement *statement;      /* under way, of the file */
	const struct tenant_design *tenant;
	unsigned number;                        /* of the last statement in the whole run */
	struct map gaps;                        /* folder, or empty where all have one numbering -> struct gap, the last one */
	struct rollback_watch *watch;           /* NULL: ways back are not judged */
	const struct rollback *rollback;        /* for the facts of the synthetic operation */
	const struct file_note *note;           /* the same */
	struct diags *heard;                    /* what rules find goes there */
	/* Inside code */
	struct inside inside;                   /* depth 0: not in code */
	const struct op *caller;                /* what runs the code that is under way */
	struct catching *catching;              /* blocks with handlers that are under way, the innermost first */
	const struct catching *unwinding;       /* an exception is on its way to that one */
	bool aborted;                           /* an exception that nothing catches ended the statement of the file */
	unsigned steps;                         /* statements that code ran for the statement of the file */
	bool unreadable_said, failure_said;     /* for the statement of the file */
	bool remade;                            /* of a statement of the first file it was said that it drops what that makes */
	bool one_file;                          /* its migrations come together, as changesets of it */
	bool unordered;                         /* the files are not one history: nobody knows what is there in the end */
	/* When a change is looked at. What its files make is theirs; of all else only what they break is reported. */
	bool older;                             /* it is all else that is judged now */
	bool fresh;                             /* present is about the catalog as it is */
	struct map present;                     /* what rules would say of all else: key_of() -> r */
	struct map broken;                      /* the same -> struct str, the file that brought it about */
	/* Of the file under way */
	bool left_out;                  /* nobody knows whether the file runs, and a statement would fail, or names what such a file before it has changed */
	struct ops maybe;               /* what it does then: whether that is so is not known behind it */
	struct script *back_script;     /* its way back as facts see it; NULL: nobody has asked */
	struct script *script;          /* NULL: none is under way */
	struct span script_span;        /* in its source */
	struct script *rehearsed;       /* the same once more, for rehearse.c; NULL: nothing was rehearsed */
	struct kept *kept;              /* of each operation of that */
	size_t statement_mark;          /* of the catalog, at the start of the statement under way */
	size_t tried;                   /* operations that were tried for that, */
	size_t tried_bytes;             /* and memory that is kept of it */
	bool rehearsing;                /* what fails is left out, and nobody is told of anything */
	struct rehearsal rehearsal;
	VEC(struct script *) context;
	VEC(struct later_file) files;   /* the ways forward of the migrations, in order */
};

/* What became of an operation: done; left out, as it would fail where nobody knows that it runs; caught by a handler. */
enum outcome { DONE, LEFT_OUT, CAUGHT };

/* others.c: for catalogs, whose others is the replayer. */
struct str others_name(const void *replayer, struct str relation, struct str name);
enum outcome replay_op(struct replayer *, struct op *);
/* What the operation, which was just replayed, runs: the body of DO, and of functions that it calls. */
void replay_code_of(struct replayer *, struct op *);
/* The statement of the file that the next operations are of; first of all the one before has to end. */
void replay_begin(struct replayer *, const struct statement *);
/*
 * entry.c: a file, not run yet, that makes most of the tables again which the files before it in its folder have made, and drops or renames none: the name of
 * the file that made the first of them; STR_NONE: it is none.
 */
struct str entry_repeats(const struct replayer *, size_t i, const struct script *);
/* The first file makes tables most of which several behind it make again, before they do anything else with them; STR_NONE: it does not. The first of those. */
struct str entry_is_repeated(const struct replayer *, size_t i, const struct script *);
/* rehearse.c: for facts. */
bool rehearse(void *replayer, const struct op *, const struct plan *, struct refused *);
/* The failure of an operation in code is of no consequence; called before anyone is told of it. */
enum outcome code_excuses(struct replayer *, struct op *);

#endif
