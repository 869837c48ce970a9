#ifndef CATALOG_TX_H
#define CATALOG_TX_H

#include "catalog/catalog.h"

/* How the runner executes a file (or a section of one). */
enum tx_mode {
	TX_UNKNOWN,
	TX_NONE,                        /* statement by statement, each commits */
	TX_WRAPPED,                     /* the runner puts BEGIN ... COMMIT around it */
	TX_STRING                       /* sent as one string: an implicit transaction as soon as it holds two statements */
};

const char *tx_mode_words(enum tx_mode);

/* How often a migration runs: once, again when its text has changed, or behind whatever is new. */
enum rerun { RUNS_ONCE, RUNS_WHEN_CHANGED, RUNS_EACH_TIME };

struct script;

/* A migration that is to come. */
struct later_file {
	struct place up;                /* its way forward; source NULL: there is none to read */
	struct str folded;              /* its text in small letters */
	struct arena *arena;            /* for what it says: */
	struct script **script;         /* NULL until anyone has asked */
	struct str file;                /* whose migrations come together; empty: this one comes alone */
	enum rerun runs;
};

/* One migration as rules see it. */
struct unit {
	struct str version, name;       /* "20240102", "add users" */
	struct str path;
	struct str file;                /* whose migrations come together; empty: this one comes alone */
	enum tx_mode tx;
	bool alone;                     /* what cannot run in a transaction has to be alone in its file */
	bool wraps;                     /* the runner can leave out the transaction around no file */
	bool together;                  /* the runner puts all files that are pending into one transaction */
	bool doubles;                   /* its files have each semicolon twice that ends no statement */
	const char *brackets;           /* a statement with such semicolons stands between "-- +WORD StatementBegin" and its like; NULL: not so */
	const char *outside;            /* where SQL goes that cannot run in a transaction, in words; NULL: nothing is to be said */
	const char *elsewhere;          /* that it runs on other systems, too, and what to do about SQL of PostgreSQL alone, in words; NULL: it does not */
	const char *unplaced;           /* why nobody knows which of the others run before it; NULL: it is known */
	struct str doubt;               /* the condition, as it is written, under which all of it runs; STR_NONE: it does */
	struct place doubt_place;
	bool down;                      /* the way back */
	bool shares_file;               /* others of its file may run with it: all of the history was read, and not what is new */
	bool fills_file;                /* all of the history is in its file, which grows with each release */
	bool reported;                  /* findings in it are shown; otherwise it is context */
	unsigned ordinal;               /* from 1 */
	size_t statements;
	struct place unrepeatable;      /* the first statement that is committed by itself and would fail when run again */
	const struct later_file *later; /* the files that follow */
	size_t nlater;
	struct place back;              /* its way back, as it is written; source NULL: there is none to read */
	struct script **back_script;    /* the same, lowered by who asks first; *back_script NULL: nobody has */
	struct place after;             /* the last CONCURRENTLY behind it; none: nothing comes behind it */
};

/* What is odd about a file, or about its place in the history. */
enum file_problem {
	FILE_SAME_VERSION,              /* another migration has its version */
	FILE_UNNATURAL_ORDER,           /* the runner compares texts, so that it runs before the other, whose number is smaller */
	FILE_GAP,                       /* the runner wants every number, and one before it is missing */
	FILE_OUT_OF_ORDER,              /* it is new, and comes before one that is there already */
	FILE_EDITED_LATER,              /* it is there already, and is changed */
	FILE_NOT_LISTED,                /* the list of migrations lacks it */
	FILE_GONE,                      /* the list names it, and it is not there */
	FILE_NO_WAY_FORWARD,            /* it undoes what no file does */
	FILE_STRAY,                     /* it lies among migrations and is none */
	FILE_OTHER_FORM,                /* its version is no time stamp, as those of nearly all others are */
	FILE_OTHER_FRAMEWORK,           /* it is named or marked as another framework wants it */
	FILE_OTHER_DATABASE,            /* it is for another database system */
	FILE_REFUSED,                   /* the runner refuses it, or all because of it */
	FILE_SUM_DIFFERS,               /* its checksum, which is kept beside it, is another one */
	FILE_BEHIND                     /* its time is before that of the other, which runs first: where that has run it never runs */
};

const char *file_problem_word(enum file_problem);       /* "same version" */

struct file_note {
	enum file_problem problem;
	struct place at;                /* the file */
	struct place other;             /* the other one, or the list; none: there is none */
	struct str version;
	struct str detail;              /* what it is about, in words: the missing number, the other system, the reason; may be empty */
	size_t more;                    /* other files of which the same is to be said */
	bool by_name;                   /* of another system: its name or folder says so */
	bool common;                    /* of one version: so many others are there twice that what runs them does not mind */
};

struct held_lock {
	struct relation *relation;
	enum lock lock;
	struct place place;             /* the statement that took it first at this strength */
	unsigned statement;             /* its running number */
	struct place barrier;           /* the statement that stopped writes first; nowhere: none has */
	unsigned barrier_statement;     /* its running number */
	struct str barrier_if;          /* the condition of code that all hang on that would stop writes; STR_NONE: one of them runs */
	bool doubtful;                  /* nobody knows whether what that statement drops, and locks the relation for, is there */
};

/* A session setting; times in milliseconds. */
struct setting {
	enum tri known;                 /* NO or UNKNOWN: nobody said */
	int64_t value;
	struct str text;                /* as written, for settings that are not times */
	struct place place;             /* of the SET; none when it comes from the configuration */
};

enum setting_name { SETTING_LOCK_TIMEOUT, SETTING_STATEMENT_TIMEOUT, SETTING_IDLE_TIMEOUT, SETTING_TIMEZONE,
	SETTING_REPLICATION_ROLE, SETTING_SEARCH_PATH, SETTING_ROLE, SETTING_AUTHORIZATION, SETTING_FUNCTION_BODIES, SETTING_CUSTOM, SETTING_COUNT = SETTING_CUSTOM + 4 };

const char *setting_word(enum setting_name);            /* "lock_timeout"; of those before SETTING_CUSTOM */
/* -1: not one we follow in every session, those before SETTING_CUSTOM */
int setting_find(struct str name);
/*
 * A time as the server reads it (parse_int with GUC_UNIT_MS): "5s", "5", "1min", "0", "1.5 h". Without a unit: milliseconds.
 * false: the server would reject it for a timeout.
 */
bool setting_time(struct str text, int64_t *milliseconds);

/* A boolean as the server reads it (parse_bool()): "off", "f", "1". UNKNOWN: it would reject it. */
enum tri setting_bool(struct str text);

/* What a transaction, or a savepoint in it, does to a setting (GucStack of guc_tables.h). */
struct setting_change {
	size_t level;                   /* 1: of the transaction itself; one more for each savepoint around */
	enum { SET_SESSION, SET_LOCAL, SET_SESSION_THEN_LOCAL } kind;
	struct setting prior;           /* to return to on ROLLBACK; after SET_LOCAL also on COMMIT */
	struct setting masked;          /* SET_SESSION_THEN_LOCAL: to return to on COMMIT */
};

VEC_TYPE(setting_changes, struct setting_change);

/* Whose sessions begin with a setting. */
enum setting_scope { OF_ALL_ROLES, OF_DATABASE, OF_ROLE };

/* The session and its transaction. */
struct session {
	struct str only_if;             /* the condition of code under which the statements now run; STR_NONE: they do */
	struct arena *arena;
	struct catalog *catalog;
	enum tx_mode mode;              /* of the file */
	enum tri open;                  /* in a transaction block now */
	bool explicit_block;            /* opened by BEGIN in the file */
	bool wrapped;                   /* opened by the runner */
	bool implicit;                  /* opened by the server, for a string of several statements */
	struct place begin;             /* the BEGIN, if there is one */
	unsigned transaction;           /* ordinal of the current or last transaction, from 1; catalog->now.transaction follows */
	size_t undo_mark;               /* of the catalog, at its start */
	VEC(struct held_lock) locks;    /* held by the open transaction, strongest per relation */
	VEC(struct savepoint) savepoints;
	unsigned long_work;             /* operations of the open transaction that worked through many rows under AccessExclusiveLock */
	unsigned perhaps_long_work;     /* operations of it that may have */
	unsigned inversions;            /* operations of it that locked a table after one it references */
	unsigned waits;                 /* statements of this file that wait for a strong lock with lock_timeout 0 */
	unsigned waits_unsaid;          /* statements of the whole run that do when nobody said what lock_timeout is */
	struct str within, as_role;     /* what session_within() says */
	struct setting settings[SETTING_COUNT];         /* in force now; catalog->search_path and role follow */
	struct setting_changes changes[SETTING_COUNT];  /* of the open transaction, innermost last */
	struct str custom[SETTING_COUNT - SETTING_CUSTOM];      /* names of settings that the server does not know, "app.migrating" */
	struct setting defaults[SETTING_COUNT];         /* of sessions that start: from the configuration, or of the role or database */
	enum setting_scope scopes[SETTING_COUNT];       /* of those defaults that statements have given */
	struct setting reset[SETTING_COUNT];            /* they, when this one started: what RESET returns to */
};

struct savepoint {
	struct str name;
	size_t undo_mark;
	const struct held_lock *locks;  /* held when it was set */
	size_t nlocks;
};

struct session *session_new(struct arena *, struct catalog *);
/* The runner starts a file; opens its transaction when it wraps one. Settings start from the defaults: each file is a new session. */
void session_start(struct session *, enum tx_mode, size_t statements);
/* The runner ends it; a transaction of its own is committed. Returns true when the file left an explicit one open. */
bool session_end(struct session *);
/*
 * Before every statement: outside a block it is a transaction of its own, unless it comes behind a COMMIT in a string of
 * several statements, where the rest is in an implicit block again.
 */
void session_statement(struct session *);
/* Until the next statement new objects go into that schema and belong to that role; STR_NONE: as set. */
void session_within(struct session *, struct str schema, struct str role);
/* A DO block or function runs: outside a block its statements are one transaction. Returns whether that was begun here. */
bool session_enter_code(struct session *);
void session_leave_code(struct session *);
/* Inside a block: nothing (a WARNING), but an implicit block becomes a regular one. */
void session_begin(struct session *, struct place);
/* Outside a block: nothing (a WARNING; with chain, an error). When nobody knows whether there is one, there is none afterwards. */
void session_commit(struct session *, bool chain, struct place);
void session_rollback(struct session *, bool chain, struct place);
/* Of savepoints: nothing outside a regular block, or where there is no savepoint of that name (errors). */
void session_savepoint(struct session *, struct str name);
void session_rollback_to(struct session *, struct str name);
void session_release(struct session *, struct str name);
/* Also a custom one, which has a dot in its name. -1: none that has been set, or that can be followed besides the others. */
int session_find_setting(const struct session *, struct str name);
int session_add_setting(struct session *, struct str name);
/*
 * SET [LOCAL] name = text; the text as set_config() takes it, where search_path is a list of identifiers, quoted as needed.
 * A text that the server rejects changes nothing. SET LOCAL outside a transaction does nothing; where there may be none,
 * whether the setting is known becomes UNKNOWN.
 */
void session_set(struct session *, enum setting_name, struct str text, bool local, struct place);
/* RESET name, SET [LOCAL] name TO DEFAULT */
void session_reset(struct session *, enum setting_name, bool local, struct place);
/*
 * ALTER DATABASE or ROLE ... SET name = text, or RESET (STR_NONE): of the sessions to come. A narrower scope goes before a wider
 * one (process_settings()), and what the configuration says before all.
 */
void session_set_later(struct session *, enum setting_name, struct str text, enum setting_scope, struct place);
void session_hold(struct session *, struct relation *, enum lock, struct place, unsigned statement, bool doubtful);
/* The strongest lock the open transaction holds on the relation (NULL: on any relation that other sessions can see). */
const struct held_lock *session_holds(const struct session *, const struct relation *);

#endif
