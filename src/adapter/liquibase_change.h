#ifndef ADAPTER_LIQUIBASE_CHANGE_H
#define ADAPTER_LIQUIBASE_CHANGE_H

#include "adapter/changelog.h"
#include "adapter/liquibase.h"
#include "base/tri.h"

/* How a value of a type is written. */
enum value_class { VALUE_IS_TEXT, VALUE_IS_NUMBER, VALUE_IS_BOOLEAN, VALUE_IS_TIME };

struct column_type {
	struct str sql;
	enum value_class values;
	bool counts;                    /* bigserial, int identity: it is an identity column */
};

/* liquibase_type.c: what Liquibase makes of the description of a type for PostgreSQL */
struct column_type liquibase_type(struct arena *, struct str);

/* ObjectQuotingStrategy */
enum quoting { QUOTE_MIXED_CASE, QUOTE_ALL, QUOTE_RESERVED };

/* What the SQL of one changeset is written into. */
struct change_writer {
	struct changelog *log;
	struct making *out;
	enum quoting quoting;
	const struct yaml *set;         /* whose <modifySql> is heeded */
	bool undoing;
	const struct yaml *change;      /* that is written */
	const struct yaml *scope[3];    /* where attributes are looked for, the innermost last */
	size_t nscope;
	const struct yaml *here;        /* what the words between the names stand for */
	size_t begin;                   /* of the statement, in what is written */
	VEC(struct span) remarks;       /* of the changelog, for each of the statements */
	/* What the file holds that a change names. */
	struct str (*read)(void *arg, const struct yaml *change, struct str path);
	void *read_arg;
};

/* What became of a change. */
enum change_state {
	CHANGE_WRITTEN,                 /* maybe as nothing */
	CHANGE_UNREADABLE,              /* nothing tells what it does */
	CHANGE_UNKNOWN                  /* it is none of Liquibase's own */
};

/*
 * liquibase_change.c: Writes the statements that Liquibase makes of a change for PostgreSQL, whatever the syntax of the changelog is. Each ends
 * with ";". <sql> and <sqlFile> are none of these changes.
 */
enum change_state liquibase_change(struct change_writer *, const struct yaml *change);
/* The same of what Liquibase does by itself to undo it (AbstractChange.createInverses); UNREADABLE: it refuses to. */
enum change_state liquibase_undo(struct change_writer *, const struct yaml *change);
/* A part of a changeset is a <modifySql> that applies to that way of it. */
bool liquibase_modifies(const struct yaml *, bool back);
/* As a comment of SQL. */
void liquibase_remarks(struct change_writer *);
/* The name as Liquibase writes it. */
struct str liquibase_name(struct arena *, struct str, enum quoting);
/* The name that the server makes of it. */
struct str liquibase_stored_name(struct arena *, struct str, enum quoting);
/* liquibase_condition.c: Whether <preConditions> hold. UNKNOWN: the database tells, by *sql. */
enum tri liquibase_condition(struct changelog *, const struct yaml *, struct str *sql);
/* They hold on no other system. */
bool liquibase_condition_excludes(struct arena *, const struct yaml *);
/* With the values of properties. */
struct str liquibase_value(struct changelog *, struct str text);

#endif
