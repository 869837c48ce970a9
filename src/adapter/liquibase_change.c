#include <string.h>

#include "adapter/liquibase_form.h"

/* ---- values ---- */

/* ColumnConfig.getValueObject(): the first that is given counts */
static const struct {
	const char *suffix;
	enum value_form { AS_TEXT, AS_BOOLEAN, AS_NUMBER, AS_TIME, AS_SQL, AS_CLOB, AS_BLOB, AS_NEXT, AS_CURRENT } form;
} value_forms[] = {
	{ "", AS_TEXT }, { "Boolean", AS_BOOLEAN }, { "Numeric", AS_NUMBER }, { "Date", AS_TIME }, { "Computed", AS_SQL },
	{ "ClobFile", AS_CLOB }, { "BlobFile", AS_BLOB }, { "SequenceNext", AS_NEXT }, { "SequenceCurrent", AS_CURRENT },
};

enum { NFORMS = sizeof value_forms / sizeof value_forms[0] };

struct value {
	const struct yaml *node;        /* NULL: none is given */
	struct str text;
	enum value_form form;
};

/* prefix: "value" or "defaultValue" */
static struct value
value_of(const struct change_writer *w, const struct yaml *column, const char *prefix)
{
	for (size_t i = 0; i < NFORMS; i++) {
		const char *key = str_c(form_arena(w), str_printf(form_arena(w), "%s%s", prefix, value_forms[i].suffix));
		const struct yaml *node = changelog_text_node(column, key);
		if (node == NULL || (value_forms[i].form == AS_NUMBER && str_is_nocase(node->text, "null")))
			continue;
		return (struct value){ node, liquibase_value(w->log, node->text), value_forms[i].form };
	}
	return (struct value){ 0 };
}

static bool
is_now(struct str text)
{
	return str_is_nocase(text, "now()") || str_starts_nocase(text, "current_timestamp") || str_starts_nocase(text, "current_datetime");
}

/* LiquibaseDataType.objectToSql() of a text for a column of that type */
static struct str
text_value(struct arena *a, struct str text, enum value_class values)
{
	if (str_is_nocase(text, "null"))
		return STR("NULL");
	if (values == VALUE_IS_NUMBER)
		return text;
	if (values == VALUE_IS_BOOLEAN)
		return str_is_nocase(text, "true") || str_is(text, "1") || str_is_nocase(text, "t") ? STR("TRUE") : STR("FALSE");
	if (values == VALUE_IS_TIME && (str_find_char(text, '(') != (size_t)-1 || str_starts_nocase(text, "current_")))
		return text;
	return form_literal(a, text);
}

/* DateTimeType and its kin: an ISO date has a space in PostgreSQL */
static struct str
time_value(struct arena *a, struct str text)
{
	char *s = str_c(a, text);

	if (text.n == 0 || text.s[0] < '0' || text.s[0] > '9')
		return is_now(text) ? STR("NOW()") : text;
	if (text.n > 10 && s[10] == 'T')
		s[10] = ' ';
	return form_literal(a, (struct str){ s, text.n });
}

static struct str
number_value(struct str text, enum value_class values)
{
	if (values == VALUE_IS_BOOLEAN && (str_is(text, "0") || str_is(text, "1")))
		return str_is(text, "1") ? STR("TRUE") : STR("FALSE");
	return text;
}

/* The sequence of that schema, as a literal of regclass. */
static struct str
sequence_value(struct change_writer *w, const char *function, struct str sequence, struct str schema)
{
	struct arena *a = form_arena(w);
	struct str in = schema.n > 0 ? str_printf(a, "%.*s.", STR_ARG(liquibase_name(a, schema, w->quoting))) : STR("");

	return str_printf(a, "%s('%.*s%.*s')", function, STR_ARG(in), STR_ARG(liquibase_name(a, sequence, w->quoting)));
}

static struct str
sql_value(struct change_writer *w, const struct value *v, enum value_class values, struct str schema)
{
	struct str text = str_trim(v->text);

	switch (v->form) {
	case AS_TEXT:
		return text_value(form_arena(w), v->text, values);
	case AS_BOOLEAN:
		return str_is_nocase(text, "true") || str_is(text, "1") ? STR("TRUE") : STR("FALSE");
	case AS_NUMBER:
		return number_value(text, values);
	case AS_TIME:
		return time_value(form_arena(w), text);
	case AS_SQL:
		return is_now(text) ? STR("NOW()") : text;
	case AS_CLOB:
		return STR("''");
	case AS_BLOB:
		return STR("'\\x'");
	case AS_NEXT:
		return sequence_value(w, "nextval", text, schema);
	default:
		return sequence_value(w, "currval", text, schema);
	}
}

static void
write_value(struct change_writer *w, const struct value *v, enum value_class values, struct str schema)
{
	form_put(w, sql_value(w, v, values, schema), v->node);
}

/* ---- columns ---- */

/* AbstractChange.load(): "columns" with no "column" below is one itself. */
static struct changelog_items
columns_of(const struct change_writer *w)
{
	struct changelog_items columns = changelog_named(form_arena(w), w->change, "column", "columns"), parts = changelog_items(form_arena(w), w->change);

	for (size_t i = 0; i < parts.n; i++) {
		const struct yaml *part = parts.items[i];
		if (str_is(part->key, "columns") && part->kind == YAML_MAP && changelog_named(form_arena(w), part, "column", "columns").n == 0)
			*vec_push(form_arena(w), &columns) = part;
	}
	return columns;
}

/* A column is what is written next. */
static void
enter_column(struct change_writer *w, const struct yaml *column)
{
	w->nscope = 1;
	form_enter(w, column);
	form_enter(w, changelog_get(column, "constraints"));
	w->here = column;
}

static void
leave_column(struct change_writer *w)
{
	w->nscope = 1;
	w->here = w->change;
}

static struct column_type
type_of(const struct change_writer *w)
{
	return liquibase_type(form_arena(w), form_get(w, "type"));
}

static bool
is_not_null(const struct change_writer *w)
{
	return str_is_nocase(form_get(w, "nullable"), "false") || form_says(w, "primaryKey");
}

/* Name, type, default: what CREATE TABLE and ADD COLUMN have in common. AddColumnGenerator does not ask whether the type is a serial one. */
static void
write_column(struct change_writer *w, const struct yaml *column, bool with_table)
{
	struct column_type type = type_of(w);
	struct value value = value_of(w, column, "defaultValue");
	bool counts = form_says(w, "autoIncrement") || (with_table && type.counts);

	form_write(w, "<name> {type:type}");
	if (value.node != NULL && !type.counts) {
		if (!str_starts(value.text, "GENERATED ALWAYS "))
			form_words(w, STR(" DEFAULT"));
		form_words(w, STR(" "));
		write_value(w, &value, type.values, STR(""));
	}
	if (!counts)
		return;
	form_words(w, str_is_nocase(form_get(w, "generationType"), "always") ? STR(" GENERATED ALWAYS AS IDENTITY") : STR(" GENERATED BY DEFAULT AS IDENTITY"));
	if (form_has(w, "startWith") || form_has(w, "incrementBy"))
		form_write(w, " ([startWith|START WITH {startWith}[incrementBy| ]][incrementBy|INCREMENT BY {incrementBy}])");
}

/* ---- createTable ---- */

static struct str
key_of_table(const struct change_writer *w, struct str table)
{
	return str_printf(form_arena(w), "%.*s_pkey", STR_ARG(table.n <= 58 ? table : str_slice(table, 0, 57)));
}

static struct str
stored_table(const struct change_writer *w)
{
	return liquibase_stored_name(form_arena(w), form_get(w, "tableName"), w->quoting);
}

/*
 * PostgresDatabase.generatePrimaryKeyName(). Before 4.4.0 it was all in capitals, which the server folds: what drops the key by that
 * name tells that such a version made it.
 */
static struct str
key_name(const struct change_writer *w)
{
	struct str folded = key_of_table(w, liquibase_stored_name(form_arena(w), form_get(w, "tableName"), QUOTE_RESERVED));

	return map_has(&w->log->dropped_keys, folded) ? folded : key_of_table(w, form_get(w, "tableName"));
}

static struct str
table_word(const struct change_writer *w)
{
	struct str schema = liquibase_stored_name(form_arena(w), form_get(w, "schemaName"), w->quoting);

	return str_printf(form_arena(w), "%.*s.%.*s", STR_ARG(schema), STR_ARG(stored_table(w)));
}

/* What the primary key of the table is called, for who drops it without a name. */
static void
remember_key(struct change_writer *w, struct str key)
{
	struct str *kept = NEW(form_arena(w), struct str);

	*kept = key;
	*map_at(&w->log->keys, table_word(w)) = kept;
}

static void
write_primary_key(struct change_writer *w, const struct changelog_items *columns)
{
	const struct yaml *named = NULL, *tablespace = NULL, *first = NULL;
	struct str key;

	for (size_t i = 0; i < columns->n; i++) {
		enter_column(w, columns->items[i]);
		if (!form_says(w, "primaryKey"))
			continue;
		first = first != NULL ? first : columns->items[i];
		named = form_has(w, "primaryKeyName") ? form_find(w, "primaryKeyName") : named;
		tablespace = form_has(w, "primaryKeyTablespace") ? form_find(w, "primaryKeyTablespace") : tablespace;
	}
	leave_column(w);
	if (first == NULL)
		return;
	key = named != NULL ? str_trim(liquibase_value(w->log, named->text)) : key_name(w);
	remember_key(w, key);
	w->here = first;
	form_words(w, STR(", CONSTRAINT "));
	form_name(w, key, named != NULL ? named : first);
	form_words(w, STR(" PRIMARY KEY ("));
	for (size_t i = 0; i < columns->n; i++) {
		enter_column(w, columns->items[i]);
		if (!form_says(w, "primaryKey"))
			continue;
		if (columns->items[i] != first)
			form_words(w, STR(", "));
		form_write(w, "<name>");
	}
	form_words(w, STR(")"));
	if (tablespace != NULL) {
		form_words(w, STR(" USING INDEX TABLESPACE "));
		form_put(w, liquibase_value(w->log, tablespace->text), tablespace);
	}
	enter_column(w, first);
	form_write(w, "[initiallyDeferred?| INITIALLY DEFERRED][deferrable?| DEFERRABLE]");
	leave_column(w);
}

static bool
references(const struct change_writer *w)
{
	return form_has(w, "references") || (form_has(w, "referencedTableName") && form_has(w, "referencedColumnNames"));
}

/* AddColumnGenerator takes no schema for the other table. */
#define FOREIGN_KEY(table) "FOREIGN KEY (<name>) REFERENCES [references|{references}][!references|<" table "> (<referencedColumnNames,>)]" \
	"[deleteCascade?| ON DELETE CASCADE]"

static void
write_foreign_keys(struct change_writer *w, const struct changelog_items *columns)
{
	for (size_t i = 0; i < columns->n; i++) {
		enter_column(w, columns->items[i]);
		if (references(w))
			form_write(w, ", [foreignKeyName|CONSTRAINT <foreignKeyName> ]" FOREIGN_KEY("referencedTableSchemaName.referencedTableName") "[initiallyDeferred?| INITIALLY DEFERRED][deferrable?| DEFERRABLE]");
	}
	leave_column(w);
}

/* The columns of one name are one constraint. */
static void
write_unique(struct change_writer *w, const struct changelog_items *columns, size_t first)
{
	struct str constraint = form_get(w, "uniqueConstraintName");

	form_write(w, ", [uniqueConstraintName|CONSTRAINT <uniqueConstraintName> ]UNIQUE (<name>");
	for (size_t i = first + 1; constraint.n > 0 && i < columns->n; i++) {
		enter_column(w, columns->items[i]);
		if (form_says(w, "unique") && str_eq(form_get(w, "uniqueConstraintName"), constraint))
			form_write(w, ", <name>");
	}
	form_words(w, STR(")"));
}

static bool
is_first_of(struct change_writer *w, const struct changelog_items *columns, size_t at, struct str constraint)
{
	bool first = true;

	for (size_t i = 0; first && i < at; i++) {
		enter_column(w, columns->items[i]);
		first = !form_says(w, "unique") || !str_eq(form_get(w, "uniqueConstraintName"), constraint);
	}
	enter_column(w, columns->items[at]);
	return first;
}

/* Those without a name come first (CreateTableGenerator). */
static void
write_uniques(struct change_writer *w, const struct changelog_items *columns, bool named)
{
	for (size_t i = 0; i < columns->n; i++) {
		enter_column(w, columns->items[i]);
		struct str constraint = form_get(w, "uniqueConstraintName");
		if (form_says(w, "unique") && (constraint.n > 0) == named && (!named || is_first_of(w, columns, i, constraint)))
			write_unique(w, columns, i);
	}
	leave_column(w);
}

static void
write_column_remarks(struct change_writer *w, const struct changelog_items *columns)
{
	for (size_t i = 0; i < columns->n; i++) {
		enter_column(w, columns->items[i]);
		if (changelog_text(columns->items[i], "remarks").n > 0)
			form_statement(w, "COMMENT ON COLUMN <schemaName.tableName>.<name> IS {remarks:text}");
	}
	leave_column(w);
}

static void
note_table(const struct change_writer *w)
{
	void **root = map_at(&w->log->tables, table_word(w));

	w->log->made++;
	w->log->made_before += *root != NULL && *root != w->log->root;
	if (*root == NULL)
		*root = w->log->root;
}

static void
create_table(struct change_writer *w)
{
	struct changelog_items columns = columns_of(w);

	note_table(w);
	form_begin(w);
	form_write(w, "CREATE [tableType|{tableType} ]TABLE [ifNotExists?|IF NOT EXISTS ]<schemaName.tableName> (");
	for (size_t i = 0; i < columns.n; i++) {
		enter_column(w, columns.items[i]);
		if (i > 0)
			form_words(w, STR(", "));
		write_column(w, columns.items[i], true);
		if (is_not_null(w))
			form_words(w, STR(" NOT NULL"));
	}
	leave_column(w);
	write_primary_key(w, &columns);
	write_foreign_keys(w, &columns);
	write_uniques(w, &columns, false);
	write_uniques(w, &columns, true);
	form_write(w, ")[tablespace| TABLESPACE {tablespace}]");
	form_end(w);
	form_write(w, "[remarks|COMMENT ON TABLE <schemaName.tableName> IS {remarks:text};]");
	write_column_remarks(w, &columns);
}

/* ---- addColumn, dropColumn ---- */

static void
add_column(struct change_writer *w, const struct yaml *column)
{
	form_begin(w);
	form_write(w, "ALTER TABLE <schemaName.tableName> ADD ");
	write_column(w, column, false);
	if (is_not_null(w) && value_of(w, column, "value").node == NULL)
		form_write(w, "[notNullConstraintName| CONSTRAINT <notNullConstraintName>] NOT NULL");
	form_write(w, "[primaryKey?| PRIMARY KEY]");
	form_end(w);
	/* What follows stands in <constraints>. */
	w->here = w->scope[w->nscope - 1];
	if (form_says(w, "unique"))
		form_statement(w, "ALTER TABLE <schemaName.tableName> ADD [uniqueConstraintName|CONSTRAINT <uniqueConstraintName> ]UNIQUE (<name>)");
	if (references(w))
		form_statement(w, "ALTER TABLE <schemaName.tableName> ADD [foreignKeyName|CONSTRAINT <foreignKeyName> ]" FOREIGN_KEY("referencedTableName"));
}

/* What the rows get that are there (AddColumnChange.generateStatements()). */
static void
fill_column(struct change_writer *w, const struct yaml *column)
{
	struct value value = value_of(w, column, "value");

	if (value.node == NULL)
		return;
	form_begin(w);
	form_write(w, "UPDATE <schemaName.tableName> SET <name> = ");
	write_value(w, &value, VALUE_IS_TEXT, STR(""));
	form_end(w);
}

static void
add_columns(struct change_writer *w)
{
	struct changelog_items columns = columns_of(w);

	for (size_t i = 0; i < columns.n; i++) {
		enter_column(w, columns.items[i]);
		add_column(w, columns.items[i]);
	}
	for (size_t i = 0; i < columns.n; i++) {
		enter_column(w, columns.items[i]);
		fill_column(w, columns.items[i]);
	}
	for (size_t i = 0; i < columns.n; i++) {
		enter_column(w, columns.items[i]);
		if (is_not_null(w) && value_of(w, columns.items[i], "value").node != NULL)
			form_statement(w, "ALTER TABLE <schemaName.tableName> ALTER COLUMN <name> SET NOT NULL");
	}
	write_column_remarks(w, &columns);
}

/* ModifyColumnChange of the extension of that name, which was part of 1.9: modifyDataType of each column. */
static void
modify_columns(struct change_writer *w)
{
	struct changelog_items columns = columns_of(w);

	for (size_t i = 0; i < columns.n; i++) {
		enter_column(w, columns.items[i]);
		form_statement(w, "ALTER TABLE <schemaName.tableName> ALTER COLUMN <name> TYPE {type:type} USING (<name>::{type:type})");
	}
}

static void
drop_columns(struct change_writer *w)
{
	struct changelog_items columns = columns_of(w);

	if (columns.n == 0)
		form_statement(w, "ALTER TABLE <schemaName.tableName> DROP COLUMN <columnName>");
	for (size_t i = 0; i < columns.n; i++) {
		enter_column(w, columns.items[i]);
		form_statement(w, "ALTER TABLE <schemaName.tableName> DROP COLUMN <name>");
	}
	leave_column(w);
}

static void
undo_add_columns(struct change_writer *w)
{
	struct changelog_items columns = columns_of(w);

	for (size_t i = 0; i < columns.n; i++) {
		enter_column(w, columns.items[i]);
		if (value_of(w, columns.items[i], "defaultValue").node != NULL)
			form_statement(w, "ALTER TABLE <schemaName.tableName> ALTER COLUMN <name> DROP DEFAULT");
	}
	leave_column(w);
	drop_columns(w);
}

/* ---- indexes and keys ---- */

/* CreateIndexGeneratorPostgres: what a constraint has an index for is left out */
static bool
is_made_elsewhere(const struct change_writer *w)
{
	struct str list = form_get(w, "associatedWith"), one;

	while (str_cut(&list, ',', &one))
		if (str_in_words(str_trim(one), "primaryKey uniqueConstraint foreignKey"))
			return true;
	return false;
}

static void
write_index_column(struct change_writer *w)
{
	struct str text = form_get(w, "name"), computed = form_get(w, "computed");

	if (str_is_nocase(computed, "true") || (computed.n == 0 && str_find_char(text, '(') != (size_t)-1))
		form_write(w, "{name}");
	else
		form_write(w, "<name>");
	form_write(w, "[descending?| DESC]");
}

static void
create_index(struct change_writer *w)
{
	struct changelog_items columns = columns_of(w);

	if (is_made_elsewhere(w))
		return;
	form_begin(w);
	form_write(w, "CREATE [unique?|UNIQUE ]INDEX [indexName|<indexName> ]ON <schemaName.tableName>[using| USING {using}](");
	for (size_t i = 0; i < columns.n; i++) {
		enter_column(w, columns.items[i]);
		if (i > 0)
			form_words(w, STR(", "));
		write_index_column(w);
	}
	leave_column(w);
	form_write(w, ")[tablespace| TABLESPACE {tablespace}]");
	form_end(w);
	form_write(w, "[clustered?|CLUSTER <schemaName.tableName> USING <indexName>;]");
}

static void
write_action(struct change_writer *w, const char *event, const char *key)
{
	/* AddForeignKeyConstraintChange.setDeleteCascade() */
	if (!form_has(w, key) || (form_has(w, "deleteCascade") && str_is_nocase(form_get(w, key), "no action")))
		return;
	form_words(w, str_of(event));
	form_put(w, form_get(w, key), form_find(w, key));
}

static void
add_foreign_key(struct change_writer *w)
{
	form_begin(w);
	form_write(w, "ALTER TABLE <baseTableSchemaName.baseTableName> ADD [constraintName|CONSTRAINT <constraintName> ]FOREIGN KEY (<baseColumnNames,>) REFERENCES "
	    "<referencedTableSchemaName.referencedTableName> (<referencedColumnNames,>)");
	write_action(w, " ON UPDATE ", "onUpdate");
	write_action(w, " ON DELETE ", "onDelete");
	form_write(w, "[!onDelete|[deleteCascade?| ON DELETE CASCADE]][deferrable?| DEFERRABLE][initiallyDeferred?| INITIALLY DEFERRED][!validate?| NOT VALID]");
	form_end(w);
}

static void
add_primary_key(struct change_writer *w)
{
	remember_key(w, form_has(w, "constraintName") ? form_get(w, "constraintName") : key_of_table(w, stored_table(w)));
	form_statement(w, "ALTER TABLE <schemaName.tableName> ADD [constraintName|CONSTRAINT <constraintName> ]PRIMARY KEY (<columnNames,>)"
	    "[tablespace| USING INDEX TABLESPACE {tablespace}][clustered?|;CLUSTER <schemaName.tableName> USING <constraintName>]");
}

/* DropPrimaryKeyGenerator looks for a name that is not given in the database. */
static void
drop_primary_key(struct change_writer *w)
{
	const struct str *kept = map_get(&w->log->keys, table_word(w));

	form_begin(w);
	form_write(w, "ALTER TABLE <schemaName.tableName> DROP CONSTRAINT [constraintName|<constraintName>]");
	if (!form_has(w, "constraintName"))
		form_name(w, kept != NULL ? *kept : key_of_table(w, stored_table(w)), form_find(w, "tableName"));
	form_end(w);
}

/* DropAllForeignKeyConstraintsChange: those that the database has when it runs. */
static void
drop_foreign_keys(struct change_writer *w)
{
	form_begin(w);
	form_write(w, "DO $liquibase$ DECLARE k record");
	form_words(w, STR("; "));
	form_write(w, "BEGIN FOR k IN SELECT conname FROM pg_catalog.pg_constraint WHERE contype = 'f' AND conrelid = '<baseTableSchemaName.baseTableName>'::regclass "
	    "LOOP EXECUTE format('ALTER TABLE <baseTableSchemaName.baseTableName> DROP CONSTRAINT %I', k.conname)");
	form_words(w, STR("; END LOOP; END $liquibase$"));
	form_end(w);
}

/* ---- defaults ---- */

static void
add_default(struct change_writer *w)
{
	struct value value = value_of(w, w->change, "defaultValue");
	struct column_type type = liquibase_type(form_arena(w), form_get(w, "columnDataType"));

	if (value.node == NULL)
		return;
	form_begin(w);
	form_write(w, "ALTER TABLE <schemaName.tableName> ALTER COLUMN <columnName> SET DEFAULT ");
	write_value(w, &value, type.values == VALUE_IS_TIME ? VALUE_IS_TIME : VALUE_IS_TEXT, STR(""));
	form_end(w);
	form_write(w, "[defaultValueSequenceNext|ALTER SEQUENCE <defaultValueSequenceNext> OWNED BY <schemaName.tableName>.<columnName>;]");
}

static void
add_not_null(struct change_writer *w)
{
	struct column_type type = liquibase_type(form_arena(w), form_get(w, "columnDataType"));
	struct value value = value_of(w, w->change, "defaultNullValue");

	if (value.node != NULL) {
		form_begin(w);
		form_write(w, "UPDATE <schemaName.tableName> SET <columnName> = ");
		write_value(w, &value, type.values == VALUE_IS_TIME ? VALUE_IS_TIME : VALUE_IS_TEXT, STR(""));
		form_write(w, " WHERE <columnName> IS NULL");
		form_end(w);
	}
	form_statement(w, "ALTER TABLE <schemaName.tableName> ALTER COLUMN <columnName> SET NOT NULL");
}

/* AddAutoIncrementChange: a column that is there gets a sequence. */
static void
add_auto_increment(struct change_writer *w)
{
	struct str sequence = str_printf(form_arena(w), "%.*s_%.*s_seq", STR_ARG(form_get(w, "tableName")), STR_ARG(form_get(w, "columnName")));
	const struct yaml *at = form_find(w, "columnName");

	form_begin(w);
	form_write(w, "CREATE SEQUENCE IF NOT EXISTS [schemaName|<schemaName>.]");
	form_name(w, sequence, at);
	form_write(w, "[startWith| START WITH {startWith}][incrementBy| INCREMENT BY {incrementBy}];ALTER TABLE <schemaName.tableName> ALTER COLUMN <columnName> SET NOT NULL;"
	    "ALTER TABLE <schemaName.tableName> ALTER COLUMN <columnName> SET DEFAULT ");
	form_put(w, sequence_value(w, "nextval", sequence, form_get(w, "schemaName")), at);
	form_write(w, ";ALTER SEQUENCE [schemaName|<schemaName>.]");
	form_name(w, sequence, at);
	form_write(w, " OWNED BY <schemaName.tableName>.<columnName>");
	form_end(w);
}

/* ---- code that the change holds ---- */

/* A text of SQL without the ";" at its end. */
static struct str
sql_text(struct str text)
{
	text = str_trim(text);
	while (str_ends(text, ";"))
		text = str_trim(str_slice(text, 0, text.n - 1));
	return text;
}

/* Of the element, of the attribute, or of the file that it names; *node is what stands for it. */
static struct str
definition(struct change_writer *w, const char *key, const struct yaml **node)
{
	*node = changelog_text_node(w->change, key);
	if (*node == NULL)
		*node = changelog_text_node(w->change, NULL);
	if (*node != NULL && str_trim((*node)->text).n > 0)
		return sql_text(liquibase_value(w->log, (*node)->text));
	*node = form_find(w, "path");
	if (*node == NULL || w->read == NULL)
		return STR("");
	return sql_text(w->read(w->read_arg, w->change, form_get(w, "path")));
}

/* The text goes on line by line where it stands in the file. */
static void
write_definition(struct change_writer *w, struct str text, const struct yaml *node)
{
	struct yaml part = *node;

	part.text = text;
	if (str_eq(text, sql_text(node->text)))
		changelog_take(w->out, &part);
	else
		form_put(w, text, node);
	form_words(w, STR("\n"));
}

static bool
says_replace(struct str text)
{
	for (size_t i = 0; i + 10 <= text.n; i++)
		if (str_starts_nocase(str_slice(text, i, text.n), "or replace"))
			return true;
	return false;
}

static void
create_view(struct change_writer *w)
{
	const struct yaml *node;
	struct str text = definition(w, "selectQuery", &node);
	bool full = form_says(w, "fullDefinition"), replace = form_says(w, "replaceIfExists") && !(full && says_replace(text));

	if (text.n == 0)
		return;
	form_begin(w);
	if (!full)
		form_write(w, "CREATE [replaceIfExists?|OR REPLACE ]VIEW <schemaName.viewName> AS ");
	else if (replace && str_starts_nocase(text, "create")) {
		form_words(w, STR("CREATE OR REPLACE"));
		text = str_slice(text, strlen("create"), text.n);
	}
	write_definition(w, text, node);
	form_end(w);
	form_write(w, "[remarks|COMMENT ON VIEW <schemaName.viewName> IS {remarks:text};]");
}

static void
create_procedure(struct change_writer *w)
{
	const struct yaml *node;
	struct str text = definition(w, changelog_get(w->change, "procedureBody") != NULL ? "procedureBody" : "procedureText", &node);

	if (text.n == 0 || !liquibase_dbms(form_get(w, "dbms")))
		return;
	form_begin(w);
	write_definition(w, text, node);
	form_end(w);
}

/* ---- rows ---- */

static void
write_row_value(struct change_writer *w, const struct yaml *column)
{
	struct value value = value_of(w, column, "value");

	if (value.node == NULL && changelog_text(column, NULL).n > 0)
		value = (struct value){ changelog_text_node(column, NULL), changelog_text(column, NULL), AS_TEXT };
	if (value.node == NULL)
		form_words(w, STR("NULL"));
	else
		write_value(w, &value, VALUE_IS_TEXT, form_get(w, "schemaName"));
}

static void
insert(struct change_writer *w)
{
	struct changelog_items columns = columns_of(w);

	form_begin(w);
	form_write(w, "INSERT INTO <schemaName.tableName> (");
	for (int values = 0; values < 2; values++) {
		for (size_t i = 0; i < columns.n; i++) {
			enter_column(w, columns.items[i]);
			if (i > 0)
				form_words(w, STR(", "));
			if (values)
				write_row_value(w, columns.items[i]);
			else
				form_write(w, "<name>");
		}
		leave_column(w);
		form_words(w, values ? STR(")") : STR(") VALUES ("));
	}
	form_end(w);
}

/* The next parameter of <whereParams> in the place of ":name" or ":value" (UpdateDataChange). */
static void
write_parameter(struct change_writer *w, const struct yaml *param, bool as_name)
{
	enter_column(w, param);
	if (as_name)
		form_write(w, "<name>");
	else
		write_row_value(w, param);
	leave_column(w);
}

static void
write_where_with(struct change_writer *w, struct str text, const struct yaml *node)
{
	struct changelog_items params = changelog_named(form_arena(w), changelog_get(w->change, "whereParams"), "param", "params");
	size_t done = 0, nparam = 0;

	for (size_t at = 0; nparam < params.n && at < text.n; at++) {
		struct str rest = str_slice(text, at, text.n);
		bool as_name = str_starts(rest, ":name"), as_value = str_starts(rest, ":value");
		if (!as_name && !as_value)
			continue;
		form_put(w, str_slice(text, done, at), node);
		write_parameter(w, params.items[nparam], as_name);
		nparam += as_value;
		done = at + (as_name ? strlen(":name") : strlen(":value"));
	}
	form_put(w, str_slice(text, done, text.n), node);
}

static void
write_where(struct change_writer *w)
{
	const struct yaml *node = changelog_text_node(w->change, "where");
	struct str text = node != NULL ? sql_text(liquibase_value(w->log, node->text)) : STR("");

	if (text.n == 0)
		return;
	form_words(w, STR(" WHERE "));
	if (changelog_get(w->change, "whereParams") != NULL)
		write_where_with(w, text, node);
	else
		form_put(w, text, node);
}

static void
update(struct change_writer *w)
{
	struct changelog_items columns = columns_of(w);

	form_begin(w);
	form_write(w, "UPDATE <schemaName.tableName> SET ");
	for (size_t i = 0; i < columns.n; i++) {
		enter_column(w, columns.items[i]);
		form_write(w, i > 0 ? ", <name> = " : "<name> = ");
		write_row_value(w, columns.items[i]);
	}
	leave_column(w);
	write_where(w);
	form_end(w);
}

static void
delete_rows(struct change_writer *w)
{
	form_begin(w);
	form_write(w, "DELETE FROM <schemaName.tableName>");
	write_where(w);
	form_end(w);
}

/* ---- all of them ---- */

#define TABLE "ALTER TABLE <schemaName.tableName> "

static const struct change_form {
	const char *change;
	const char *sql;                /* its form, or: */
	void (*write)(struct change_writer *);
	const char *undo;               /* NULL, and no function: it is not undone */
	void (*write_undo)(struct change_writer *);
} forms[] = {
	{ "createTable", NULL, create_table, "DROP TABLE <schemaName.tableName>", NULL },
	{ "dropTable", "DROP TABLE <schemaName.tableName>[cascadeConstraints?| CASCADE]", NULL, NULL, NULL },
	{ "renameTable", "ALTER TABLE <schemaName.oldTableName> RENAME TO <newTableName>", NULL,
	    "ALTER TABLE <schemaName.newTableName> RENAME TO <oldTableName>", NULL },
	{ "setTableRemarks", "COMMENT ON TABLE <schemaName.tableName> IS {remarks:text}", NULL, NULL, NULL },
	{ "addColumn", NULL, add_columns, NULL, undo_add_columns },
	{ "dropColumn", NULL, drop_columns, NULL, NULL },
	{ "renameColumn", TABLE "RENAME COLUMN <oldColumnName> TO <newColumnName>", NULL, TABLE "RENAME COLUMN <newColumnName> TO <oldColumnName>", NULL },
	{ "modifyDataType", TABLE "ALTER COLUMN <columnName> TYPE {newDataType:type} USING (<columnName>::{newDataType:type})", NULL, NULL, NULL },
	{ "modifyColumn", NULL, modify_columns, NULL, NULL },
	{ "setColumnRemarks", "COMMENT ON COLUMN <schemaName.tableName>.<columnName> IS {remarks:text}", NULL, NULL, NULL },
	{ "addAutoIncrement", NULL, add_auto_increment, NULL, NULL },
	{ "addDefaultValue", NULL, add_default, TABLE "ALTER COLUMN <columnName> DROP DEFAULT", NULL },
	{ "dropDefaultValue", TABLE "ALTER COLUMN <columnName> DROP DEFAULT", NULL, NULL, NULL },
	{ "addNotNullConstraint", NULL, add_not_null, TABLE "ALTER COLUMN <columnName> DROP NOT NULL", NULL },
	{ "dropNotNullConstraint", TABLE "ALTER COLUMN <columnName> DROP NOT NULL", NULL, TABLE "ALTER COLUMN <columnName> SET NOT NULL", NULL },
	{ "addPrimaryKey", NULL, add_primary_key, NULL, drop_primary_key },
	{ "dropPrimaryKey", NULL, drop_primary_key, NULL, NULL },
	{ "addUniqueConstraint", TABLE "ADD [constraintName|CONSTRAINT <constraintName> ]UNIQUE (<columnNames,>)[deferrable?| DEFERRABLE]"
	    "[initiallyDeferred?| INITIALLY DEFERRED][tablespace| USING INDEX TABLESPACE {tablespace}][forIndexName| USING INDEX <forIndexName>]", NULL,
	    TABLE "DROP CONSTRAINT <constraintName>", NULL },
	{ "dropUniqueConstraint", TABLE "DROP CONSTRAINT <constraintName>", NULL, NULL, NULL },
	{ "addForeignKeyConstraint", NULL, add_foreign_key, "ALTER TABLE <baseTableSchemaName.baseTableName> DROP CONSTRAINT <constraintName>", NULL },
	{ "dropForeignKeyConstraint", "ALTER TABLE <baseTableSchemaName.baseTableName> DROP CONSTRAINT <constraintName>", NULL, NULL, NULL },
	{ "dropAllForeignKeyConstraints", NULL, drop_foreign_keys, NULL, NULL },
	{ "createIndex", NULL, create_index, "DROP INDEX <schemaName.indexName>", NULL },
	{ "dropIndex", "DROP INDEX <schemaName.indexName>", NULL, NULL, NULL },
	{ "createSequence", "CREATE SEQUENCE IF NOT EXISTS <schemaName.sequenceName>[dataType| AS {dataType}][startValue| START WITH {startValue}]"
	    "[incrementBy| INCREMENT BY {incrementBy}][minValue| MINVALUE {minValue}][maxValue| MAXVALUE {maxValue}][cacheSize| CACHE {cacheSize}]"
	    "[cycle?| CYCLE]", NULL, "DROP SEQUENCE <schemaName.sequenceName> CASCADE", NULL },
	{ "alterSequence", "ALTER SEQUENCE <schemaName.sequenceName>[dataType| AS {dataType}][incrementBy| INCREMENT BY {incrementBy}]"
	    "[minValue| MINVALUE {minValue}][maxValue| MAXVALUE {maxValue}][cacheSize| CACHE {cacheSize}][cycle?| CYCLE][!cycle?| NO CYCLE]", NULL, NULL, NULL },
	{ "renameSequence", "ALTER SEQUENCE <schemaName.oldSequenceName> RENAME TO <newSequenceName>", NULL,
	    "ALTER SEQUENCE <schemaName.newSequenceName> RENAME TO <oldSequenceName>", NULL },
	{ "dropSequence", "DROP SEQUENCE <schemaName.sequenceName> CASCADE", NULL, NULL, NULL },
	{ "createView", NULL, create_view, "DROP VIEW <schemaName.viewName>", NULL },
	{ "renameView", "ALTER TABLE <schemaName.oldViewName> RENAME TO <newViewName>", NULL, "ALTER TABLE <schemaName.newViewName> RENAME TO <oldViewName>", NULL },
	{ "dropView", "DROP VIEW [ifExists?|IF EXISTS ]<schemaName.viewName>", NULL, NULL, NULL },
	{ "setViewRemarks", "COMMENT ON VIEW <schemaName.viewName> IS {remarks:text}", NULL, NULL, NULL },
	{ "createProcedure", NULL, create_procedure, NULL, NULL },
	{ "dropProcedure", "DROP PROCEDURE <schemaName.procedureName>", NULL, NULL, NULL },
	{ "insert", NULL, insert, NULL, NULL },
	{ "update", NULL, update, NULL, NULL },
	{ "delete", NULL, delete_rows, NULL, NULL },
	{ "mergeColumns", TABLE "ADD <finalColumnName> {finalColumnType:type};UPDATE <schemaName.tableName> SET <finalColumnName> = <column1Name> || "
	    "{joinString:text} || <column2Name>;" TABLE "DROP COLUMN <column1Name>;" TABLE "DROP COLUMN <column2Name>", NULL, NULL, NULL },
	{ "addLookupTable", "CREATE TABLE <newTableSchemaName.newTableName> AS SELECT DISTINCT <existingColumnName> AS <newColumnName> FROM "
	    "<existingTableSchemaName.existingTableName> WHERE <existingColumnName> IS NOT NULL;"
	    "ALTER TABLE <newTableSchemaName.newTableName> ALTER COLUMN <newColumnName> SET NOT NULL;"
	    "ALTER TABLE <newTableSchemaName.newTableName> ADD PRIMARY KEY (<newColumnName>);"
	    "ALTER TABLE <existingTableSchemaName.existingTableName> ADD CONSTRAINT [constraintName|<constraintName>]"
	    "[!constraintName|FK_{existingTableName}_{newTableName}] FOREIGN KEY (<existingColumnName>) REFERENCES "
	    "<newTableSchemaName.newTableName> (<newColumnName>)", NULL,
	    "ALTER TABLE <existingTableSchemaName.existingTableName> DROP CONSTRAINT [constraintName|<constraintName>]"
	    "[!constraintName|FK_{existingTableName}_{newTableName}];DROP TABLE <newTableSchemaName.newTableName>", NULL },
	{ "tagDatabase", "", NULL, "", NULL },
	{ "empty", "", NULL, "", NULL },
	{ "output", "", NULL, "", NULL },
	{ "stop", "", NULL, NULL, NULL },
	{ "executeCommand", "", NULL, NULL, NULL },
	{ "loadData", "", NULL, NULL, NULL },
	{ "loadUpdateData", "", NULL, NULL, NULL },
};

static const struct change_form *
find_form(const struct yaml *change)
{
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
		if (str_is(change->key, forms[i].change))
			return &forms[i];
	return NULL;
}

static void
start(struct change_writer *w, const struct yaml *change)
{
	w->change = w->here = change;
	w->nscope = 0;
	form_enter(w, change);
}

enum change_state
liquibase_change(struct change_writer *w, const struct yaml *change)
{
	const struct change_form *f = find_form(change);

	if (f == NULL)
		return CHANGE_UNKNOWN;
	start(w, change);
	if (f->write != NULL)
		f->write(w);
	else
		form_statement(w, f->sql);
	return CHANGE_WRITTEN;
}

enum change_state
liquibase_undo(struct change_writer *w, const struct yaml *change)
{
	const struct change_form *f = find_form(change);

	if (f == NULL)
		return CHANGE_UNKNOWN;
	start(w, change);
	/* Liquibase drops a constraint called null. */
	if (str_is(change->key, "addUniqueConstraint") && !form_has(w, "constraintName"))
		return CHANGE_UNREADABLE;
	if (f->write_undo != NULL)
		f->write_undo(w);
	else if (f->undo != NULL)
		form_statement(w, f->undo);
	return f->write_undo != NULL || f->undo != NULL ? CHANGE_WRITTEN : CHANGE_UNREADABLE;
}
