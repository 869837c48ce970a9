#ifndef CATALOG_CATALOG_H
#define CATALOG_CATALOG_H

#include "base/arena.h"
#include "base/map.h"
#include "base/tri.h"
#include "catalog/lock.h"
#include "sql/expr.h"
#include "sql/type.h"
#include "text/source.h"

/*
 * The shadow of pg_catalog as it is just before the current operation.
 *
 * Objects that a statement names but no file has created are *assumed*: they
 * exist, and what we were not told about them is unknown.
 *
 * Nothing is freed or copied: every change first saves the bytes it overwrites
 * (catalog_save), so catalog_undo() can return to any earlier mark.
 */

/* relkind of pg_class */
enum relkind {
	RELATION_UNKNOWN = 0,           /* assumed, and nothing says what it is */
	RELATION_TABLE = 'r',
	RELATION_PARTITIONED = 'p',
	RELATION_INDEX = 'i',
	RELATION_PARTITIONED_INDEX = 'I',
	RELATION_SEQUENCE = 'S',
	RELATION_VIEW = 'v',
	RELATION_MATVIEW = 'm',
	RELATION_FOREIGN = 'f',
	RELATION_COMPOSITE = 'c'
};

/* What code that nobody could read may have touched; of what it may have made, the parts of a relation are all but its triggers, policies and indexes. */
enum reach { REACH_NOTHING, REACH_TRIGGERS, REACH_POLICIES, REACH_INDEXES, REACH_PARTS, REACH_SCHEMA };

struct op;

/* The last statement that nobody could read and that may have made something of any relation; statement 0: none. */
struct unread_maker {
	unsigned statement;
	struct place place;
};

/* When an object came to be; all zero: before the first file we saw. */
struct birth {
	struct place place;             /* its name in the statement that created it */
	unsigned migration;             /* ordinal from 1; 0: before */
	unsigned transaction;           /* ordinal from 1; 0: before */
	unsigned statement;             /* running number from 1 */
	bool changed;                   /* its migration is one of the changed files */
	unsigned generated;             /* its migration was made in one go with all that have this number; 0: alone */
	bool doubtful;                  /* by code that may not have run */
	struct place call;              /* what runs the code and says more than it; source NULL: no such */
};

struct column {
	struct str name;
	struct type type;               /* name STR_NONE: unknown */
	struct str collation;           /* empty: the type's default */
	enum tri not_null;
	const struct expr *default_expr;        /* NULL: none, or unknown when the table is assumed */
	char identity;                  /* 'a' always, 'd' by default, 0 */
	char generated;                 /* 's' stored, 'v' virtual, 0 */
	bool assumed;
	bool dropped;
	bool inherited;
	struct relation *sequence;      /* of serial and identity columns */
	struct relation *default_sequence;      /* that the default takes its value from: serial, nextval('name') */
	struct birth named;             /* when it was renamed last; all zero: never */
	struct birth retyped;           /* when its type was changed last; all zero: never */
	unsigned analyzed;              /* number of the last ANALYZE that named it; 0: none */
	struct column *copy;            /* another column of the table that an UPDATE filled from it; NULL: none */
	bool copy_tells;                /* the values can be read back from it */
	struct birth copied;            /* when that was */
	unsigned written;               /* number of the last statement that gave it values in rows that were there; 0: none */
	struct birth born;
};

enum constraint_kind {
	CONSTRAINT_CHECK = 'c',
	CONSTRAINT_FOREIGN_KEY = 'f',
	CONSTRAINT_PRIMARY_KEY = 'p',
	CONSTRAINT_UNIQUE = 'u',
	CONSTRAINT_EXCLUSION = 'x',
	CONSTRAINT_NOT_NULL = 'n'
};

struct constraint {
	struct str name;
	enum constraint_kind kind;
	struct relation *table;
	VEC(struct str) columns;        /* key columns; of a CHECK the columns it mentions */
	const struct expr *check;
	bool respelled;                 /* see op/respell.h */
	struct relation *references;    /* foreign key */
	VEC(struct str) reference_columns;      /* empty: unknown (primary key of an assumed table) */
	struct relation *reference_index;       /* the unique index behind them; NULL: not known */
	VEC(struct str) set_columns;    /* ON DELETE SET NULL (columns) */
	char on_delete, on_update;      /* 'a' no action, 'r' restrict, 'c' cascade, 'n' set null, 'd' set default */
	char match;                     /* 's' simple, 'f' full */
	enum tri valid;
	bool enforced;
	bool deferrable, initially_deferred;
	bool no_inherit;
	bool period;                    /* a key WITHOUT OVERLAPS of its last column, a foreign key with PERIOD before it */
	bool assumed;
	bool dropped;
	bool name_given;                /* by the author, not generated */
	struct constraint *parent;      /* of a key or foreign key: the partitioned table's, for the copy on a partition */
	unsigned inherited;             /* of a CHECK or NOT NULL: from how many parents */
	bool own;                       /* declared for the table itself, whether it is inherited or not */
	struct relation *index;         /* that backs a key or exclusion constraint */
	struct birth born;
	struct birth validated;         /* when VALIDATE ran, if it did */
};

struct index_column {
	struct str name;                /* column, or STR_NONE for an expression */
	const struct expr *expr;
	struct str collation, opclass;  /* as SQL needs them, with a schema that was given; empty: default */
	struct str parameters;          /* of the operator class: "siglen='100'"; empty: none */
	struct str operator;            /* of an exclusion constraint */
	struct str label;               /* its attname in the index, once that is made; of an expression before: what it is called */
	bool descending, nulls_first;
};

/* What makes a relation an index. */
struct index {
	struct relation *table;
	struct str method;              /* "btree" */
	VEC(struct index_column) columns;
	VEC(struct str) include;
	struct str_list include_labels; /* their attnames in the index, once that is made */
	const struct expr *predicate;   /* NULL: covers every row */
	bool respelled;                 /* predicate or expressions are: see op/respell.h */
	bool unique, primary, nulls_not_distinct;
	enum tri valid;
	bool identity;                  /* REPLICA IDENTITY USING it */
	bool only;                      /* created ON ONLY a partitioned table */
	bool concurrently;
	struct constraint *constraint;  /* that it backs */
	struct relation *parent;        /* index of the partitioned table */
	VEC(struct relation *) children;
};

/* A function as it is called; schema STR_NONE: not given. */
struct called {
	struct str schema, name;
	uint32_t at;                    /* where the call stands in the source: those of one text are in its order by that */
	unsigned function;              /* the number of the one that is sure to be meant; 0: it is not told */
};

VEC_TYPE(called_list, struct called);

/* When a relation lost all its rows. */
struct emptying {
	struct birth when;              /* all zero: never */
	bool truncated;                 /* its storage is new, too */
	bool alone;                     /* no other session can write to it until the transaction ends */
};

struct former_name {
	struct str schema, name;
	unsigned transaction;           /* that took it away; 0: none */
};

struct partition_bound;

/* A constant that a migration has written into a column of every row. */
struct overwritten {
	struct str column, value;
	unsigned migration;
};

struct relation {
	struct str schema, name;
	enum relkind kind;
	char persistence;               /* 'p', 'u' unlogged, 't' temporary */
	bool assumed;                   /* its definition is not, or not wholly, known */
	bool doubted;                   /* of an assumed one: only IF EXISTS, or code that may not run, has named it */
	struct place unread;            /* code that cannot be read and may have given it an index; source NULL: none */
	bool changed_unseen;            /* that is the statement that names a part of it which nothing makes: what did is not there to be read */
	unsigned unsure[REACH_SCHEMA + 1];      /* by what it touches: the last statement that names it and may not have run; 0: none */
	bool dropped;
	unsigned ended;                 /* number of the statement that dropped it */
	enum tri filled;                /* YES: rows were loaded in bulk since it was created or truncated */
	unsigned written;               /* number of the last statement that put rows into it; 0: none */
	struct emptying emptied;        /* the last time */
	struct birth taken_empty;       /* when a statement passed last that fails as soon as there is a row; all zero: never */
	VEC(struct column *) columns;   /* dropped ones too, as pg_attribute keeps them */
	VEC(struct constraint *) constraints;
	VEC(struct constraint *) past_constraints;      /* that were dropped */
	VEC(struct constraint *) referenced_by;
	VEC(struct relation *) indexes;
	VEC(struct relation *) partitions;      /* attached partitions, or inheritance children */
	VEC(struct relation *) dependents;      /* views and materialized views that read it */
	VEC(struct relation *) copies;          /* tables that were made LIKE it */
	VEC(struct relation *) reads;   /* of a view: the relations it reads */
	struct called_list calls;       /* of a view: the functions it calls */
	VEC(const struct constraint *) deciding;        /* of a view: primary keys that decide columns which its GROUP BY does not name */
	VEC(struct trigger *) triggers;
	struct relation *parent;        /* the first of parents; NULL: none */
	VEC(struct relation *) parents; /* partition of, or INHERITS, in that order */
	struct relation *row_of;        /* CREATE TABLE ... OF: the composite type; NULL: none */
	VEC(struct relation *) typed;   /* of a composite type: the tables of it; may hold ones that no longer are */
	bool is_partition;
	bool default_partition;
	struct str partition_strategy;  /* "range", "list", "hash" */
	VEC(struct index_column) partition_key;
	struct str bound;               /* FOR VALUES ... as written */
	const struct partition_bound *limits;   /* the same for op/partition_bound.h; NULL: not known */
	struct index *index;            /* when it is an index */
	struct relation *owner;         /* of an owned sequence: its table */
	VEC(struct relation *) owned;   /* sequences that were owned by it at some time; those whose owner it is, are */
	struct str owner_column;
	struct str definition;          /* of a view: what stands behind its name, of a materialized one its query; canonical */
	struct birth defined;           /* of a view: when it was given this definition */
	VEC(struct object *) objects;   /* comments, privileges, options ... on it and on its parts */
	struct str distributed_by;      /* by create_distributed_table() of Citus; empty: it is not */
	bool reference_table;           /* by create_reference_table() of Citus */
	bool is_hypertable;             /* by create_hypertable() of TimescaleDB */
	enum tri row_security, force_row_security;
	VEC(struct overwritten) overwritten;    /* columns that got one constant in every row */
	VEC(const struct str_list *) upserts;   /* the columns of each ON CONFLICT that names columns and nothing else */
	VEC(struct policy *) policies;
	VEC(struct policy *) readers;   /* policies of other tables that read, or have read, it */
	struct birth born;
	struct birth replaced;          /* renamed or moved: when */
	struct former_name former;      /* what it was called before the last transaction that renamed or moved it */
	unsigned analyzed;              /* number of the last statement that analyzed all of it; 0: none */
	struct birth worked;            /* when all its rows were read or written last while no one could use it */
	struct birth unkeyed;           /* when the last of its keys was dropped, or of what else told all its rows apart; all zero: never */
	const struct op *copied;        /* what put rows of it into another table last, for op/copied.h; NULL: nothing did */
	unsigned copied_in;             /* the migration that has it */
};

enum trigger_events { ON_INSERT = 1, ON_UPDATE = 2, ON_DELETE = 4, ON_TRUNCATE = 8 };

struct trigger {
	struct str name;
	struct relation *table;
	bool dropped, constraint;
	bool row;                       /* FOR EACH ROW */
	unsigned events;                /* ON_INSERT | ... */
	struct str state;               /* "disabled", "replica", "always"; empty: fires as usual */
	bool cloned;                    /* by the partitioned table's */
	struct str definition;          /* canonical, as on a table t: what stands between its name and the function */
	struct str function_schema, function;   /* what it calls; schema STR_NONE: not given, and unknown */
	struct str_list columns;        /* UPDATE OF */
	struct str_list row_tables;     /* what REFERENCING calls the rows of the statement */
	const struct expr *when;        /* NULL: fires for each row */
	struct str arguments;           /* of the call: "('a', 'b')" */
	struct birth born;
};

struct policy {
	struct str name;
	struct relation *table;
	bool dropped, permissive;
	bool to_public;                 /* for every role */
	char command;                   /* '*', 'r', 'a', 'w', 'd' */
	const struct expr *using_expr, *check_expr;
	VEC(struct column *) uses;      /* columns that the conditions name, of other tables too, as far as it can be told */
	VEC(struct relation *) reads;   /* other relations that subqueries in the conditions read */
	struct str roles;               /* separated by commas; empty: PUBLIC */
	struct birth born;
};

struct schema {
	struct birth born;
	struct birth named;             /* when it was renamed last; all zero: never */
	bool dropped;
	bool fresh;                     /* there was none of that name when it was made */
	struct str commented;           /* the name of the object that is its comment; STR_NONE: there has been none */
	struct str owner;               /* STR_NONE: who runs everything, as far as is known */
};

/* What is followed by name and definition only: an extension, a comment, a privilege, a storage option ... */
struct object {
	struct str kind, name;          /* "comment", "column email" */
	struct str text;                /* its definition, canonical; empty: it has none */
	struct relation *table;         /* that it belongs to; NULL: none */
	struct relation *of;            /* of a statistics object: its table */
	struct str schema, label;       /* of what lives in a schema: that, and its name there; `name` is both, quoted as needed */
	const bool *gone;               /* points into what takes it along when it is dropped; NULL: nothing does */
	struct called_list calls;       /* of a rule: the functions it calls */
	unsigned number;                /* its own, of the same row as those of functions */
	unsigned on;                    /* of a comment on a collation, an operator or a publication: the number of that; 0: of none that is known */
	bool brought;                   /* a privilege that came with what it is on: ALTER DEFAULT PRIVILEGES */
	struct birth born;
};

/* What a privilege is on. */
struct granted_on {
	struct relation *table;         /* NULL: no relation */
	struct str column;              /* of it; STR_NONE: all of it */
	struct str words;               /* of what is no relation: "function app.total(integer)" */
	const bool *gone;               /* points into it; NULL: it is not known */
	struct str owner;               /* STR_NONE: who runs everything, as far as is known */
};

/* One privilege of a role. grantor STR_NONE: the owner, or who acts for the owner. */
struct granted {
	struct str privilege, grantee, grantor;
};

/* ALTER DEFAULT PRIVILEGES. */
struct default_privilege {
	struct str role;                /* whose objects get it; STR_NONE: of who runs everything */
	struct str schema;              /* IN SCHEMA; STR_NONE: in all */
	struct str object_kind;         /* table, sequence, function, type, schema */
	struct str privilege, grantee;
	bool grantable;
	bool taken;                     /* from PUBLIC, which has it otherwise */
};

enum typekind { TYPE_UNKNOWN, TYPE_ENUM, TYPE_DOMAIN, TYPE_COMPOSITE, TYPE_RANGE, TYPE_BASE };

struct domain_constraint {
	struct str name;
	const struct expr *check;       /* NULL: NOT NULL */
	enum tri valid;
};

struct enum_value {
	struct str label;
	struct birth born;
};

struct typedef_ {
	struct str schema, name;
	enum typekind kind;
	bool assumed, dropped;
	struct str commented, owner;    /* as of a schema */
	unsigned ended;                 /* number of the statement that dropped it */
	struct birth named;             /* when it got its name; all zero: with its birth */
	VEC(struct enum_value) values;  /* in sort order */
	struct type base;               /* of a domain; subtype of a range */
	struct str definition;          /* of a range or base type: AS RANGE (...), canonical */
	struct str multirange;          /* the multirange type of a range; STR_NONE: it is none, or not known */
	struct str multirange_schema;   /* of a range that was moved: where its constructors and its multirange type stay */
	struct str constructor, multirange_constructor; /* of a range: its functions, which keep the names that both types had at first */
	const struct expr *default_expr;
	struct str collation;
	VEC(struct domain_constraint) constraints;
	VEC(struct relation *) users;   /* tables with a column of this type; may hold ones that no longer have it */
	struct birth born;
};

struct code;

/* A column of what a function gives: OUT and INOUT arguments, RETURNS TABLE. */
struct function_column {
	struct str name;                /* STR_NONE: it has none */
	struct type type;
};

VEC_TYPE(function_columns, struct function_column);

/* An argument that a call gives. */
struct function_parameter {
	struct str name;                /* STR_NONE: it has none */
	struct type type;               /* as it was when the function was made */
	bool has_default, variadic;
};

VEC_TYPE(function_parameters, struct function_parameter);

struct function {
	struct str schema, name;
	struct str arguments;           /* canonical argument types, "integer, text" */
	unsigned number;                /* its own, from 1, whatever it is called */
	bool procedure, window, security_definer, strict;
	struct str commented, owner;    /* as of a schema */
	bool marked;                    /* granted, revoked, given away or altered since it was made */
	bool search_path;               /* SET search_path is part of it */
	enum volatility volatility;
	bool volatility_given;          /* false: VOLATILE because nobody said otherwise */
	struct str returns;             /* as pg_get_function_result() spells it; STR_NONE: a procedure */
	struct type return_type;        /* without SETOF */
	struct function_columns gives;
	struct function_parameters parameters;
	struct str language;
	struct str body;                /* STR_NONE: standard SQL */
	struct str definition;          /* canonical, without its name */
	struct str essence;             /* the same, for comparing: of a body the tokens, without comments */
	struct code *code;              /* its body, for op/code.h */
	VEC(struct relation *) reads;   /* of standard SQL: the relations it reads or changes, */
	struct called_list calls;       /* and the functions it calls */
	VEC(struct str) changes;        /* ALTER FUNCTION: what stands behind the name and the arguments */
	bool dropped;
	struct birth born;
};

/* Something that was made, changed or removed, by the name it had then. */
enum touched_kind { TOUCHED_RELATION, TOUCHED_TYPE, TOUCHED_FUNCTION, TOUCHED_SCHEMA, TOUCHED_OBJECT };

struct touched {
	enum touched_kind kind;
	struct str schema, name;        /* of an object: its kind and its name */
	bool assumed;                   /* it was there, but nobody had told what it is */
	struct place place;             /* the statement */
};

struct undo {
	void *at;
	void *bytes;
	size_t size;
	bool grows;                     /* it is a VEC that something is appended to */
};

VEC_TYPE(undos, struct undo);

struct catalog {
	struct arena *arena;
	struct str default_schema;      /* "public" */
	VEC(struct str) search_path;    /* as set by the session */
	VEC(struct str) runner_path;    /* schemas that the runner must have in every search path, see catalog_learn_path() */
	struct str role;                /* SET ROLE, SET SESSION AUTHORIZATION; STR_NONE: who runs everything */
	struct map stand_ins;           /* schemas that stand for a placeholder: which one, and whether it is in the search path, is not known */
	struct map relations;           /* "schema\0name" -> struct slot */
	struct map types;
	struct map functions;           /* "schema\0name" -> struct function_set */
	struct map schemas;             /* name -> struct slot of a struct schema */
	unsigned functions_made;        /* the last number of one */
	bool names_relations;           /* a literal of an expression may name a relation that is no sequence, as 't'::regclass does */
	struct map constraint_names;    /* "schema\0name" -> struct slot that counts: they are unique per schema when generated */
	VEC(struct relation *) all;     /* every relation ever made, in order; dropped ones too */
	VEC(struct constraint *) foreign_keys;  /* every foreign key ever made, in order */
	VEC(struct typedef_ *) all_types;
	VEC(struct called) trigger_functions;   /* that a trigger has named, while nothing had made them */
	struct map objects;             /* "kind\0name" -> struct slot, for those that belong to no relation */
	VEC(struct slot *) aggregates;  /* of those, where an aggregate stands or once stood */
	VEC(struct default_privilege) default_privileges;
	struct undos undo;
	bool watched;                   /* touched is kept */
	VEC(struct touched) touched;    /* since catalog_watch() */
	struct place statement;         /* the current one */
	struct birth now;               /* what a new object gets as its birth; place filled in by the operation */
	int pg_version;                 /* of the target server; 0: not told, as before 18 */
	unsigned unread[REACH_SCHEMA + 1];      /* by what it touches: the last statement that was code that nobody could read, or that may not have run; 0: none */
	unsigned unnamed[REACH_SCHEMA + 1];     /* the same without what notes by itself which relations it touches (unsure of those) */
	struct unread_maker may_make[REACH_SCHEMA + 1];       /* by what it may have made */
	unsigned gap;                   /* the last statement before versions that the history does not show; 0: none is missing */
	/* The file of another history of the run that names both the relation and the name; STR_NONE: none does. NULL: there is no other. */
	struct str (*others_name)(const void *arg, struct str relation, struct str name);
	const void *others;             /* its arg */
	struct str gap_words;           /* "versions 1.88 to 1.115 are not there" */
	unsigned unseen;                /* the last statement that may have put rows anywhere without naming the table; 0: none */
	unsigned before;                /* the last statement before the file that is under way */
	unsigned last_ended;            /* the last statement that dropped a relation or type, undone or not */
	bool shell_operators;           /* some operator has named its commutator or negator, which is there then though nothing makes it */
	bool complete;                  /* the first file starts from an empty database (configuration) */
	bool begun;                     /* the first file of the history was such a one: what none has made is most likely not there */
	bool begins;                    /* the file under way is the first of a history, which runs once: it starts most likely so */
};

/* What the catalog was before it went on in another way. */
struct branch {
	size_t mark;
	struct undos undone;
};

/* What stands under a name now; the slot itself stays for good, so that undo only restores its content. */
struct slot {
	void *object;                   /* NULL: nothing */
	size_t count;
	bool known;                     /* something stood there once; not so after undoing that */
	bool doubtful;                  /* what stood there was dropped by code that may not have run */
	unsigned vacated;               /* number of the statement that dropped, renamed or moved what stood there last */
};

/* The slot of schema.name in a map, to put something there; made if need be. */
struct slot *catalog_slot(struct catalog *, struct map *, struct str schema, struct str name);
/* NULL: nothing there. */
void *catalog_slot_object(const struct map *, struct str schema, struct str name);

struct function_set {
	VEC(struct function *) overloads;
};

struct catalog *catalog_new(struct arena *, struct str default_schema);

/* Saves bytes before they are overwritten. Every write to catalog memory goes through this. */
void catalog_save(struct catalog *, void *at, size_t size);
/* catalog_set(c, &column->not_null, YES) */
#define catalog_set(c, at, value) (catalog_save((c), (at), sizeof(*(at))), *(at) = (value))
/* Appends to a VEC that belongs to the catalog. */
#define catalog_push(c, v, value) \
	(catalog_save((c), (v), sizeof(*(v))), vec_last(&(c)->undo)->grows = true, *vec_push((c)->arena, (v)) = (value))
/* Removes element i from a VEC that belongs to the catalog; copies, so that undo works. */
#define catalog_remove(c, v, i) \
	(catalog_save((c), (v), sizeof(*(v))), \
	 (v)->items = catalog_without((c), (v)->items, (v)->n, (i), sizeof(*(v)->items)), \
	 (v)->cap = (v)->n, (v)->n--)
void *catalog_without(struct catalog *, const void *items, size_t n, size_t i, size_t size);

void catalog_note_unread(struct catalog *, enum reach);
/* The same code may have made such a part of any relation. */
void catalog_note_making(struct catalog *, enum reach);
/* The last that may have made the part, or anything. */
const struct unread_maker *catalog_may_make(const struct catalog *, enum reach part);
/* The same of what may not have run, for one of the relations that it touches; an index stands for its table, too. */
void catalog_note_unsure(struct catalog *, struct relation *, enum reach);
/* Such code ran behind the birth of an object; part: of the object, what matters. */
bool catalog_unread_since(const struct catalog *, struct birth, enum reach part);
/* A statement names a part of the known relation that nothing makes. */
void catalog_note_changed_unseen(struct catalog *, struct relation *);
/* The same for what belongs to the relation; code that touches others does not count. */
bool relation_unread_since(const struct catalog *, const struct relation *, struct birth, enum reach part);

size_t catalog_mark(const struct catalog *);
void catalog_undo(struct catalog *, size_t mark);
/* Goes back to the mark only to look; nothing may be changed before catalog_forward() with the same mark. */
void catalog_rewind(struct catalog *, size_t mark);
void catalog_forward(struct catalog *, size_t mark);
/* Goes back to the mark, and may then be changed in another way, which catalog_rejoin() takes back. */
void catalog_branch(struct catalog *, size_t mark, struct branch *);
void catalog_rejoin(struct catalog *, const struct branch *);
/* Starts a new list of what is touched. */
void catalog_watch(struct catalog *);
void catalog_touch(struct catalog *, enum touched_kind, struct str schema, struct str name, bool assumed);

/* ---- resolve.c: names to objects ---- */

/* A name as written; schema STR_NONE: not given. */
struct name {
	struct str schema, name;
	struct span span;
};

/*
 * What exists under that name, or in the search path, or NULL. What one of the two has, the search path or a stand-in, is found
 * with the other, too, unless that has one of its own, or several stand-ins have one.
 */
void *catalog_find(const struct catalog *, const struct map *, struct str schema, struct str name);
/* Of what stands under that name, or stood there last: versions behind it are not shown, and may have changed it. */
bool catalog_gap_since(const struct catalog *, const struct map *, struct name);
/* Found in that schema, it is so by such a guess. */
bool catalog_guesses(const struct catalog *, struct name, struct str schema);
/* A variable of psql without a value is called so: what stands there in the text may be no name. */
bool catalog_has_variable(const struct catalog *, struct str name);
/* The same of a relation, which may be temporary. */
struct relation *catalog_find_relation(const struct catalog *, struct name);
/* What stands where one of that name would be made. */
struct relation *catalog_relation_to_be(const struct catalog *, struct name);
/* catalog_find_relation(), but a name nobody created gives an assumed relation of that kind. */
struct relation *catalog_relation(struct catalog *, struct name, enum relkind);
/*
 * An object of that name was created or assumed before, whether or not it still exists; when it does not, no code that nobody could
 * read has run since it went.
 */
/* The files have made it, whether it is still there or not, and nobody else had to do with it since. */
bool catalog_has_made(const struct catalog *, const struct map *, struct str schema, struct str name);
bool catalog_knows_name(const struct catalog *, const struct map *, struct name);
/* The same, or its schema was made by the files and nothing in it by anything else: so it is not there if it is not found. */
bool catalog_lacks_name(const struct catalog *, const struct map *, struct name);
/* The current statement has dropped a relation, or a type, of that name already. */
bool catalog_ended_now(const struct catalog *, struct name);
/* Schema a new object of that name goes into. */
struct str catalog_target_schema(const struct catalog *, struct name);
/* A name nobody else in that schema has: cut to 63 bytes as makeObjectName() does. */
struct str catalog_object_name(struct arena *, struct str name1, struct str name2, struct str label);
/* Makes a relation; an existing one of that name stays reachable by its pointers only. */
struct relation *catalog_add_relation(struct catalog *, struct str schema, struct str name, enum relkind);
/* Takes the relation out of the namespace and marks it dropped, with its indexes, constraints, owned sequences. */
void catalog_drop_relation(struct catalog *, struct relation *);
/* A partition or inheritance child of the relation, or the relation itself. */
bool catalog_is_below(const struct relation *, const struct relation *whole);
/* Puts a child under a parent; the server refuses a circle, and so nothing is done. */
void catalog_add_child(struct catalog *, struct relation *parent, struct relation *child);
void catalog_remove_child(struct catalog *, struct relation *parent, struct relation *child);
void catalog_rename_relation(struct catalog *, struct relation *, struct str schema, struct str name);

struct column *catalog_find_column(const struct relation *, struct str name);
/* The column; on an assumed relation an unknown one is assumed. NULL: certainly not there. */
struct column *catalog_column(struct catalog *, struct relation *, struct str name);
struct column *catalog_add_column(struct catalog *, struct relation *, struct str name);
/* Marks it dropped, with the indexes, constraints and sequence that go with it. */
void catalog_drop_column(struct catalog *, struct relation *, struct column *);

struct constraint *catalog_find_constraint(const struct relation *, struct str name);
struct trigger *catalog_find_trigger(const struct relation *, struct str name);
struct constraint *catalog_add_constraint(struct catalog *, struct relation *, struct str name, enum constraint_kind);
void catalog_drop_constraint(struct catalog *, struct constraint *);
/* Index of that name on the table, or NULL. */
struct relation *catalog_find_index(const struct relation *, struct str name);
/* Makes an index relation on the table, valid, btree. */
struct relation *catalog_add_index(struct catalog *, struct relation *table, struct str name);

/* Renames, keeping the count of names in use right. */
void catalog_rename_constraint(struct catalog *, struct constraint *, struct str name);
void catalog_rename_type(struct catalog *, struct typedef_ *, struct str schema, struct str name);
/* The sequence of nextval('name'); NULL: none that is known. */
struct relation *catalog_drawn_sequence(const struct catalog *, const struct expr *);
/* The relation of that name as a literal has it, "app.\"T\""; NULL: none that is known. */
struct relation *catalog_relation_in_text(const struct catalog *, struct str);
/* nextval() and its kin, whose argument is a regclass. */
bool takes_relation_name(struct str function);
/* The relation that a node names by a literal, 'name'::regclass or nextval('name'); NULL: none that is known. */
struct relation *catalog_named_relation(const struct catalog *, const struct expr *);
/* Some node does so, and the server keeps it as what it means. */
bool expr_names_relation(const struct catalog *, const struct expr *, const struct relation *);
/* Gives a column a default, or with NULL takes it away. DEFAULT NULL is none, unless NULL has to be coerced to the type. */
void catalog_set_default(struct catalog *, struct column *, const struct expr *);
/* What the type is made of below all domains. */
struct type type_below_domains(const struct catalog *, struct type);
bool type_is_enum(const struct catalog *, struct type);
/* A new session starts with the default search path. */
void catalog_set_search_path(struct catalog *, const struct str *schemas, size_t n);
/*
 * A statement names a relation without a schema. The files have made none in the search path, but one of that name in one
 * schema only: as they do run, the runner has that schema in its search path, which nobody has told us.
 */
void catalog_learn_path(struct catalog *, struct name);

struct typedef_ *catalog_find_type(const struct catalog *, struct str schema, struct str name);
struct typedef_ *catalog_add_type(struct catalog *, struct str schema, struct str name, enum typekind);
void catalog_drop_type(struct catalog *, struct typedef_ *);
/* A type stands in the files that other databases have and none of them makes: whatever runs them exchanges words before the server reads them. */
bool catalog_is_translated(const struct catalog *);
/* Remembers, for a type that is not built in, that the relation has a column of it. */
void type_note_user(struct catalog *, struct type, struct relation *);
/* The type of that name; one that nobody created is assumed, of that kind. */
struct typedef_ *catalog_type(struct catalog *, struct name, enum typekind);
/* It is this domain, or a domain based on it. UNKNOWN: nothing is known about it. */
enum tri type_is_based_on(const struct catalog *, struct type, const struct typedef_ *domain);
/* The relation has a column of this domain, or of a domain based on it. UNKNOWN: it has one of a type nothing is known about. */
enum tri type_is_used_by(const struct catalog *, const struct typedef_ *, const struct relation *);
/* The relation has a column of that type, of an array of it, or of a domain made of either. */
bool type_is_needed_by(const struct catalog *, const struct typedef_ *, const struct relation *);
/* The value of an enum type, or NULL. */
struct enum_value *type_find_value(const struct typedef_ *, struct str label);
enum volatility catalog_volatility(const struct catalog *, struct str schema, struct str name);
/* Types as functions tell them, "public.state, integer", but those of the default schema without it. */
struct str catalog_plain_types(const struct catalog *, struct str types);
/* Makes it, or changes the one of that name and those arguments. */
struct function *catalog_add_function(struct catalog *, struct str schema, struct str name, struct str arguments, enum volatility);
/* For expr_volatility(). */
struct volatility_lookup catalog_volatility_lookup(const struct catalog *);

/* ---- object.c: what is followed by name and definition only; table NULL: it belongs to no relation ---- */

struct object *catalog_find_object(const struct catalog *, const struct relation *table, const char *kind, struct str name);
/* An aggregate, a collation ...: of a kind that lives in schemas, and is not followed by more than that. */
bool object_kind_has_schema(const char *kind);
/* What the catalog calls it: its name in the schema, or where it is found without one; of other kinds the label. */
struct str catalog_name_in_schema(const struct catalog *, const char *kind, struct str schema, struct str label);
/* Its name without the schema. */
struct str object_label(const struct object *);
/* One of that name, in whatever schema. */
struct object *catalog_object_labelled(const struct catalog *, const char *kind, struct str label);
void catalog_put_object_in(struct catalog *, const char *kind, struct str schema, struct str label, struct str text);
void catalog_move_object(struct catalog *, struct object *, struct str schema, struct str label, struct str text);
/* Makes it, or changes its definition. */
void catalog_put_object(struct catalog *, struct relation *table, const char *kind, struct str name, struct str text);
/* It need not exist. */
void catalog_remove_object(struct catalog *, struct relation *table, const char *kind, struct str name);
/* The statistics object of that name in the search path; NULL: none. */
struct object *catalog_find_statistics(const struct catalog *, struct name);
void catalog_put_statistics(struct catalog *, struct relation *of, struct str schema, struct str name, struct str text);
void catalog_move_statistics(struct catalog *, struct object *, struct str schema, struct str name);
/* Those of a schema go into another one; STR_NONE: they are dropped. */
void catalog_move_all_statistics(struct catalog *, struct str schema, struct str to);
/* Comments, options and the like of a part of a relation: their names are, or begin with, "column email". */
void catalog_drop_remarks(struct catalog *, struct relation *, const char *part, struct str name);
/* Those on a type or function that has become another one. */
void catalog_move_remarks(struct catalog *, const bool *from, const bool *to);
void catalog_rename_remarks(struct catalog *, struct relation *, const char *part, struct str old, struct str name);
/* The function of that name, in any schema of the search path when none is given, with these argument types; STR_NONE: the only one. */
struct function *catalog_find_function(const struct catalog *, struct str schema, struct str name, struct str arguments);
/* All of that name, dropped ones too; NULL: none. */
const struct function_set *catalog_functions(const struct catalog *, struct str schema, struct str name);
/* Those of that name, whatever their arguments, are marked; name STR_NONE: all of the schema. */
void catalog_mark_functions(struct catalog *, struct str schema, struct str name);
/* The same function is dropped, with the triggers that call it on cascade. */
/* Its arguments are of those types, with or without the schema of one that is found without it. */
bool function_takes(const struct catalog *, const struct function *, struct str arguments);
void catalog_drop_function(struct catalog *, struct str schema, struct str name, struct str arguments, bool cascade);
/* A trigger has named it, while nothing had made it. */
bool catalog_is_trigger_function(const struct catalog *, struct str schema, struct str name);
/* The triggers that call the function call it by this name from now on. */
void catalog_rename_in_triggers(struct catalog *, struct name old, struct name name);
/* All functions of the schema, with the triggers that call them. */
void catalog_drop_functions(struct catalog *, struct str schema);

/* Of a table or domain in that schema (ConstraintNameExists). */
bool catalog_has_constraint(const struct catalog *, struct str schema, struct str name);

/*
 * A name the server would generate (ChooseRelationName, ChooseConstraintName, ChooseIndexName):
 * table_column_label, cut to 63 bytes, with 1, 2, ... when taken.
 */
struct str catalog_choose_name(struct catalog *, struct relation *table, const struct str *columns, size_t n, const char *label,
    bool is_constraint);

/*
 * The name of an index that was given none (ChooseIndexName): "pkey" names no columns, "key", "excl" and "idx" all of
 * them, those of INCLUDE too. catalog_label_index() names the columns of a new one for good: they follow no rename.
 */
void catalog_label_index(struct catalog *, struct index *);
struct str catalog_index_name(struct catalog *, const struct relation *table, const struct index *, const char *label, bool is_constraint);

/* ---- extension.c: what well-known extensions bring ---- */

enum extension_part { EXTENSION_TYPES, EXTENSION_FUNCTIONS, EXTENSION_OPCLASSES, EXTENSION_RELATIONS, EXTENSION_NEEDS };

/* Names separated by blanks: what it brings, or the extensions it needs; empty: none that are known. */
struct str extension_parts(struct str extension, enum extension_part);
/* What it brings is known. No such one makes an operator or a cast for two of the server's plain types (pg_operator of 15 and 18). */
bool extension_is_known(struct str extension);
bool extension_has(struct str extension, enum extension_part, struct str name);
/* Some extension that is there has it, or may have it, as nothing is known about that one. */
bool catalog_extension_may_have(const struct catalog *, const struct map *, struct name);

/* ---- sequence.c ---- */

/* What a sequence is, spelled out as far as its options leave it to the defaults; type is smallint, integer or bigint. */
struct sequence_shape {
	struct str type, start, increment, min, max, cache;
	bool cycle;
};

struct sequence_shape catalog_sequence(const struct relation *);
/* One of its options says what it would be without. */
bool sequence_option_is_default(const struct relation *, const struct object *);
/* Gives a sequence an owner; NULL: none. */
void catalog_own_sequence(struct catalog *, struct relation *sequence, struct relation *owner, struct str column);

/* ---- inherit.c: CHECK and NOT NULL constraints of parents and children ---- */

/* A CHECK or NOT NULL without NO INHERIT. */
bool constraint_passes_down(const struct constraint *);
/* The child's constraint of the same name, or on the same column; NULL: none. */
struct constraint *constraint_heir(const struct relation *child, const struct constraint *);
/* The child gets one, and its children in turn; what it has already is merged. */
void catalog_inherit_constraint(struct catalog *, struct relation *child, const struct constraint *);
/* INHERIT, ATTACH PARTITION: those that the child has already (MergeConstraintsIntoExisting). */
void catalog_merge_constraints(struct catalog *, const struct relation *parent, struct relation *child);
/* NO INHERIT, DETACH PARTITION (RemoveInheritance). */
void catalog_part_constraints(struct catalog *, const struct relation *parent, struct relation *child);
/* Those of the children stay when this one goes, as with ONLY. */
void catalog_leave_to_children(struct catalog *, const struct constraint *);
/* Takes this one away from the children (dropconstraint_internal). */
void catalog_disinherit_constraint(struct catalog *, const struct constraint *);

/* VALIDATE CONSTRAINT: also those of the children, or partitions, that come from it. */
void catalog_validate_constraint(struct catalog *, struct constraint *);

/* ---- privilege.c ---- */

/* The name of a role where "current_user" stands for the one that is set. */
struct str catalog_role(const struct catalog *, struct str role);
bool catalog_is_owner(const struct catalog *, const struct granted_on *, struct str role);
/* Who gives or takes the privilege as the grantor of it (select_best_grantor): the role that is set, if it has the option. */
struct str catalog_grantor(const struct catalog *, const struct granted_on *, struct str privilege);
/* option: WITH GRANT OPTION, which one that is there keeps; GRANT OPTION FOR. What depends on one that is taken goes, too. */
void catalog_grant(struct catalog *, const struct granted_on *, const struct granted *, bool option);
void catalog_revoke(struct catalog *, const struct granted_on *, const struct granted *, bool option);
/* Taking the option from the role takes privileges from others. */
bool catalog_has_dependents(const struct catalog *, const struct granted_on *, const struct granted *);
/* "alice" of a privilege object's name, "select to alice" or "usage on schema app to alice by bob". */
struct str privilege_grantee(struct str name);

void catalog_grant_default(struct catalog *, const struct default_privilege *);
/* grantable: only the option goes. */
void catalog_revoke_default(struct catalog *, const struct default_privilege *);
void catalog_forget_defaults_of(struct catalog *, struct str role);
/* Those of a schema are of another name; STR_NONE: they are dropped. */
void catalog_move_defaults(struct catalog *, struct str schema, struct str to);
/* What is new belongs to the role that is set, and gets them; what is no relation, with its name, its flag and its owner. */
void catalog_give_defaults(struct catalog *, struct relation *);
void catalog_give_defaults_on(struct catalog *, const char *kind, struct str schema, struct str object, const bool *gone, struct str owner);
void type_give_defaults(struct catalog *, struct typedef_ *);

/* ---- policy.c ---- */

/* NULL: the relation has none of that name. */
struct policy *catalog_find_policy(const struct relation *, struct str name);
/* It was dropped, or its table was. */
bool policy_is_gone(const struct policy *);
/* Of a policy that is not dropped. */
bool policy_uses_column(const struct policy *, const struct column *);
bool policy_reads(const struct policy *, const struct relation *);
/* On cascade: those that use the column of the relation; NULL: those of other tables that read it. */
void catalog_drop_policies(struct catalog *, struct relation *, const struct column *);

/* ---- not_null.c ---- */

/* The constraint of that kind on the column; NULL: none, or none with a name of its own. */
struct constraint *catalog_find_not_null(const struct relation *, struct str column);
/* Sets or takes away NOT NULL, with its constraint; name STR_NONE, or taken: as the server chooses. */
void catalog_set_not_null(struct catalog *, struct relation *, struct column *, enum tri, struct str name);
/* The same for NOT NULL, and for the children unless only. Since 18 one that is there already becomes the table's own. */
void catalog_make_not_null(struct catalog *, struct relation *, struct str column, struct str name, bool only);
/* In CREATE TABLE: a NOT NULL of its own, into which an inherited one is merged. */
void catalog_own_not_null(struct catalog *, struct relation *, struct column *, struct str name);

/* ---- rows.c: which tables hold rows ---- */

/* Rows were put into it, and so into a partition of it or into the table that a view reads; in bulk: many, or nobody knows how many. */
void catalog_add_rows(struct catalog *, struct relation *, bool bulk);
/* These columns of rows that are there were given values; none named: any of them. */
void catalog_write_columns(struct catalog *, struct relation *, const struct str *names, size_t);
/* All its own rows are gone. */
void catalog_remove_rows(struct catalog *, struct relation *, bool truncated, bool alone);
/* The current statement passes only if it has no rows. */
void catalog_take_empty(struct catalog *, struct relation *);
/* So when the next statement begins, whether or not that runs. */
void catalog_take_empty_next(struct catalog *, struct relation *);
/* The current statement may put rows into any table: it runs code that is not followed. */
void catalog_note_unseen(struct catalog *);
/* It does so if a trigger of the relation fires on one of these events. */
void catalog_note_triggers(struct catalog *, const struct relation *, unsigned events);
/* A valid CHECK (false) lets no row in, as the abstract parent of others has it. */
bool relation_refuses_rows(const struct relation *);
/*
 * No or few rows to work through: made by this migration (or by the change), truncated or taken as empty by this file, and not filled in bulk
 * since; or it refuses rows.
 */
enum tri relation_is_small(const struct catalog *, const struct relation *);
/* That, or all its rows were deleted by this file and none were put into it since: nothing is long but to build an index. */
enum tri relation_has_few_rows(const struct catalog *, const struct relation *);
/* Certain to hold no or few rows: made as above and not filled in bulk, or emptied by the open transaction and not written to since. */
enum tri relation_is_empty(const struct catalog *, const struct relation *);
/* NULL in every row: the open transaction added it to a table that was there, without a value, and nothing has written to it since. */
enum tri column_is_unfilled(const struct catalog *, const struct relation *, struct str column);

/* ---- facts.c: what follows from the shadow ---- */

/* An enabled, valid constraint, or NOT NULL itself, proves the column holds no NULL. UNKNOWN on assumed relations. */
enum tri relation_proves_not_null(const struct relation *, struct str column);
/* What cannot be read has run: every table that is there, or of those that its text names, may have an index since. text STR_NONE: it may name any. */
void catalog_note_unread_indexes(struct catalog *, struct place, struct str text);
/* It may have an index that no file shows. */
bool relation_may_have_more_indexes(const struct relation *);
/* A key column; one of an expression or of INCLUDE is not. */
bool index_has_key(const struct index *, struct str column);
/* NULL: it has none that is known. */
const struct constraint *relation_primary_key(const struct relation *);
/* Partitioned: YES, NO, or UNKNOWN for an assumed table. */
enum tri relation_is_partitioned(const struct relation *);
/* The partitioned table it is a partition of; NULL: none. */
struct relation *relation_whole(const struct relation *);
/* Created by this migration. */
bool relation_new_in_migration(const struct catalog *, const struct relation *);
/* Created by the transaction that is open now: no other session can see it. */
bool relation_new_in_transaction(const struct catalog *, const struct relation *);
/* The name by which other sessions know it: the transaction that is open may have given it another one. */
struct name relation_committed_name(const struct catalog *, const struct relation *);
/* By this migration, or by one of the changed files. */
bool birth_in_change(const struct catalog *, const struct birth *);
bool relation_new_in_change(const struct catalog *, const struct relation *);
/*
 * An index or key whose leading columns are the key's, in any order, valid, and whole (or partial only by
 * "column IS NOT NULL" of key columns). UNKNOWN for an assumed table that has none. *by is NULL, too, where another foreign
 * key points at the columns, and no file made the index that it needs.
 */
enum tri foreign_key_is_covered(const struct constraint *, const struct relation **by);
/* An index that begins with some of its columns, the most of them, whose number is put into *n; NULL: none. */
const struct relation *foreign_key_half_index(const struct constraint *, size_t *n);
/* The same test for any list of columns. */
enum tri columns_are_indexed(const struct relation *, const struct str *columns, size_t n, const struct relation **by);
/* In its key, INCLUDE, an expression or the predicate. */
bool index_mentions(const struct index *, struct str column);
bool index_covers(const struct index *, const struct str *columns, size_t n);
/* The unique index that a foreign key to these columns, in any order, would stand on. NULL: none is known. */
struct relation *relation_find_key(const struct relation *, const struct str *columns, size_t n);

#endif
