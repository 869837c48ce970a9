#include "adapter/adapter.h"

extern const struct adapter adapter_tern;

#define DIVIDER "---- create above / drop below ----"
#define NO_TRANSACTION "---- tern: disable-tx ----"

/* LoadMigrations() splits at the first divider. */
static enum way
read(struct str line, bool *begins)
{
	*begins = str_find(line, STR(DIVIDER)) != (size_t)-1;
	return WAY_DOWN;
}

static bool
disabled(struct str text)
{
	struct str line;

	while (str_cut(&text, '\n', &line))
		if (str_is(line, NO_TRANSACTION))
			return true;
	return false;
}

/* doSQLMigration(): without a transaction the statements are sent one by one. */
static enum tx_mode
mode(struct str text, const struct sections *all, enum way way)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->items[i].way == way && disabled(str_slice(text, all->items[i].from, all->items[i].to)))
			return TX_NONE;
	return TX_WRAPPED;
}

/* migrationPattern */
static bool
takes(struct str base)
{
	size_t i = 0;

	while (i < base.n && base.s[i] >= '0' && base.s[i] <= '9')
		i++;
	return i > 0 && i + 1 < base.n && base.s[i] == '_';
}

/* Templates lie in directories below. */
static const struct marks marks = { .read = read, .up = DIVIDER, .takes = takes, .mode = mode, .fill = go_template_fill, .no_up = true, .flat = true, .order = BY_NUMBER };

static bool
named_for_it(const struct listing *l)
{
	size_t with = 0;

	for (size_t i = 0; i < l->nfiles; i++)
		with += listing_dir(l->files[i]).n == 0 && str_ends(l->files[i], ".sql") && takes(listing_base(l->files[i]));
	return 2 * with > listing_count(l, "");
}

/* The module, or how its command is fetched and called. */
static bool
named_around(const struct listing *l)
{
	static const char *const files[] = { "go.mod", "Makefile", "Dockerfile", "Taskfile.yml", "justfile" };
	static const char *const words[] = { "jackc/tern", "tern migrate" };

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++)
			if (listing_near(l, files[i], words[k]))
				return true;
	return listing_nearest(l, "tern.conf").s != NULL;
}

static int
detect(const struct listing *l, struct str *why)
{
	if (listing_has(l, STR("tern.conf"))) {
		*why = STR("there is a tern.conf");
		return 97;
	}
	*why = STR("most files hold \"" DIVIDER "\"");
	if (sections_detect(l, &marks) > 0)
		return 95;
	*why = STR("names are VERSION_NAME.sql, and files around them name tern");
	return named_for_it(l) && named_around(l) ? 89 : 0;
}

static void
list(struct adapter_run *run)
{
	sections_list(run, &marks);
}

const struct adapter adapter_tern = {
	.name = "tern",
	.doc = "tern; a migration runs in a transaction unless it says disable-tx; templates are filled where they name values",
	.layout = "VERSION_NAME.sql, divided by " DIVIDER,
	.versions = VERSIONS_ARE_NUMBERS | VERSIONS_DIFFER | VERSIONS_WITHOUT_GAP,
	.detect = detect,
	.list = list,
};
