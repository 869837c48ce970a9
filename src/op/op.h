#ifndef OP_OP_H
#define OP_OP_H

#include "catalog/tenant.h"
#include "catalog/tx.h"
#include "sql/ident.h"
#include "sql/parse.h"

/*
 * One thing PostgreSQL is asked to do. A statement lowers to one or more
 * operations: each ALTER TABLE subcommand is one, each constraint written in a
 * column is one of its own (as parse analysis on the server makes it), each
 * object of a DROP is one.
 */

struct op;
struct facts;
struct lowering;
struct effects;
struct rollback;
struct query;
struct surroundings;
struct code;

/* Named places of an operation, for labels ("at: column"). */
enum op_span { SPAN_STATEMENT, SPAN_ACTION, SPAN_KEYWORD, SPAN_TABLE, SPAN_COLUMN, SPAN_TYPE, SPAN_DEFAULT, SPAN_CONSTRAINT,
	SPAN_REFERENCES, SPAN_INDEX, SPAN_NAME, SPAN_VALUE, SPAN_COUNT };

const char *op_span_word(enum op_span);

/* ---- facts: what a rule may ask ---- */

enum field_type { FIELD_BOOL, FIELD_NUMBER, FIELD_TEXT, FIELD_LOCK };
enum value_state { VALUE_UNKNOWN, VALUE_ABSENT, VALUE_KNOWN };

struct value {
	enum value_state state;         /* absent: there is no such thing here (no default, no index); every test on it is "no" */
	enum field_type type;
	bool yes;
	int64_t number;                 /* times are in milliseconds */
	enum lock lock;
	struct str text;                /* of an unknown one: why it is, beyond what the field means; may be STR_NONE */
};

struct value value_tri(enum tri);
struct value value_bool(bool);
struct value value_number(int64_t);
struct value value_text(struct str);    /* STR_NONE gives absent */
struct value value_lock(enum lock);
struct value value_absent(void);
struct value value_unknown(void);
struct value value_unknown_because(struct str why);

struct field {
	const char *name;               /* "concurrently"; of a group: "table.is_new" */
	enum field_type type;
	const char *doc;                /* meaning, unit; one sentence */
	struct value (*get)(const struct facts *);
};

struct bindings;

/* Code under way: a DO block, or a function that the migration calls. */
struct inside {
	const struct inside *outer;     /* what called it */
	unsigned depth;                 /* 1: run by a statement of the file itself */
	struct code *code;
	const struct bindings *arguments;
	struct str function;            /* STR_NONE: a DO block */
	struct place defined;           /* its name; of a DO block the statement */
	struct place call;              /* the statement of the file that runs it */
	bool told_by_call;              /* that says more than the code, which is for several or is kept elsewhere */
	bool atomic;                    /* COMMIT and ROLLBACK are refused */
	enum tri runs;                  /* YES, or UNKNOWN under a condition that cannot be decided here */
	struct str doubt;               /* that condition: "IF count(*) > 0" */
	struct place doubt_place;
	bool stands_for_condition;      /* the block is not in the file: it stands for a condition of the framework, as the file writes it */
};

/* Everything a rule can see. */
VEC_TYPE(ops, const struct op *);

struct failing_op {
	const struct op *op;
	struct str reason;
};

VEC_TYPE(failing_ops, struct failing_op);

/* What is done in the place of an operation. */
struct plan {
	struct str now;                 /* SQL that runs where its statement stands, */
	struct str later;               /* behind the rest of the file, */
	bool kept_first;                /* and behind the clauses of the statement that stay */
	bool stays;                     /* the operation is done all the same */
	struct ops left_out;            /* besides the operation: clauses, and statements of the file */
	struct ops behind;              /* of the file, too: run behind `later` */
};

/* What the server would refuse of that, but not of the file as it is. */
struct refused {
	struct failing_ops ops;         /* of the file, in the order in which they run then */
	struct str statement, reason;   /* the first of the plan itself; STR_NONE: none */
};

/* Whoever replays the file can try a plan for one of its operations. */
struct rehearsal {
	void *replayer;
	/* false: that was not tried. */
	bool (*follow)(void *replayer, const struct op *, const struct plan *, struct refused *);
};

struct facts {
	const struct op *op;
	const struct effects *effects;
	const struct effects *earlier;  /* of the clauses of its statement that run before it, whose locks are kept; NULL: none */
	const struct catalog *catalog;
	const struct session *session;
	const struct unit *unit;
	const struct rollback *rollback;        /* of the synthetic operation "migration_rollback"; otherwise NULL */
	const struct file_note *note;   /* of the synthetic operation "migration_file"; otherwise NULL */
	int pg_version;                 /* target server, 13 to 18 */
	const struct inside *inside;    /* NULL: the statement stands in the file itself */
	const struct surroundings *around;      /* names that mean something where its query stands; NULL: none but those of its tables */
	const struct tenant_design *tenant;     /* NULL: none; before the history has run only what is configured */
	const struct rehearsal *rehearsal;      /* NULL: the file is not being replayed */
	struct arena *arena;            /* for texts that fields make */
};

/* ---- kinds ---- */

/* Which of op's bound objects a kind fills in; says which field groups its rules may use. */
enum { HAS_TABLE = 1, HAS_COLUMN = 2, HAS_INDEX = 4, HAS_CONSTRAINT = 8, HAS_REFERENCES = 16, HAS_TYPE = 32 };

/* The phases of ALTER TABLE (AlterTablePass): subcommands run in this order, whatever the order they were written in. */
enum alter_pass { PASS_NONE, PASS_DROP, PASS_ALTER_TYPE, PASS_ADD_COLUMN, PASS_SET_EXPRESSION, PASS_ADD_CONSTRAINT,
	PASS_COLUMN_ATTRIBUTES, PASS_ADD_INDEX_CONSTRAINT, PASS_ADD_INDEX, PASS_ADD_OTHER_CONSTRAINT, PASS_MISC };

struct op_kind {
	const char *name;               /* "set_not_null" */
	const char *doc;                /* "ALTER TABLE ... ALTER COLUMN ... SET NOT NULL" */
	int node, subtype;              /* parse node tag and subtype it comes from; -1: any subtype; node 0: made by other kinds */
	unsigned has;
	enum alter_pass pass;           /* when ALTER TABLE runs it among its other subcommands */
	size_t size;                    /* of the private payload */
	const struct field *fields;     /* ended by a zero entry; NULL: none */
	/* Makes operations from a parse node. Knows no catalog. */
	void (*lower)(struct lowering *, const struct op_kind *, const void *node);
	/* Finds its objects in the catalog. NULL: bind_table(). */
	void (*bind)(struct op *, struct catalog *);
	/* What the server will do. NULL: takes no lock. */
	void (*effects)(const struct op *, const struct facts *, struct effects *);
	/* What it reads and calls, among that functions whose code then runs. NULL: nothing. */
	const struct query *(*query)(const struct op *);
	/* One that is analysed and does not run: it is kept, or only planned. NULL: none. */
	const struct query *(*stored)(const struct op *);
	/* Why the server refuses it, for sure, on the catalog as it is; STR_NONE: nothing known. NULL: likewise. */
	struct str (*refused)(const struct facts *);
	/* Changes the catalog. NULL: changes nothing we follow. */
	void (*apply)(struct op *, struct catalog *, struct session *);
};

/* table.column%TYPE */
struct type_reference {
	struct name table;
	struct str column;              /* STR_NONE: none */
};

struct op {
	const struct op_kind *kind;
	const struct statement *statement;      /* NULL for synthetic operations */
	const struct script *script;    /* of the statement */
	struct span spans[SPAN_COUNT];
	struct name target;             /* relation (or object) it names; name STR_NONE: none */
	enum relkind target_kind;       /* what the statement says it is: ALTER TABLE, ALTER INDEX, ALTER VIEW ... */
	struct str column_name;
	struct name reference;          /* the other relation it names */
	bool if_exists, if_not_exists;  /* of the statement; IF NOT EXISTS of the clause */
	bool part_if_exists;            /* of the clause: DROP COLUMN IF EXISTS */
	bool only;                      /* ALTER TABLE ONLY */
	bool cascade;
	struct str in_schema, as_role;  /* the CREATE SCHEMA that it is part of: what that makes, and whose it is; STR_NONE: none, the current role */
	struct op *leader;              /* the operation this one is a clause of (inline constraint); NULL: it stands alone */
	struct str difference;          /* of noop: what is there differs from what the statement says, or is called with; STR_NONE: not known to */
	bool noop;                      /* IF [NOT] EXISTS makes it do nothing; no rule sees it */
	bool remade;                    /* a noop, as its file makes what IF EXISTS drops, and none before it has */
	bool elsewhere;                 /* its name has no schema, and only one outside of the search path is known to hold it */
	bool may_be_missing;            /* IF EXISTS is given, and no file tells whether what it names is there */
	unsigned number;                /* running number of the statement in the whole run, from 1 */
	bool refers_to_types;           /* table.column%TYPE stands in it */
	void *data;

	/* Filled in by bind, before effects */
	struct relation *table;
	struct column *column;
	struct relation *index;
	struct constraint *constraint;
	struct relation *references;
	struct typedef_ *type;
	struct type_reference lost_type;        /* the first whose column is not known */
	struct str failure;             /* why the server refuses it; STR_NONE: nothing certain */
	const struct policy *policy;    /* of final_policy */
	struct place at;                /* for synthetic operations: where to point */
	struct place within;            /* of them: in code that the statement there runs; source NULL: not so */
};

/* The op's payload as its kind's private struct. */
#define OP_DATA(op, type) ((type *)(op)->data)

/* ---- effects ---- */

struct relation_effect {
	struct relation *relation;      /* NULL: it does not exist before the statement */
	struct str schema, name;
	enum lock lock;
	enum tri rewrite;               /* gets new storage */
	enum tri scan;                  /* every row is read */
	enum tri rebuild;               /* of a table: an index of it is (re)built; of an index: itself */
	bool created;                   /* made by this statement */
};

struct effects {
	struct arena *arena;
	VEC(struct relation_effect) list;       /* one entry per relation, strongest lock; [0] is op->table when it has an entry */
	bool all_unknown;               /* the statement does things we cannot see */
};

/* The entry for the relation, made if need be, with its lock raised to at least this. */
struct relation_effect *effects_lock(struct effects *, struct relation *, enum lock);
/* What is made depends on it. */
void effects_depend(struct effects *, const struct facts *, struct relation *);
/* For a relation that does not exist yet. */
struct relation_effect *effects_create(struct effects *, struct str schema, struct str name);
/* Locks the relation and, unless only, all its partitions and inheritance children. */
void effects_lock_tree(struct effects *, struct relation *, enum lock, bool only);
/* Locks the partitions and inheritance children themselves, and not what is below them. */
void effects_lock_children(struct effects *, const struct relation *, enum lock);
/* New storage for the table and all its indexes, which are locked AccessExclusiveLock. */
void effects_rewrite_table(struct effects *, struct relation *, enum tri certain);
const struct relation_effect *effects_find(const struct effects *, const struct relation *);
void effects_merge(struct effects *into, const struct effects *from);

/* ---- lowering: parse nodes to operations, no catalog ---- */

struct script {
	struct arena *arena;
	const struct source *source;
	VEC(struct op *) ops;
	VEC(struct statement *) statements;
	struct parse_result parsed;
	const struct catalog *catalog;  /* that it runs on; NULL: it does not run yet */
	/* Of a statement of code that runs */
	struct code *code;              /* whose body it stands in; NULL: in none, and while a text of EXECUTE, which sees no variables, is lowered */
	uint32_t at;                    /* where in that */
	const struct op *caller;        /* what runs that code */
	const struct bindings *bindings;        /* what it was called with; NULL: nothing is known */
};

struct lowering {
	struct arena *arena;
	struct script *script;
	struct statement *statement;
	struct diags *diags;
	/* Inside ALTER TABLE and CREATE TABLE */
	struct name table;
	struct span action;
	bool only, if_exists;
	int objtype;                    /* OBJECT_TABLE, OBJECT_INDEX, OBJECT_VIEW ... */
	struct op *leader;              /* of the clauses being lowered */
	struct str column;              /* that an inline constraint stands on */
	bool column_is_null;            /* that column is new and holds only NULL */
	bool creating;                  /* CREATE TABLE */
	bool refers_to_types;
	struct type_reference lost_type;
	const struct select *query;     /* the one that what is lowered stands in; NULL: in none */
	unsigned depth;                 /* of queries in expressions */
};

/* Reads, parses and lowers one part of a source. */
void lower_source(struct arena *, const struct source *, struct span part, struct diags *, struct script *);
/* Adds an operation for the current statement with the spans and names that are known so far. */
struct op *lower_add(struct lowering *, const struct op_kind *);
/* Lowers a node through whatever kind claims it; `other` when none does. */
void lower_node(struct lowering *, int node, int subtype, const void *tree);
const struct op_kind *op_kind_find(struct str name);
const struct op_kind *op_kind_for(int node, int subtype);
/* All kinds in order of name; *n is their number. */
const struct op_kind *const *op_kinds(size_t *n);

/* ---- replay: called by check/, in this order ---- */

/* UNKNOWN: what it names is found by a guess, see catalog_guesses(). */
enum tri op_fails(const struct facts *);
/* Unless a version that the history does not show has changed what it names. */
bool op_fails_by_gap(const struct facts *);
/* What it asks for does not exist, unless this file made it, which another history of the run holds; STR_NONE: none. */
struct str op_fails_by_other(const struct facts *);
/* The last part of a path, with the folder when that alone tells. */
struct str file_name(struct str path);
/* Of the file that the statement stands in. */
struct str statement_file(const struct statement *);
/* Before all: see catalog_learn_path(). */
void op_learn_path(const struct op *, struct catalog *);
/* Why it fails, for sure but for such a guess: what it names is gone (before bind), or the catalog forbids it (after). STR_NONE: nothing known. */
struct str op_missing(struct arena *, const struct op *, const struct catalog *);
void op_bind(struct op *, struct catalog *);
struct str op_conflict(const struct facts *);
/* BEGIN, COMMIT, SAVEPOINT ... */
bool op_is_transaction(const struct op *);
/* It fails as it is for another kind of relation, and so changes nothing. */
bool op_is_unfit(const struct facts *);
/* It fails as something of that name is there, which stays as it is. */
bool op_makes_again(const struct facts *);
/* Whether a handler of that condition ("duplicate_table", "others", "sqlstate 42p07") catches op->failure. */
bool op_failure_is(const struct op *, struct str condition);
/* The oldest server that knows what is written: 13 when all that are supported do. */
int op_needs_version(const struct facts *);
/* What in it the server refuses to a role that is no superuser, in words; STR_NONE: nothing. */
struct str op_needs_superuser(const struct facts *);
/* Running it a second time fails, because of what the first time did. */
bool op_fails_again(const struct facts *);
void op_effects(const struct facts *, struct effects *);
/* What it works on is there, unless IF EXISTS is given. */
void op_prove(const struct op *, const struct effects *, struct catalog *);
void op_apply(struct op *, struct catalog *, struct session *);

/* ---- fields ---- */

/* The field of that name for this kind: its own, or one common to all. NULL: none. */
const struct field *field_find(const struct op_kind *, struct str name);
/* Common fields, ended by a zero entry; each is prefixed with its group ("table.", "tx.") or stands alone ("lock"). */
extern const struct field common_fields[];
/* false: the kind does not fill in what the field's group needs. */
bool field_applies(const struct op_kind *, const struct field *);
/*
 * A value that says that something is not there is certain only as far as everything was read: code that could not be, migrations in another language,
 * versions that are missing. The value of the field of that name, for a condition that it meets: unknown, and why, where something unread may have made what is
 * missing since its table, column or constraint was made.
 */
struct value absence_judge(const struct facts *, struct str field, struct value);
/*
 * For advice: what divides the rows of the table into ranges, the columns of its primary key or of another unique key up to the first of those that are
 * moved; given: they are NOT NULL, else the first column alone. Empty: nothing is known to.
 */
struct str_list table_range(const struct facts *, const struct str_list *moved, enum tri given);
/* A place by the name used in labels: an op_span word, or "table.created", "table.unkeyed" (where the last of its keys was dropped; where it is created when it had none), "column.created", "column.typed" (where it got the
 * type it has), "column.copied" (where another one was filled from it), "constraint.created", "references.created", "index.created", "tx.begin", "tx.lock" (where the strong lock was
 * taken), "tx.inverted" (where tx.inverted_table was locked), "session.lock_timeout", "file.other",
 * "long_name" (the one of more than 63 bytes). */
bool place_word_known(struct str word);
/* What the table stands there as when that is not its name any more, as it is written; STR_NONE: it does, or no table is created there. */
struct str place_older_name(const struct facts *, struct str word);
/* A name as it is written, perhaps with its schema, is that of the relation. */
bool place_spells(struct str written, struct str name);
/* length 0: there is no such place here */
struct place place_of(const struct facts *, struct str word);
/*
 * The nth place that the word means, from 0, and what it is the place of: "tx.locks" are the statements that locked
 * tx.locked_table_names, "migration.losses" those that lose data, "alike" the tables in those that follow and do the same
 * (see op/alike.h). Of the other words there is one, of STR_NONE. false: no more.
 */
bool place_nth(const struct facts *, struct str word, size_t nth, struct place *, struct str *of);
/* The lock that earlier statements of the transaction hold on it. */
enum lock op_lock_held(const struct facts *, const struct relation *);
/*
 * An earlier statement of the transaction took it, on a table or view that other sessions know, and this one does not lock that as strongly. The strongest
 * of them; NULL: none.
 */
bool op_is_held_besides(const struct facts *, const struct held_lock *);
const struct held_lock *op_held_besides(const struct facts *);
/* Other sessions can be in the way: the relation exists and was not made by this transaction. */
bool op_is_shared(const struct facts *, const struct relation_effect *);
/* By the name that others know, and by the one that the statements behind a rename use. */
struct str op_both_names(const struct facts *, const struct relation *);
/* CONCURRENTLY is given. */
bool op_is_concurrent(const struct facts *);
/* Nobody knows whether what it names is there, or of the end of the history its table: IF EXISTS let that pass. */
bool op_may_be_missing(const struct op *);
/* IF EXISTS names a part of a table without which the table is not locked, and nobody knows whether that is there: a trigger, policy, rule. */
bool op_finds_no_part(const struct op *);
/* What may be missing, in words; STR_NONE: nothing. */
struct str op_missing_words(const struct facts *);
/* IF EXISTS stands before the part of a table that is changed: the table is locked all the same. */
bool op_lacks_part_only(const struct op *);
/* By a migration of the same file, as another changeset of it: they are one release, or the file grows. */
bool birth_in_file(const struct facts *, const struct birth *);
/*
 * For a field that tells whether the table, or the other one, is new. By one of the file's other changesets: a field that is unknown therefore. NULL: no such
 * field, or the table is none that the file before, or this file, has made.
 */
const struct relation *op_made_in_file(const struct facts *, struct str field);
const struct relation *op_made_just_before(const struct facts *, struct str field);
/* A field that tells whether the table may hold rows, or values. */
bool op_asks_for_rows(struct str field);
/*
 * The column whose ADD COLUMN, in the file just before or another changeset of this one, passed only as the operation's table held no rows; NULL: none, or
 * rows have come since.
 */
const struct column *op_empty_just_before(const struct facts *);
/* Its name, quoted where SQL needs that. */
struct str op_column_words(struct arena *, const struct column *);
/* A comment line for advice on one of several clauses of an ALTER TABLE; empty: the advice stands for all of the statement, or for none of it. */
struct str op_clause_note(const struct op *, struct str advice);
/* What it is part of, as NOT NULL of an ADD COLUMN; else itself. */
const struct op *op_clause_of(const struct op *);
/* The clauses that are for that copy, and so stand in it no more. */
struct ops op_clauses_along(struct arena *, const struct op *, struct str advice);
/* Those that the advice repeats or that are for the copy are left out of what is planned, those that wait for its last step run behind it. */
void op_sort_clauses(struct arena *, const struct op *, struct str advice, struct plan *);
/* element.c: where the file has one element for several statements, what of it stays beside advice for one of them; empty, or a line. */
struct str op_element_note(const struct facts *, struct str advice);
/* The same for advice that makes the column NOT NULL: what is made of the element to fill it, as the first step; empty: nothing is. */
struct str op_element_fill(const struct facts *);
/* The code is a function that the migration calls, and is there behind the file. In tie.c. */
bool op_keeps_code(const struct facts *);
/* Parameters and variables of the code around the operation that its statement names, and the table has no column of: "a, b"; empty: none. */
struct str op_variables_named(const struct facts *);
/* The statement, or a part of what it does, runs only when the rest of the file has run. */
bool op_puts_off(struct str advice);
/* CREATE INDEX that goes where it runs outside of a transaction, and not before the file. */
bool op_leaves_file(const struct facts *, struct str advice);
/* The same where IF NOT EXISTS of a column was for all that the advice takes apart; empty: it was not, or still is. */
struct str op_guard_note(const struct op *, struct str advice);
/* A comment for advice that takes the place of ALTER TABLE IF EXISTS on a table which may be missing, with its newline; "": none is needed. */
struct str op_missing_note(const struct op *, struct str advice);
/*
 * For advice that puts the statement off: "\n-- what needs it done goes behind it, too: lines 11 and 12", "\n-- by then users is called people (line 7)";
 * empty: nothing in the file is in its way.
 */
struct str op_behind_note(const struct facts *, struct str advice);
/* The same of one that takes the place of the statement, or of its clause, where it stands. */
struct str op_in_place_note(const struct facts *, struct str advice);
/* A value as text for messages: true/false, number, text, "ACCESS EXCLUSIVE". */
struct str value_words(struct arena *, struct value);
/* schema.name as the user would write it: the schema only when it is not the default one. */
struct str relation_words(struct arena *, const struct catalog *, const struct relation *);
/* The same of the name by which other sessions know it. */
struct str relation_committed_words(struct arena *, const struct catalog *, const struct relation *);

/*
 * Adding an operation: write op/NAME.c that exports `const struct op_kind op_kinds_NAME[]`, ended by a zero entry.
 * Nothing else is touched: the registry is made from the file names.
 */

#endif
