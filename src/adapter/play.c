#include "adapter/adapter.h"

extern const struct adapter adapter_play;

/* ResourceEvolutionsReader: "# --- !Ups" and "# --- !Downs", with anything between the signs and the word. */
static bool
mark(struct str line, const char *word)
{
	line = str_trim(line);
	return (str_starts(line, "#") || str_starts(line, "--")) && str_find(line, str_of(word)) != (size_t)-1;
}

static enum way
read(struct str line, bool *begins)
{
	bool up = mark(line, "!Ups"), down = mark(line, "!Downs");

	*begins = up || down;
	return up ? WAY_UP : WAY_DOWN;
}

/* play.evolutions.autocommit is true unless configured. */
static enum tx_mode
mode(struct str text, const struct sections *all, enum way way)
{
	(void)text, (void)all, (void)way;
	return TX_NONE;
}

/* 1.sql, 2.sql ... */
static bool
takes(struct str base)
{
	int64_t n;

	return base.n > 4 && str_to_int(str_slice(base, 0, base.n - 4), &n) && n > 0;
}

/* In front of the first mark nothing is read; ";;" is a semicolon that ends no statement, as in the body of a function. */
static struct source *
as_sql(struct adapter_run *run, struct source *file)
{
	char *sql = str_c(run->arena, file->sql);
	struct str rest = file->text, line;
	bool head = true, begins;

	while (str_cut(&rest, '\n', &line)) {
		size_t from = (size_t)(line.s - file->text.s);
		read(line, &begins);
		head = head && !begins;
		for (size_t i = 0; (head || begins) && str_starts(str_trim(line), "#") && i < line.n; i++)
			if (sql[from + i] != '\r')
				sql[from + i] = ' ';
		for (size_t i = 0; i + 1 < line.n; i++)
			if (sql[from + i] == ';' && sql[from + i + 1] == ';')
				sql[from + i + 1] = ' ';
	}
	file->sql.s = sql;
	return file;
}

/* A ";" without another one beside it; to: there is none. */
static size_t
find_end(struct str text, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (text.s[i] == ';' && (i == 0 || text.s[i - 1] != ';') && (i + 1 == text.n || text.s[i + 1] != ';'))
			return i;
	return to;
}

/* Between statements, at the end of a line: what it ends is a comment alone. */
static bool
is_harmless(struct str text, size_t at, bool open)
{
	return !open && str_trim(str_slice(text, at + 1, scan_line_end(text, at))).n == 0;
}

/* Script.statements splits at every such ";", also in quotes and comments. to: it does nothing worse than SQL would. */
static size_t
find_cut(struct str text, size_t from, size_t to)
{
	struct scan s = { .text = str_slice(text, 0, to), .at = from };
	bool open = false, more = true;

	while (more) {
		size_t at = s.at, gap, end;
		more = scan_next(&s);
		gap = more ? s.at - s.token.n : to;
		/* White space, comments and quotes, but no sign. */
		end = more && (s.kind == SCAN_TEXT || s.kind == SCAN_NAME) ? s.at : gap;
		at = find_end(text, at, end);
		while (at < gap && is_harmless(text, at, open))
			at = find_end(text, at + 1, end);
		if (at < end)
			return at;
		open = more && !scan_is(&s, ";");
	}
	return to;
}

static void
check(struct adapter_run *run, struct source *source)
{
	struct sections all = sections_read(run->arena, source->text, &(struct marks){ .read = read });

	for (size_t i = 1; i < all.n; i++) {
		const struct section *section = &all.items[i];
		size_t at = find_cut(source->text, (size_t)section->line.off + section->line.len, section->to);
		if (at < section->to)
			adapter_mistake(run, source, span_of(at, at + 1), "split-quoted-text",
			    STR("Play ends the statement at this ';', as it knows no quotes and comments: write ';;'"));
	}
}

static const struct marks marks = { .read = read, .up = "# --- !Ups", .takes = takes, .mode = mode, .fill = as_sql, .check = check, .order = BY_NUMBER };

static int
detect(const struct listing *l, struct str *why)
{
	*why = STR("most files hold \"# --- !Ups\"");
	return sections_detect(l, &marks);
}

static void
list(struct adapter_run *run)
{
	sections_list(run, &marks);
}

const struct adapter adapter_play = {
	.name = "play",
	.doc = "Play evolutions; each statement commits",
	.layout = "N.sql with # --- !Ups and # --- !Downs",
	.also = "play-evolutions evolutions",
	.versions = VERSIONS_DIFFER | VERSIONS_WITHOUT_GAP,
	.doubles = true,
	.detect = detect,
	.list = list,
};
