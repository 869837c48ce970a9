#ifndef ADAPTER_LIQUIBASE_H
#define ADAPTER_LIQUIBASE_H

#include "adapter/adapter.h"

struct changeset {
	struct candidate c;             /* version: the id; name: the author; up: the file it stands in */
	struct part up, down;
	bool one_way;                   /* nothing has to be undone */
	bool unread;                    /* it holds changes in another language */
	bool derived;                   /* nobody wrote its way back */
	enum rerun runs;
	struct str dbms;                /* as it is written; empty: it runs on all */
	bool only_here;                 /* its conditions hold on no other system */
	bool root;                      /* no file that is read includes its file */
	struct str only_if;             /* as in struct migration */
	struct place only_if_at;
};

/* What is known while a tree of changelogs is read. */
struct changelog {
	struct adapter_run *run;
	struct map properties;          /* name -> struct str */
	struct map ids;                 /* file, author and id -> struct place */
	struct map keys;                /* "schema.table" -> struct str, the name of its primary key */
	struct map dropped_keys;        /* names of primary keys that a change of any tree drops, as the server knows them */
	struct map tables;              /* "schema.table" -> the root that makes it */
	void *root;                     /* the changelog that is read, with what it includes */
	size_t made, made_before;       /* tables that it makes, and those that another root has made */
	bool other_systems;             /* something is for another database system */
	VEC(struct changeset) sets;     /* as they run */
};

/* How liquibase runs the text of a changeset. */
struct running {
	bool transaction, splits, strips;
	struct str delimiter;           /* empty: ";" */
};

/* Of the attributes runAlways and runOnChange. */
enum rerun liquibase_runs(bool always, bool on_change);
/* A changeset that is said to be for these databases runs on PostgreSQL, too. */
bool liquibase_dbms(struct str list);
/* And on no other system. */
bool liquibase_only_here(struct str list);
/* The same as liquibase_dbms(); and what else it names is noted. */
bool liquibase_note_dbms(struct changelog *, struct str list);
enum tx_mode liquibase_mode(const struct running *);
/* Says so when liquibase would cut a dollar-quoted text of the part in two. */
void liquibase_check_split(struct changelog *, struct str file, const struct part *, const struct running *);
/* The text with ";" where another delimiter ends a statement; the same source if there is none. */
struct part liquibase_delimit(struct arena *, struct part, const struct running *);
/* The same of the context, where it is the name of a database. */
bool liquibase_context(struct str);
/* Notes when the changeset's file has another one of its author and id. */
void liquibase_know(struct changelog *, const struct changeset *, struct place);
void liquibase_add(struct changelog *, const struct changeset *);
/* An SQL file, formatted or not, with its properties replaced. */
struct source *liquibase_source(struct changelog *, struct str file);
/* The same of a source that was read already. */
struct source *liquibase_fill(struct changelog *, struct source *);
/* A property's value goes into what is read from now on. The first one stays. */
void liquibase_property(struct changelog *, struct str name, struct str value);

/* liquibase_condition.c: SQL that is true where the query returns what is expected, or the table or view exists; one that nothing is known of where it is not to be understood. */
struct str liquibase_sql_check(struct arena *, struct str query, struct str expected);
struct str liquibase_exists(struct arena *, bool view, struct str schema, struct str name);
/* onFail: where its conditions do not hold a changeset is left out, and the next one runs. */
bool liquibase_leaves_out(struct str fails);

/* formatted_sql.c */

/* The first line that is not empty is "--liquibase formatted sql". */
bool formatted_sql(struct str text);
/* Adds the changesets of a formatted file. */
void formatted_sql_read(struct changelog *, struct str file);

#endif
