#ifndef ADAPTER_ADAPTER_H
#define ADAPTER_ADAPTER_H

#include "base/buf.h"
#include "base/map.h"
#include "catalog/tx.h"
#include "text/diag.h"

/* One direction of a migration: a piece of a file that runs as a unit. */
struct part {
	struct source *source;          /* NULL: there is none */
	struct span span;
	enum tx_mode tx;
};

struct migration {
	struct str version;             /* as the framework orders it; may be empty */
	struct str name;
	struct part up, down;           /* a way back may lack its way forward, and the other way round */
	bool named;                     /* the user named one of its files, or their directory */
	bool editable;                  /* that its file changed is no mistake: it runs again, or the file holds others, too */
	bool one_way;                   /* it says that nothing has to be undone, or what undoes it is in another language */
	bool unread;                    /* in another language than SQL: what it does, and what undoes it, is not known */
	bool whole;                     /* without a transaction one of its ways is one string, whatever the framework does with others */
	bool derived;                   /* nobody wrote its way back: the framework makes it */
	bool wraps;                     /* as in struct adapter, of this project's version or this runner of several */
	bool together;                  /* its transaction goes on into others that are pending, too */
	const char *elsewhere;          /* that it runs on other systems, too, and what to do about SQL of PostgreSQL alone, in words; NULL: it does not */
	const char *unplaced;           /* why nobody knows which of the others run before it; NULL: it is known */
	struct str only_if;             /* SQL: it runs only where that is true; empty: always */
	struct place only_if_at;        /* where the file says so */
	unsigned generated;             /* of those that were made in one go, and run where the first of them does; 0: it was written alone */
	struct str file;                /* a listed file whose migrations come together; empty: this one comes alone */
	enum rerun runs;
	const char *outside;            /* where the framework wants SQL that cannot run in a transaction, in words; NULL: as the others */
	const char *outside_back;       /* the same of its way back; NULL: no other place */
};

/* A directory listing (recursive), read once. */
struct listing {
	struct arena *arena;
	struct str root;                /* as the user gave it; empty for a single file or standard input */
	struct str *files;              /* relative to root, sorted by name */
	size_t nfiles;
	const struct map *texts;        /* file -> struct str, instead of what the file holds; NULL: none */
	struct str_list samples;        /* what some of its SQL files hold, while the framework is looked for */
};

/* What became of a file that the user named, as far as that is known. */
enum file_change { FILE_NAMED, FILE_ADDED, FILE_EDITED };

struct named_file {
	enum file_change change;
	struct str path;                /* as the user gave it */
	bool taken;                     /* it belongs to a migration of this framework */
};

/* A runner of one's own. What is empty is not used. */
struct custom_framework {
	struct str files;               /* a glob; empty: every SQL file */
	struct str down_files;          /* ways back in files of their own, which have the version of their way forward */
	struct str up, down;            /* what a line begins with that begins a way */
	struct str no_transaction;      /* what a line begins with that takes the transaction away, from the section it is in */
	struct str prefix, suffix;      /* of placeholders */
	enum tx_mode tx;                /* otherwise; UNKNOWN: not said, each statement commits */
};

/* What the configuration says for adapters. */
struct adapter_settings {
	struct custom_framework custom;
	struct map placeholders;        /* name -> struct str, the value */
};

/* What an adapter works on. */
struct adapter_run {
	struct arena *arena;
	const struct listing *listing;
	const struct adapter_settings *settings;        /* NULL: nothing is configured */
	struct map *stand_ins;          /* gets the identifiers that stand for placeholders without a value (text/stand_in.h); NULL: not kept */
	struct diags *diags;            /* files that cannot be read, broken sidecars */
	/*
	 * The listed files that the user named. What the framework runs after the last migration with one of them is left
	 * out, and of those without one only the way forward is read. NULL: everything is listed.
	 */
	struct map *named;              /* file -> struct named_file */
	bool whole;                     /* nothing is left out, even so */
	unsigned versions;              /* those of the adapter, which may find that these files are thought of otherwise */
	struct str schema;              /* that the framework runs in, when it is told to; empty: it is not */
	VEC(struct migration) migrations;       /* in the order the framework runs them */
	VEC(struct migration) behind;   /* of what was left out behind those, what runs there more than once */
	VEC(struct file_note) notes;    /* what is odd about files */
	struct str_list others;         /* the systems of files that were left out because of their words */
	bool one_system;                /* all its files run on one, as a framework is known that runs them */
	struct map postgres;            /* folder -> whether a file in it is PostgreSQL's for sure, once that is asked */
};

/* What a framework thinks of versions. */
enum {
	VERSIONS_DIFFER = 1,            /* two migrations of one version: it refuses them, or runs only one */
	VERSIONS_WITHOUT_GAP = 2,       /* it refuses a history where a number is missing */
	VERSIONS_ARE_TEXT = 4,          /* it compares them as text: "10" runs before "9" */
	VERSIONS_RUN_LATE = 8,          /* it runs what is new, even when something later has run already */
	VERSIONS_ARE_NUMBERS = 16,      /* it compares them as numbers, of any length */
	VERSIONS_ARE_NAMES = 32         /* it compares none: they are ids, and one that is missing tells nothing */
};

struct adapter {
	const char *name, *doc;
	const char *layout;             /* "NAME.up.sql, NAME.down.sql" */
	const char *also;               /* other names it is found by, separated by spaces; NULL: none */
	unsigned versions;              /* VERSIONS_DIFFER | ... */
	bool alone;                     /* without a transaction a file is one string, or may hold nothing that could run in one */
	bool wraps;                     /* each file runs in a transaction, and nothing makes it leave that out */
	bool together;                  /* one transaction holds all files that are pending */
	bool doubles;                   /* a semicolon that ends no statement, as in the body of a function, is written twice */
	const char *brackets;           /* such a statement stands between "-- +WORD StatementBegin" and "-- +WORD StatementEnd"; NULL: it need not */
	bool printed;                   /* its tool prints the files: one may come on standard input */
	bool includes;                  /* a file may name others, anywhere below its directory */
	/* How sure it is that the listing is its own: 0 not at all, 100 certain; *why, if given, a short reason. */
	int (*detect)(const struct listing *, struct str *why);
	/* Fills run->migrations. */
	void (*list)(struct adapter_run *);
};

/* A directory, or a single file as a listing of one. -1 with *err when it cannot be read. Hidden entries are skipped. */
int listing_read(struct arena *, struct str path, struct listing *, struct err *);
/* The same, with that many levels of subdirectories. */
int listing_read_levels(struct arena *, struct str path, unsigned levels, struct listing *, struct err *);
bool listing_has(const struct listing *, struct str file);
/* "a/b" and "c.sql" of "a/b/c.sql"; the directory may be empty. */
struct str listing_dir(struct str file);
struct str listing_base(struct str file);
/* The path from that directory on, relative to the root of the listing, without "." and "..". */
struct str listing_path(struct arena *, struct str dir, struct str path);
/* A directory ("": the working one) as an absolute path without links; STR_NONE: there is none. */
struct str directory_real(struct arena *, struct str dir);
/* Both are absolute: the rest of the path, which is empty when it is the directory; STR_NONE: it is not below. */
struct str path_below(struct str dir, struct str path);
/* Without .sql, .psql or .pgsql at its end, in any case. */
struct str listing_stem(struct str file);
/* Ends so, or is the single file that the user named. */
bool listing_sql(const struct listing *, struct str file);
/* How many files are SQL; how many of them have a name that ends so. */
size_t listing_count(const struct listing *, const char *suffix);
/* More than half of the SQL files pass the test of their texts, going by a few of them. */
bool listing_mostly(const struct listing *, bool (*test)(struct str text));
/* While the framework is looked for. Of one file, at any time: */
bool listing_passes(const struct listing *, struct str file, bool (*test)(struct str text));
/* The path of a listed file as the user would write it. */
struct str adapter_path(struct arena *, const struct listing *, struct str file);
/* The source of a listed file as it is, maybe of one that is not on disk; NULL with *err when it cannot be read. */
struct source *listing_source(struct arena *, const struct listing *, struct str file, struct err *);

/* Fills run->migrations and run->notes. */
void adapter_list(const struct adapter *, struct adapter_run *);
const struct adapter *adapter_find(struct str name);
const struct adapter *adapter_detect(const struct listing *, struct str *why);
const struct adapter *const *adapters(size_t *n);

/* ---- for the adapters ---- */

/* A migration before its files are read. */
struct candidate {
	struct str dir;                 /* where its directory keeps migrations; usually empty */
	struct str version, name;
	struct str up, down;            /* listed files; empty: none */
	bool code_up, code_down;        /* in another language than SQL */
};

VEC_TYPE(candidates, struct candidate);

/* How versions compare. */
enum version_order {
	BY_GUESS,                       /* as numbers, but two time stamps (14 digits, and a suffix of digits) as text */
	BY_NUMBER,                      /* of any length */
	BY_TEXT,                        /* byte by byte */
	BY_NAME                         /* the directories and the names of the files do, byte by byte */
};

/* Sorts by directory, version and name. */
void candidates_sort(struct candidates *, enum version_order);
/* Marks the named files as taken, and drops what comes after the last candidate that has one. */
void candidates_cut(const struct adapter_run *, struct candidates *);
/* Of a version: nothing but digits, and some. */
bool all_digits(struct str);
/* "V1.10" and "add users" of "V1.10__add users"; the version is empty when the name does not begin with one. */
void candidate_name(struct candidate *, struct str stem);
/* Whether the user named the file, or everything is listed. */
bool adapter_named(const struct adapter_run *, struct str file);
/* The same of one of the migration's files. */
bool candidate_named(const struct adapter_run *, const struct candidate *);
/* The file is the framework's, even if it holds no migration. */
void adapter_take(const struct adapter_run *, struct str file);

/* The source of a listed file, psql input masked; NULL and a diagnostic when it cannot be read. */
struct source *adapter_source(struct adapter_run *, struct str file);
/* All of a file as one part; none when file is empty or cannot be read. */
struct part adapter_part(struct adapter_run *, struct str file, enum tx_mode);
/* The same of what may be a template; its span is empty when nothing of that can be read, which is said. */
struct part adapter_template_part(struct adapter_run *, struct str file, enum tx_mode);
/* Adds a migration, unless it has no part. One is unread when nothing of its text is in its way forward. */
void adapter_add(struct adapter_run *, const struct candidate *, struct part up, struct part down);
/* Reads both files, in the same mode, and adds the migration. */
void adapter_add_files(struct adapter_run *, const struct candidate *, enum tx_mode);
/* A migration in another language than SQL: it is not read, but keeps its place among the versions. */
void adapter_add_code(struct adapter_run *, const struct candidate *);
/* ".ts" and its like, which a file of that name ends in; empty: it is no program, or a test. */
struct str adapter_code(struct str base);
/* Says that there are so many. */
void adapter_note_code(struct adapter_run *, size_t n);
/* Adds all of them, their files read that way, and notes those in another language. */
void adapter_add_each(struct adapter_run *, const struct candidates *, struct part (*read)(struct adapter_run *, struct str file));
/* The file is for another database: that is noted, and nothing of it is read. */
bool adapter_other_database(struct adapter_run *, struct str file);
/* The same by words that PostgreSQL could not read. */
bool adapter_other_text(struct adapter_run *, struct str file, const struct source *);
/* The file's text is not one that the framework would run. */
void adapter_mistake(struct adapter_run *, struct source *, struct span, const char *rule, struct str message);
/* Says, in place of the files, what nothing is known of. */
void adapter_unread(struct adapter_run *, struct str message);
/* Says that something is odd about a listed file, or a place in one that was read; other may be none. */
void adapter_note_file(struct adapter_run *, enum file_problem, struct str file, struct place other, struct str version, struct str detail);
void adapter_note(struct adapter_run *, enum file_problem, struct place, struct place other, struct str version, struct str detail);
/* "down", "rollback" and the like, which files and folders of ways back are called. */
bool adapter_back_word(struct str word);
/* "-- WORDS", in any case, with *rest behind it, which does not go on with the last word. */
bool adapter_marker(struct str line, const char *words, struct str *rest);

/* split.c: runners that end a statement at the end of a line, whatever SQL says */

enum split_line { SPLIT_SQL, SPLIT_NOTHING, SPLIT_BEGIN, SPLIT_END, SPLIT_WAY };

struct splitter {
	const char *runner;
	/* What a line is, in front of the next statement or inside one; BEGIN and END go around one that is not split. */
	enum split_line (*read)(struct str line, bool inside);
};

/* Says where a statement is cut inside quotes, and which one has no end. */
void split_check(struct adapter_run *, struct source *, const struct splitter *);
/* All of that text is between one BEGIN and its END: it is sent as one string. */
bool split_whole(struct str, const struct splitter *);

/* section.c: files that hold both ways, divided by lines */

enum way { WAY_NONE, WAY_UP, WAY_DOWN };

struct section {
	enum way way;                   /* NONE: the head of the file, or what runs neither way */
	struct span line;               /* that it begins with; len 0: the head */
	size_t from, to;                /* with the line */
};

VEC_TYPE(sections, struct section);

struct marks {
	/* What a line begins; *begins is false when it begins nothing. */
	enum way (*read)(struct str line, bool *begins);
	const char *up;                 /* "-- +goose Up" */
	const char *refuses;            /* its name, where it refuses a file that holds anything but lines with "--" before that; NULL: it passes over it */
	/* Whether the framework takes a file of this name; NULL: every SQL file. */
	bool (*takes)(struct str base);
	/* How the sections of a way run. */
	enum tx_mode (*mode)(struct str text, const struct sections *, enum way);
	/* What the framework makes of a file before it looks for marks; NULL with a diagnostic: nothing. NULL: the file as it is. */
	struct source *(*fill)(struct adapter_run *, struct source *);
	void (*check)(struct adapter_run *, struct source *);   /* says what the framework cannot run of a file that is named; NULL: nothing */
	const struct splitter *splitter;        /* by which it splits what runs without a transaction; NULL: in another way */
	const char *code;               /* endings of migrations in other languages, "go py", which are not read; NULL: none */
	bool no_up;                     /* a file without a mark is a way forward */
	bool all_or_marked;             /* with no_up: such a file runs with its way back, and in any other nothing before the mark runs */
	bool flat;                      /* files in directories below one that holds some are no migrations */
	bool once;                      /* what looks like a second mark of a way is text */
	bool last_down_first;           /* the sections of the way back run in reverse */
	enum version_order order;
	int (*compare)(const void *, const void *);     /* the order of two candidates, where it is one of its own; NULL: see order */
};

/* marks.read of a framework whose files are one way forward. */
enum way no_marks(struct str line, bool *begins);
struct sections sections_read(struct arena *, struct str text, const struct marks *);
/* The first line, in front of the first mark, of what is neither a comment nor empty; length 0: nothing. */
struct span head_statement(struct str head);
/* Says that such a thing never runs, and what marks.refuses is about. */
void head_report(struct adapter_run *, struct source *, struct str head, const char *up, const char *refuses);
/* Lists the files of a framework with such marks, by version. What cannot run is said. */
void sections_list(struct adapter_run *, const struct marks *);
/* 95 when a line of most samples begins a way forward, else 0. */
int sections_detect(const struct listing *, const struct marks *);

/* pairs.c: NAME.up.sql and NAME.down.sql, or another ending of SQL */

/* It is one of them. */
bool pairs_way(struct str file, bool *up);
/* Most SQL files are named so. */
bool pairs_most(const struct listing *);
/*
 * All of them, sorted and cut; files for other databases are left out, and one for PostgreSQL alone goes before the one for all. code: what those
 * in another language end in, ".go"; NULL: there are none.
 */
void pairs_find(struct adapter_run *, const char *code, enum version_order, struct candidates *);

/* state.c: takes out, and says so, what holds the schema that the other candidates end in */
void states_leave_out(struct adapter_run *, struct candidates *);
/* Says that a file which holds such a schema was not read. */
void state_note(struct adapter_run *, struct str path, const char *message);

/* What the file of that name holds that is in the listing's directory or above, up to the top of the repository; STR_NONE: there is none. */
struct str listing_nearest(const struct listing *, const char *name);
/* The same of the nearest file that has one of the names, which end with NULL. */
struct str listing_nearest_of(const struct listing *, const char *const *names, const char **found);
/* It holds the word. */
bool listing_near(const struct listing *, const char *name, const char *word);
/* tool_version.c: the newest version that the project's files nearby say behind one of the names of a tool is before that; false: they say none. */
bool tool_is_older(const struct listing *, const char *const *names, int major, int minor);
/* The same, or they say none. */
bool tool_may_be_older(const struct listing *, const char *const *names, int major, int minor);

/* order.c: what adapter_list() notes about the order of what the adapter found */
void order_note(struct adapter_run *);

/* mixture.c: what adapter_list() notes about files of other frameworks; said has been what is behind so many diagnostics */
void mixture_note(const struct adapter *, struct adapter_run *, size_t diags);

/* making.c: a text that is put together from pieces of files, as a migration that stands in several places of one. */

struct making {
	struct arena *arena;
	const struct source *file;
	struct buf text, sql;
	VEC(struct excerpt) pieces;
};

struct making making_of(struct arena *, const struct source *file);
/* Goes on with that part of the file. */
void making_take(struct making *, struct span);
/* Goes on with another text, which stands for that part of the file; its len is not 0. */
void making_put(struct making *, struct str text, struct span instead_of);
/* The same for a part of any file. */
void making_put_at(struct making *, struct str text, struct place instead_of);
/* Goes on with a part of another file, or of a source that was made of pieces of files. */
void making_join(struct making *, const struct source *, struct span);
/* The source of what was made. What is said of it points into the file. */
struct source *making_end(struct making *);

/* placeholder.c */

/* How a framework marks what it replaces: PREFIX NAME SUFFIX. */
struct placeholder {
	const char *prefix, *suffix;    /* the suffix may be empty: the name ends where the word does */
	bool upper;                     /* names have capital letters only */
	bool spaced;                    /* there may be spaces around the name */
};

/*
 * The file with the placeholders replaced wherever they stand, also in literals, by what the configuration says, else by
 * an identifier that resembles the name. The list ends with a prefix of NULL. The same source when there is none.
 */
struct source *placeholders_replace(const struct adapter_run *, struct source *, const struct placeholder *list);
/* The same with values (struct str) of the framework's own configuration, which that of the program overrides. */
struct source *placeholders_fill(const struct adapter_run *, struct source *, const struct placeholder *list, const struct map *own);
/*
 * The same for {{ .Name }} and {{ index .Map "Name" }}; of {{ if .postgres }} and its like the branch for PostgreSQL. NULL, and
 * said, when a template makes up SQL.
 */
struct source *go_template_fill(struct adapter_run *, struct source *);
/* The same of a file in which braces stand where SQL has none; any other is returned as it is. */
struct source *template_fill(struct adapter_run *, struct source *);
/* What stands for the placeholder of that name, which is written so. */
struct str placeholder_value(const struct adapter_run *, struct str name, struct str written);

/*
 * comment_name.c: of a part, the same for a comment directly in front of ".name" where no name can end, which a runner of one's own replaces by a
 * schema. false: there is none.
 */
bool comment_names_fill(const struct adapter_run *, struct part *);

/*
 * block.c: a file that is a block of PL/pgSQL, as a runner of one's own puts it into DO: that statement. NULL: it is something else.
 * "$name$" in front of "_" is a placeholder there.
 */
struct source *block_wrap(const struct adapter_run *, struct source *);

/* dialect.c: the database system that a file is for; STR_NONE: PostgreSQL, or nothing tells */

/* Of a word that names one: "mysql". */
struct str dialect_of_word(struct str);
bool dialect_is_postgres(struct str word);
/* By its name and its folders, of which one for PostgreSQL must be a neighbour. */
struct str dialect_of_path(const struct listing *, struct str file);
/* By words that PostgreSQL could not read. */
struct str dialect_of_text(struct str sql);
/* It has words that other systems hardly have: types, AS $$. */
bool dialect_says_postgres(struct str sql);

/*
 * home_schema.c: the one schema by which the migrations know several relations that they make without a schema, so that
 * whatever runs them must make it the first in the search path; empty: they tell of none, of several, or set the path.
 */
struct str home_schema(struct arena *, const struct migration *, size_t n);

/* ini.c: files of lines KEY = VALUE, maybe with sections: properties, TOML, the configuration of git */

struct ini {
	struct arena *arena;
	struct str rest, section;
	struct str key, value;          /* SECTION.KEY; without quotes */
};

struct ini ini_of(struct arena *, struct str text);
bool ini_next(struct ini *);

/* application.c: the configuration of an application around the migrations */

struct pair {
	struct str key, value;          /* "flyway.mixed" */
};

VEC_TYPE(properties, struct pair);

/*
 * Of application.properties or application.yml, there or in config, up to four directories above the listing. Keys of YAML have dots, and none has
 * "spring." or "quarkus." in front; what only the environment knows is left out.
 */
struct properties application_properties(const struct listing *);

/* locations.c: the directories that Flyway is told to read */

struct found_locations {
	bool *holds;                    /* for each file of the listing, whether it is in one of them */
	size_t n;                       /* how many of them hold SQL files of the listing */
	bool twice;                     /* one of them fits several directories, as that of several modules does */
};

/* Of "classpath:db/a, filesystem:sql" what their paths end with. */
void locations_add(struct arena *, struct str_list *, struct str text);
struct found_locations locations_find(const struct listing *, const struct str_list *);
/* flyway.c: it is told to read several directories of the listing, which are one history. */
bool flyway_joins(const struct listing *);

/* code_files.c: files of Java, Kotlin ... in the listing, and in the source directories that stand beside its resources */

struct code_file {
	struct str file;                /* relative to the listing's root */
	struct str beside;              /* where an SQL file of the same directory would be, as its path tells */
};

VEC_TYPE(code_files, struct code_file);

struct code_files code_files_find(const struct listing *, const struct str_list *locations);

/* scan.c: SQL as far as its tokens go */

enum scan_kind { SCAN_WORD, SCAN_NAME, SCAN_TEXT, SCAN_SIGN };

/* Starts as { .text = text }. */
struct scan {
	struct str text;
	size_t at;                      /* behind the token */
	enum scan_kind kind;            /* a word or number, a quoted name, a literal, one other sign */
	struct str token;
	unsigned parens;                /* open in front of the token */
};

/* The next token behind white space and comments; false: there is none. */
bool scan_next(struct scan *);
/* The token is that word, in any case, or that sign. */
bool scan_is(const struct scan *, const char *word);
/* Of a word or variable, as variable_char of psqlscan.l; an identifier may hold a dollar sign, too. */
bool scan_is_name(char);
/* Where what begins at that place ends: a quoted text, a comment with those inside it, a dollar quote (or one sign), a line. */
size_t scan_quoted(struct str text, size_t at, bool escapes);
size_t scan_comment(struct str text, size_t at);
size_t scan_dollar(struct str text, size_t at);
size_t scan_line_end(struct str text, size_t at);

/* mask.c */

/*
 * Blanks in source->sql what psql would not send to the server: backslash
 * commands (also at the end of a statement, where \g and its kin become ";"),
 * the rows of COPY ... FROM stdin up to "\.", and the colon of :name, :'name' and
 * :"name" in files that use psql commands. Knows quotes, dollar quotes and nested comments. Rows that no "\." ends
 * are left alone: as data they would hide the rest of the file. Variables that stand for a schema are put into stand_ins,
 * if it is given.
 */
void mask_psql(struct arena *, struct source *, struct map *stand_ins);
/* After that, the variables of a file without psql commands, too; bodies: also in dollar quotes, as no psql does, those that stand outside of them before. */
void mask_psql_script(struct arena *, struct source *, struct map *stand_ins, bool bodies);

/*
 * Adding a framework: write adapter/NAME.c that exports `const struct adapter adapter_NAME`,
 * and a fixture under tests/adapters/NAME. Nothing else is touched.
 */

#endif
