#include "adapter/adapter.h"

extern const struct adapter adapter_yoyo;

#define ROLLBACK ".rollback.sql"

/* parse_metadata_from_sql_comments(): "-- NAME: WORDS" in front of the first statement, where it may stand several times. */
static bool
next_directive(struct str *text, const char *name, struct str *words)
{
	struct str line, rest;

	while (str_cut(text, '\n', &line) && (str_trim(line).n == 0 || str_starts(str_trim(line), "--"))) {
		rest = str_trim(line);
		rest = str_trim(str_slice(rest, 2, rest.n));
		if (!str_starts(rest, name))
			continue;
		rest = str_trim(str_slice(rest, str_of(name).n, rest.n));
		if (!str_starts(rest, ":"))
			continue;
		*words = str_trim(str_slice(rest, 1, rest.n));
		return true;
	}
	text->n = 0;
	return false;
}

static bool
has_depends(struct str text)
{
	struct str words;

	return next_directive(&text, "depends", &words);
}

static int
detect(const struct listing *l, struct str *why)
{
	size_t n = listing_count(l, "");

	*why = STR("there is a yoyo.ini");
	if (n > 0 && listing_near(l, "yoyo.ini", "sources"))
		return 91;
	*why = STR("there are NAME.rollback.sql files, and one says -- depends: NAME");
	n = listing_count(l, ROLLBACK);
	for (size_t i = 0; n > 0 && i < l->nfiles; i++)
		if (listing_sql(l, l->files[i]) && listing_passes(l, l->files[i], has_depends))
			return 91;
	return 0;
}

/* A migration, and whether it is in the order already. */
struct item {
	struct candidate c;
	struct str text;
	bool done, last;                /* it runs behind all others, each time */
};

struct items {
	struct arena *arena;
	VEC(struct item) list;
	struct map by_name;
};

static struct str
stem_of(struct str base)
{
	size_t dot = base.n;

	while (dot > 0 && base.s[dot - 1] != '.')
		dot--;
	return str_slice(base, 0, dot > 0 ? dot - 1 : base.n);
}

/* read_migrations(): files of one directory that end in .sql or .py, in the order of their names. */
static void
find(struct adapter_run *run, struct items *items)
{
	const struct listing *l = run->listing;

	for (size_t i = 0; i < l->nfiles; i++) {
		struct str file = l->files[i];
		bool sql = str_ends(file, ".sql") && !str_ends(file, ROLLBACK);
		if (!(sql || str_ends(file, ".py")) || (l->root.n > 0 && listing_dir(file).n > 0))
			continue;
		struct item *item = vec_push(run->arena, &items->list);
		struct str stem = stem_of(file), down = str_printf(run->arena, "%.*s" ROLLBACK, STR_ARG(stem));
		struct source *source = sql ? listing_source(run->arena, l, file, NULL) : NULL;
		*item = (struct item){ .c = { .up = file, .down = listing_has(l, down) ? down : STR("") },
			.text = source != NULL ? source->text : STR(""), .last = str_starts(listing_base(file), "post-apply") };
		candidate_name(&item->c, listing_base(stem));
	}
	for (size_t i = 0; i < items->list.n; i++)
		*map_at(&items->by_name, listing_base(stem_of(items->list.items[i].c.up))) = &items->list.items[i];
}

static bool
is_ready(const struct items *items, const struct item *item, bool last)
{
	struct str text = item->text, words, name;

	if (item->done || item->last != last)
		return false;
	while (next_directive(&text, "depends", &words))
		while (str_cut(&words, ' ', &name)) {
			const struct item *before = map_get(&items->by_name, str_trim(name));
			if (before != NULL && !before->done)
				return false;
		}
	return true;
}

/* topological_sort(): always the first of those that wait for nothing. What is in a circle is left out. */
static void
order(struct items *items, struct candidates *found)
{
	size_t i = 0;
	bool last = false;

	while (i < items->list.n || !last) {
		last = last || i == items->list.n;
		for (i = 0; i < items->list.n && !is_ready(items, &items->list.items[i], last); i++)
			;
		if (i == items->list.n)
			continue;
		items->list.items[i].done = true;
		*vec_push(items->arena, found) = items->list.items[i].c;
	}
}

/* Migration.process_steps(): one transaction, or each statement alone. */
static enum tx_mode
mode(struct source *source)
{
	struct str text = source->text, words;

	while (next_directive(&text, "transactional", &words))
		if (str_is_nocase(words, "false"))
			return TX_NONE;
	return TX_WRAPPED;
}

static void
add(struct adapter_run *run, const struct candidate *c)
{
	struct source *source = adapter_source(run, c->up);
	enum tx_mode tx = source != NULL ? mode(source) : TX_WRAPPED;

	adapter_add_files(run, c, tx);
	if (run->migrations.n > 0 && str_starts(listing_base(c->up), "post-apply"))
		vec_last(&run->migrations)->editable = true;
}

static void
list(struct adapter_run *run)
{
	struct items items = { .arena = run->arena, .by_name = MAP(run->arena) };
	struct candidates found = { 0 };
	size_t code = 0;

	find(run, &items);
	order(&items, &found);
	candidates_cut(run, &found);
	for (size_t i = 0; i < found.n; i++) {
		bool python = str_ends(found.items[i].up, ".py");
		code += python;
		if (python)
			adapter_add_code(run, &found.items[i]);
		else
			add(run, &found.items[i]);
	}
	adapter_note_code(run, code);
}

const struct adapter adapter_yoyo = {
	.name = "yoyo",
	.doc = "yoyo-migrations; a file runs in a transaction unless it says -- transactional: false",
	.layout = "NAME.sql, NAME.rollback.sql, with -- depends: NAME",
	.also = "yoyo-migrations",
	.versions = VERSIONS_RUN_LATE,
	.detect = detect,
	.list = list,
};
