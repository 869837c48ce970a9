#include "adapter/adapter.h"

extern const struct adapter adapter_django;

/* What describe() of the operations begins with; dumps and licences have such a head, too. */
static bool
describes(struct str words)
{
	static const char *const verbs[] = { "Add ", "Alter ", "Change ", "Concurrently ", "Create ", "Creates ", "Custom ", "Delete ",
		"MIGRATION ", "Raw ", "Remove ", "Rename ", "Set ", "Validate " };

	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (str_starts(words, verbs[i]))
			return true;
	return false;
}

/*
 * sqlmigrate puts "--\n-- WORDS\n--\n" before each operation (schema_editor.collected_sql), behind BEGIN; of an atomic
 * migration. What allows rules may have been put in front of it.
 */
static bool
printed(struct str text)
{
	struct str line;

	while (str_starts(text, "-- dbopt-migrate:") && str_cut(&text, '\n', &line))
		;
	if (str_starts(text, "BEGIN;\n"))
		text = str_slice(text, sizeof("BEGIN;\n") - 1, text.n);
	if (!str_cut(&text, '\n', &line) || !str_is(str_trim(line), "--"))
		return false;
	if (!str_cut(&text, '\n', &line) || !str_starts(line, "-- ") || !describes(str_slice(line, 3, line.n)))
		return false;
	return str_cut(&text, '\n', &line) && str_is(str_trim(line), "--");
}

static int
detect(const struct listing *l, struct str *why)
{
	*why = STR("most files begin as sqlmigrate prints them");
	return listing_mostly(l, printed) ? 80 : 0;
}

/* Operations that run Python: of Django 3, and of later ones. */
static void
say_unreadable(struct adapter_run *run, struct source *source)
{
	static const char *const words[] = { "-- MIGRATION NOW PERFORMS OPERATION THAT CANNOT BE WRITTEN AS SQL",
		"-- THIS OPERATION CANNOT BE WRITTEN AS SQL" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t at = str_find(source->text, str_of(words[i]));
		if (at == (size_t)-1)
			continue;
		struct place place = { source, span_of(at, scan_line_end(source->text, at)) };
		diag_add(run->diags, SEVERITY_INFO, STR("input"), STR("unreadable-changes"), place,
		    STR("an operation of this migration runs Python: what it does is not known"))->labels[0].text = STR("not in this file");
	}
}

/* "0002_x.back.sql" and its like hold what sqlmigrate --backwards prints. */
static struct str
back_of(const struct adapter_run *run, struct str stem)
{
	static const char *const words[] = { "backwards", "reverse", "back", "down", "rollback" };
	static const char *const signs = "._-";

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		for (const char *sign = signs; *sign != '\0'; sign++) {
			struct str file = str_printf(run->arena, "%.*s%c%s.sql", STR_ARG(stem), *sign, words[i]);
			if (listing_has(run->listing, file))
				return file;
		}
	return STR("");
}

static void
find(const struct adapter_run *run, struct candidates *found)
{
	const struct listing *l = run->listing;
	struct map backs = MAP(run->arena);

	for (size_t i = 0; i < l->nfiles; i++) {
		struct candidate c = { .up = l->files[i] };
		if (!listing_sql(l, c.up) || c.up.n < 4)
			continue;
		c.dir = listing_dir(c.up);
		c.down = back_of(run, str_slice(c.up, 0, c.up.n - 4));
		candidate_name(&c, str_slice(listing_base(c.up), 0, listing_base(c.up).n - 4));
		*map_at(&backs, c.down) = found;
		*vec_push(run->arena, found) = c;
	}
	size_t n = 0;
	for (size_t i = 0; i < found->n; i++)
		if (!map_has(&backs, found->items[i].up))
			found->items[n++] = found->items[i];
	found->n = n;
}

static void
list(struct adapter_run *run)
{
	struct candidates found = { 0 };

	find(run, &found);
	candidates_sort(&found, BY_GUESS);
	candidates_cut(run, &found);
	for (size_t i = 0; i < found.n; i++) {
		const struct candidate *c = &found.items[i];
		bool named = candidate_named(run, c);
		struct part up = adapter_part(run, c->up, TX_NONE);
		if (up.source != NULL && named)
			say_unreadable(run, up.source);
		adapter_add(run, c, up, named ? adapter_part(run, c->down, TX_NONE) : (struct part){ 0 });
	}
}

const struct adapter adapter_django = {
	.name = "django",
	.doc = "Django, what sqlmigrate printed; transactions as they are in the text",
	.layout = "APP/NNNN_NAME.sql",
	.detect = detect,
	.list = list,
};
