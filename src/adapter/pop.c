#include "adapter/adapter.h"

extern const struct adapter adapter_pop;

static bool
has_part(const struct listing *l, const char *part)
{
	for (size_t i = 0; i < l->nfiles; i++)
		if (str_find(listing_base(l->files[i]), str_of(part)) != (size_t)-1)
			return true;
	return false;
}

static bool
has_template(const struct listing *l)
{
	for (size_t i = 0; i < l->samples.n; i++)
		if (str_find(l->samples.items[i], STR("{{")) != (size_t)-1 && str_find(l->samples.items[i], STR(".Options")) != (size_t)-1)
			return true;
	return false;
}

static int
detect(const struct listing *l, struct str *why)
{
	if (!pairs_most(l))
		return 0;
	*why = STR("there are NAME.up.fizz files");
	if (has_part(l, ".up.fizz"))
		return 94;
	*why = STR("there are NAME.autocommit.up.sql files");
	if (has_part(l, ".autocommit."))
		return 94;
	*why = STR("there are files for one database, NAME.postgres.up.sql or the like");
	if (has_part(l, ".postgres.up.sql") || has_part(l, ".mysql.up.sql") || has_part(l, ".sqlite.up.sql"))
		return 94;
	*why = STR("files are templates with .Options");
	if (has_template(l))
		return 94;
	*why = STR("most files are NAME.up.sql, and go.mod names pop");
	return listing_near(l, "go.mod", "gobuffalo/pop") ? 93 : 0;
}

/* popx: a migration runs in a transaction unless its name says autocommit; then it is one string. */
static enum tx_mode
mode(struct str file)
{
	return str_find(listing_base(file), STR(".autocommit.")) != (size_t)-1 ? TX_STRING : TX_WRAPPED;
}

static struct part
part_of(struct adapter_run *run, struct str file)
{
	struct source *source = file.n > 0 ? adapter_source(run, file) : NULL, *filled = source != NULL ? go_template_fill(run, source) : NULL;

	if (filled == NULL)
		return (struct part){ .source = source, .tx = mode(file) };
	return (struct part){ filled, span_of(0, filled->text.n), mode(file) };
}

static void
note_fizz(struct adapter_run *run)
{
	size_t n = 0;

	for (size_t i = 0; i < run->listing->nfiles; i++)
		n += str_ends(run->listing->files[i], ".up.fizz");
	if (n > 0)
		adapter_unread(run, str_printf(run->arena, "migrations in fizz are not read, and here are %zu: what they make is not known", n));
}

/* Migrator.UpTo() of pop and soda puts each file into a transaction; only the popx of Ory leaves it out, for files called so. */
static bool
is_popx(const struct listing *l)
{
	return has_part(l, ".autocommit.") || listing_near(l, "go.mod", "github.com/ory/x ");
}

/* UpMigrations.Less compares versions as text; UpTo() asks for each whether its version has run. */
static void
list(struct adapter_run *run)
{
	struct candidates found = { 0 };
	bool popx = is_popx(run->listing);

	pairs_find(run, NULL, BY_TEXT, &found);
	for (size_t i = 0; i < found.n; i++) {
		const struct candidate *c = &found.items[i];
		struct part up = part_of(run, c->up);
		size_t before = run->migrations.n;
		adapter_add(run, c, up, candidate_named(run, c) ? part_of(run, c->down) : (struct part){ 0 });
		for (; before < run->migrations.n; before++) {
			run->migrations.items[before].wraps = !popx;
			run->migrations.items[before].outside = popx ? "in a file called NAME.autocommit.up.sql" : NULL;
		}
	}
	note_fizz(run);
}

const struct adapter adapter_pop = {
	.name = "pop",
	.doc = "pop, soda and popx; a file runs in a transaction, with popx unless it is called autocommit; templates are filled where they name values",
	.layout = "VERSION_NAME[.DATABASE][.autocommit].up.sql, VERSION_NAME.down.sql",
	.also = "soda popx",
	.versions = VERSIONS_DIFFER | VERSIONS_ARE_TEXT | VERSIONS_RUN_LATE,
	.alone = true,
	.detect = detect,
	.list = list,
};
