#include <string.h>

#include "adapter/adapter.h"

extern const struct adapter adapter_mybatis;

/* MigrationReader.determinePart(): "-- //@UNDO", with blanks anywhere between. */
static enum way
read(struct str line, bool *begins)
{
	line = str_trim(line);
	*begins = false;
	if (!str_starts(line, "--") && !str_starts(line, "//"))
		return WAY_DOWN;
	line = str_trim(str_slice(line, 2, line.n));
	if (!str_starts(line, "//"))
		return WAY_DOWN;
	*begins = str_starts(str_trim(str_slice(line, 2, line.n)), "@UNDO");
	return WAY_DOWN;
}

/* ScriptRunner: auto_commit is false unless an environment says so. */
static enum tx_mode
mode(struct str text, const struct sections *all, enum way way)
{
	(void)text, (void)all, (void)way;
	return TX_WRAPPED;
}

static bool
takes(struct str base)
{
	return base.n > 0 && base.s[0] >= '0' && base.s[0] <= '9';
}

/* ScriptRunner.DELIMITER_PATTERN, in a comment: "-- @DELIMITER |" */
static void
read_delimiter(struct str comment, struct str *delimiter)
{
	size_t n = 0;

	comment = str_trim(str_slice(comment, 2, comment.n));
	if (str_starts(comment, "//"))
		comment = str_trim(str_slice(comment, 2, comment.n));
	if (!str_starts_nocase(comment, "@delimiter "))
		return;
	comment = str_trim(str_slice(comment, sizeof("@delimiter ") - 1, comment.n));
	while (n < comment.n && comment.s[n] != ' ' && comment.s[n] != '\t')
		n++;
	*delimiter = n > 0 ? str_slice(comment, 0, n) : *delimiter;
}

/* The last place of it in the line; line.n: there is none. */
static size_t
find_last(struct str line, struct str word)
{
	size_t found = line.n, at = 0, next;

	while ((next = str_find(str_slice(line, at, line.n), word)) != (size_t)-1) {
		found = at + next;
		at = found + 1;
	}
	return found;
}

/* ScriptRunner.handleLine(): a line that begins with "//" is a comment, too; behind the delimiter nothing is read. */
static void
mask_lines(struct arena *a, struct source *file)
{
	char *sql = str_c(a, file->sql);
	struct str rest = file->text, line, delimiter = STR(";");

	while (str_cut(&rest, '\n', &line)) {
		line = str_slice(line, 0, line.n - str_ends(line, "\r"));
		size_t from = (size_t)(line.s - file->text.s), n = line.n, at = n;
		struct str trimmed = str_trim(line);
		bool slashes = str_starts(trimmed, "//");
		if (slashes || str_starts(trimmed, "--"))
			read_delimiter(trimmed, &delimiter);
		else if (!str_is(delimiter, ";"))
			at = find_last(line, delimiter);
		if (slashes)
			memset(sql + from, ' ', n);
		if (at == n)
			continue;
		memset(sql + from + at, ' ', n - at);
		sql[from + at] = ';';
	}
	file->sql.s = sql;
}

static struct source *
as_sql(struct adapter_run *run, struct source *file)
{
	static const struct placeholder variables[] = { { "${", "}", false, false }, { NULL, NULL, false, false } };
	struct source *filled = placeholders_replace(run, file, variables);

	mask_lines(run->arena, filled);
	return filled;
}

static const struct marks marks = { .read = read, .up = "-- //@UNDO", .takes = takes, .mode = mode, .fill = as_sql, .no_up = true,
	.flat = true, .order = BY_NUMBER };

static int
detect(const struct listing *l, struct str *why)
{
	*why = STR("most files hold \"-- //@UNDO\"");
	return sections_detect(l, &marks);
}

/* UpOperation runs what comes after the last that has run: what is late is skipped. */
static void
list(struct adapter_run *run)
{
	sections_list(run, &marks);
}

const struct adapter adapter_mybatis = {
	.name = "mybatis",
	.doc = "MyBatis Migrations; a script is committed at its end; ${name} is replaced",
	.layout = "VERSION_NAME.sql with -- //@UNDO",
	.also = "mybatis-migrations",
	.versions = VERSIONS_ARE_NUMBERS | VERSIONS_DIFFER,
	.wraps = true,
	.detect = detect,
	.list = list,
};
