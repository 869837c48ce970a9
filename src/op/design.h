#ifndef OP_DESIGN_H
#define OP_DESIGN_H

#include "op/op.h"

/* Fields about how tables and columns are designed, for the tables of end.c and table_options.c. */

#define DESIGN_COLUMN_FIELDS \
	{ "type_name", FIELD_TEXT, "its type without modifiers, of an array that of its elements; absent: not known", design_get_type_name }, \
	{ "length", FIELD_NUMBER, "n of char(n) and varchar(n); absent: another type, or no limit", design_get_length }, \
	{ "as_text", FIELD_TEXT, "for advice: its definition as text, with a CHECK for the length", design_get_as_text }, \
	{ "key_partners", FIELD_TEXT, "for advice: a comment on the columns that reference it by a foreign key, on a line of its own; empty: none do", design_get_key_partners }, \
	{ "precision", FIELD_NUMBER, "the digits of a second that a time or timestamp keeps; absent: another type, or not given", \
	    design_get_precision }, \
	{ "means_money", FIELD_BOOL, "its name ends in a word for money: price, amount, balance ...", design_get_means_money }, \
	{ "came_with_table", FIELD_BOOL, "CREATE TABLE made it, not a later statement", design_get_came_with_table }, \
	{ "in_foreign_key", FIELD_BOOL, "it is a column of a foreign key, whose type is that of the key it points at", design_get_in_foreign_key }, \
	{ "is_only_key", FIELD_BOOL, "it alone is the primary key", design_get_is_only_key }, \
	{ "is_serial", FIELD_BOOL, "it was made as smallserial, serial or bigserial", design_get_is_serial }, \
	{ "is_numbered", FIELD_BOOL, "its values come from a sequence: serial, identity, or a default of nextval()", design_get_is_numbered }, \
	{ "sequence", FIELD_TEXT, "that sequence; absent: none", design_get_sequence }, \
	{ "sequence_type", FIELD_TEXT, "its type: smallint, integer or bigint; absent: none, or not known", design_get_sequence_type }, \
	{ "has_raw", FIELD_BOOL, "the table has a column of its name and _raw, which holds the figure itself", design_get_has_raw }, \
	{ "beside", FIELD_TEXT, "a column of the table that is timestamptz where this one is timestamp; absent: none", design_get_beside }, \
	{ "mixes_times", FIELD_BOOL, "there is such a column, and this one is no day of birth or death by its name", design_get_mixes_times }
#define DESIGN_TABLE_FIELDS \
	{ "is_unlogged", FIELD_BOOL, "it is unlogged", design_get_is_unlogged }, \
	{ "leaves_autovacuum_off", FIELD_BOOL, "autovacuum_enabled is false", design_get_autovacuum_off }

struct value design_get_type_name(const struct facts *);
struct value design_get_length(const struct facts *);
struct value design_get_as_text(const struct facts *);
struct value design_get_key_partners(const struct facts *);
struct value design_get_precision(const struct facts *);
struct value design_get_means_money(const struct facts *);
struct value design_get_came_with_table(const struct facts *);
struct value design_get_is_only_key(const struct facts *);
struct value design_get_in_foreign_key(const struct facts *);
struct value design_get_is_serial(const struct facts *);
struct value design_get_is_numbered(const struct facts *);
struct value design_get_sequence(const struct facts *);
struct value design_get_sequence_type(const struct facts *);
struct value design_get_has_raw(const struct facts *);
struct value design_get_beside(const struct facts *);
struct value design_get_mixes_times(const struct facts *);
struct value design_get_is_unlogged(const struct facts *);
struct value design_get_autovacuum_off(const struct facts *);

/* false, off, no or 0, as the server reads a boolean option. */
bool option_is_false(struct str);

#endif
