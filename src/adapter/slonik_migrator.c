#include <stdlib.h>

#include "adapter/adapter.h"

extern const struct adapter adapter_slonik_migrator;

enum { TIME_SIZE = 19 };

/* umzug create: "2024.01.02T03.04.05.NAME.sql" */
static bool
has_time(struct str base)
{
	static const char form[] = "dddd.dd.ddTdd.dd.dd.";

	for (size_t i = 0; form[i] != '\0'; i++) {
		bool digit = i < base.n && base.s[i] >= '0' && base.s[i] <= '9';
		if (i >= base.n || (form[i] == 'd' ? !digit : base.s[i] != form[i]))
			return false;
	}
	return true;
}

static bool
is_back(struct str file)
{
	return str_is(listing_base(listing_dir(file)), "down");
}

static int
detect(const struct listing *l, struct str *why)
{
	size_t n = 0;

	if (str_is(listing_base(l->root), "down"))
		return 0;
	for (size_t i = 0; i < l->nfiles; i++)
		n += listing_sql(l, l->files[i]) && has_time(listing_base(l->files[i]));
	*why = STR("most files are YYYY.MM.DDThh.mm.ss.NAME.sql");
	if (2 * n > listing_count(l, ""))
		return 93;
	*why = STR("package.json names @slonik/migrator");
	return listing_count(l, "") > 0 && listing_near(l, "package.json", "\"@slonik/migrator\"") ? 90 : 0;
}

static bool
is_code(struct str file)
{
	return str_ends(file, ".js") || str_ends(file, ".ts");
}

/* migrationsGlob(): one folder, and its folder "down". */
static void
find(struct adapter_run *run, struct candidates *found)
{
	for (size_t i = 0; i < run->listing->nfiles; i++) {
		struct str file = run->listing->files[i], base = listing_base(file), dir = listing_dir(file), down;
		if (!(listing_sql(run->listing, file) || is_code(file)) || is_back(file))
			continue;
		struct candidate *c = vec_push(run->arena, found);
		*c = (struct candidate){ .dir = dir, .up = file };
		down = str_printf(run->arena, "%.*s%sdown/%.*s", STR_ARG(dir), dir.n > 0 ? "/" : "", STR_ARG(base));
		c->down = listing_has(run->listing, down) ? down : STR("");
		candidate_name(c, str_slice(base, 0, base.n - (is_code(file) ? 3 : 4)));
		if (has_time(base)) {
			c->version = str_slice(base, 0, TIME_SIZE);
			c->name = str_slice(base, TIME_SIZE + 1, base.n - (is_code(file) ? 3 : 4));
		}
	}
	candidates_sort(found, BY_NAME);
}

/* resolver(): a file is sent as one string. */
static void
list(struct adapter_run *run)
{
	struct candidates found = { 0 };
	size_t code = 0;

	find(run, &found);
	candidates_cut(run, &found);
	for (size_t i = 0; i < found.n; i++) {
		if (is_code(found.items[i].up)) {
			adapter_add_code(run, &found.items[i]);
			code++;
		} else
			adapter_add_files(run, &found.items[i], TX_STRING);
	}
	adapter_note_code(run, code);
}

const struct adapter adapter_slonik_migrator = {
	.name = "slonik-migrator",
	.doc = "@slonik/migrator, umzug; a file is one string",
	.layout = "TIME.NAME.sql, down/TIME.NAME.sql",
	.also = "slonik_migrator @slonik/migrator slonik umzug",
	.versions = VERSIONS_ARE_TEXT | VERSIONS_RUN_LATE,
	.detect = detect,
	.list = list,
};
