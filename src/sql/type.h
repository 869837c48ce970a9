#ifndef SQL_TYPE_H
#define SQL_TYPE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/tri.h"

/*
 * A data type as written. Names of pg_catalog types are canonical ("int4",
 * "varchar", "timestamptz") with schema empty; others keep their schema, if given.
 */
struct type {
	struct str schema, name;        /* name STR_NONE: unknown type */
	int32_t mods[2];
	int nmods;
	struct str mod_text;            /* modifiers that are not two integers: "Point, 4326" of geometry(Point, 4326) */
	int dims;                       /* array dimensions; 0: not an array */
	bool serial;                    /* smallserial, serial, bigserial; name is the integer type */
	bool builtin;                   /* a type of pg_catalog */
};

/*
 * A type as the grammar gives it: a bare name, or one of pg_catalog, of the server's own types becomes canonical, and so do
 * serial and its kin; modifiers become what the server stores (numeric(5) is numeric(5,0), time(9) is time(6)).
 * INTERVAL has mods { fields, precision } as the grammar makes them. An array has one dimension: more are not stored.
 */
struct type type_make(struct str schema, struct str name, const int32_t *mods, int nmods, int dims);
/* As format_type() spells it: "character varying(20)", "timestamp with time zone", "integer[]". */
struct str type_format(struct arena *, struct type);
/* The same without modifiers, which the server keeps neither of the arguments of a function nor of what it returns. */
struct str type_format_bare(struct arena *, struct type);
bool type_known(struct type);
/* Same type and same modifiers. */
bool type_eq(struct type, struct type);
/* Same type, whatever the modifiers. */
bool type_same_base(struct type, struct type);

/*
 * What changing a column from one type to another does to the stored rows (plain conversion: no USING). Of a pair without
 * an assignment cast the other members say what USING column::type does.
 */
struct type_change {
	enum tri rewrites;              /* heap rewrite, as ATColumnChangeRequiresRewrite() decides */
	enum tri scans;                 /* no rewrite, but domain constraints are checked on all rows */
	enum tri narrows;               /* may fail on, or lose, existing values */
	enum tri keeps_index;           /* btree storage is reused, as CheckIndexCompatible() decides */
	enum tri castable;              /* there is an assignment cast; NO: the statement fails without USING */
};
/*
 * timezone_utc: whether the session's TimeZone is UTC, which makes timestamp <-> timestamptz free since 12 (but for indexes).
 * Types that are neither built in nor known domains give UNKNOWN unless they are equal; but anything casts to text, which
 * loses nothing.
 */
struct type_change type_change(struct type from, struct type to, enum tri timezone_utc);
/* What values lose by a change that refuses none of them: "the time of day", "digits behind the 2nd of a second"; STR_NONE: it is another change. */
struct str type_change_drops(struct arena *, struct type from, struct type to);
/* Between built-in types, without USING: a value stays what it is, but for blanks at its end, or is refused. */
bool type_change_refuses(struct type from, struct type to);

#endif
