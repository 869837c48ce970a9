#include "adapter/adapter.h"

extern const struct adapter adapter_play;

/* EvolutionsReader: "# --- !Ups" and "# --- !Downs", with "#" or "--" and any dashes. */
static bool
mark(struct str line, const char *word)
{
	line = str_trim(line);
	if (!str_starts(line, "#") && !str_starts(line, "--"))
		return false;
	while (line.n > 0 && (line.s[0] == '#' || line.s[0] == '-' || line.s[0] == ' '))
		line = str_slice(line, 1, line.n);
	return str_starts(line, word);
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

/* A line that begins with "#" is a comment, and ";;" is a semicolon that ends no statement, as in the body of a function. */
static struct source *
as_sql(struct adapter_run *run, struct source *file)
{
	char *sql = str_c(run->arena, file->sql);
	struct str rest = file->text, line;

	while (str_cut(&rest, '\n', &line)) {
		size_t from = (size_t)(line.s - file->text.s);
		for (size_t i = 0; str_starts(str_trim(line), "#") && i < line.n; i++)
			if (sql[from + i] != '\r')
				sql[from + i] = ' ';
		for (size_t i = 0; i + 1 < line.n; i++)
			if (sql[from + i] == ';' && sql[from + i + 1] == ';')
				sql[from + i + 1] = ' ';
	}
	file->sql.s = sql;
	return file;
}

static const struct marks marks = { .read = read, .up = "# --- !Ups", .takes = takes, .mode = mode, .fill = as_sql };

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
	.detect = detect,
	.list = list,
};
