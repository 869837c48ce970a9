#include "adapter/adapter.h"

extern const struct adapter adapter_goose;

/* extractAnnotation(): at the start of the line, in any case. */
static bool
annotation(struct str line, const char *words)
{
	struct str rest;

	return str_starts(line, "--") && adapter_marker(line, words, &rest) && rest.n == 0;
}

static enum way
read(struct str line, bool *begins)
{
	bool up = annotation(line, "+goose up"), down = annotation(line, "+goose down");

	*begins = up || down;
	return up ? WAY_UP : WAY_DOWN;
}

/* ParseSQLMigration() leaves out comments and empty lines in front of a statement. */
static enum split_line
split_line(struct str line, bool inside)
{
	if (annotation(line, "+goose up") || annotation(line, "+goose down"))
		return SPLIT_WAY;
	if (annotation(line, "+goose statementbegin"))
		return SPLIT_BEGIN;
	if (annotation(line, "+goose statementend"))
		return SPLIT_END;
	if (annotation(line, "+goose no transaction") || annotation(line, "+goose envsub on") || annotation(line, "+goose envsub off"))
		return SPLIT_NOTHING;
	return !inside && str_starts(str_trim(line), "--") ? SPLIT_NOTHING : SPLIT_SQL;
}

static const struct splitter splitter = { "goose", split_line };

/* ParseSQLMigration(): NO TRANSACTION, wherever it stands, is about both ways; statements are sent one by one. */
static enum tx_mode
mode(struct str text, const struct sections *all, enum way way)
{
	struct str rest = text, line;
	bool none = false;

	while (str_cut(&rest, '\n', &line))
		none = none || annotation(line, "+goose no transaction");
	for (size_t i = 0; none && i < all->n; i++)
		if (all->items[i].way == way && split_whole(str_slice(text, all->items[i].from, all->items[i].to), &splitter))
			return TX_STRING;
	return none ? TX_NONE : TX_WRAPPED;
}

/* NumericComponent(): a number from 1 on, "_" and a name; collectFilesystemSources() leaves out the tests of Go. */
static bool
takes(struct str base)
{
	size_t i = 0;
	bool some = false;

	for (; i < base.n && base.s[i] >= '0' && base.s[i] <= '9'; i++)
		some = some || base.s[i] != '0';
	return some && i < base.n && base.s[i] == '_' && !str_ends(base, "_test.go");
}

/* Lines between ENVSUB ON and ENVSUB OFF have their variables replaced. */
static struct source *
with_variables(struct adapter_run *run, struct source *file)
{
	static const struct placeholder variables[] = { { "${", "}", false, false }, { "$", "", false, false }, { NULL, NULL, false, false } };
	struct str rest = file->text, line;

	while (str_cut(&rest, '\n', &line))
		if (annotation(line, "+goose envsub on"))
			return placeholders_replace(run, file, variables);
	return file;
}

static void
check(struct adapter_run *run, struct source *source)
{
	split_check(run, source, &splitter);
}

/* ParseSQLMigration(): in front of Up, any line but an empty one or a comment with "--" is an "unexpected state". */
static const struct marks marks = { .read = read, .up = "-- +goose Up", .refuses = "goose", .takes = takes, .mode = mode, .fill = with_variables,
	.check = check, .splitter = &splitter, .code = "go", .flat = true, .order = BY_NUMBER };

static int
detect(const struct listing *l, struct str *why)
{
	*why = STR("most files hold \"-- +goose Up\"");
	return sections_detect(l, &marks);
}

static void
list(struct adapter_run *run)
{
	sections_list(run, &marks);
}

const struct adapter adapter_goose = {
	.name = "goose",
	.doc = "goose; a section runs in a transaction unless the file says NO TRANSACTION, then each statement alone",
	.layout = "VERSION_NAME.sql with -- +goose Up and -- +goose Down",
	.versions = VERSIONS_ARE_NUMBERS | VERSIONS_DIFFER,
	.brackets = "goose",
	.detect = detect,
	.list = list,
};
