#include "adapter/adapter.h"

extern const struct adapter adapter_custom;

/* Only the configuration knows. */
static int
detect(const struct listing *l, struct str *why)
{
	(void)l, (void)why;
	return 0;
}

static bool
begins(struct str line, struct str mark)
{
	return mark.n > 0 && str_eq(str_slice(str_trim(line), 0, mark.n), mark);
}

/* Where a line with the mark starts, at or behind from; text.n: nowhere. */
static size_t
find_mark(struct str text, size_t from, struct str mark)
{
	struct str rest = str_slice(text, from, text.n), line;

	while (str_cut(&rest, '\n', &line))
		if (begins(line, mark))
			return (size_t)(line.s - text.s);
	return text.n;
}

static enum tx_mode
mode(const struct custom_framework *c, struct str text)
{
	if (find_mark(text, 0, c->no_transaction) < text.n)
		return TX_NONE;
	return c->tx == TX_UNKNOWN ? TX_NONE : c->tx;
}

static struct part
part_of(const struct custom_framework *c, struct source *source, size_t from, size_t to)
{
	if (source == NULL || from >= to)
		return (struct part){ .tx = TX_NONE };
	return (struct part){ source, span_of(from, to), mode(c, str_slice(source->text, from, to)) };
}

static struct source *
source_of(struct adapter_run *run, const struct custom_framework *c, struct str file)
{
	struct source *source = file.n > 0 ? adapter_source(run, file) : NULL;
	struct placeholder list[] = { { NULL, NULL, false, true }, { NULL, NULL, false, false } };

	if (source == NULL || c->prefix.n == 0)
		return source;
	list[0].prefix = str_c(run->arena, c->prefix);
	list[0].suffix = str_c(run->arena, c->suffix);
	return placeholders_replace(run, source, list);
}

static void
add(struct adapter_run *run, const struct custom_framework *c, const struct candidate *one)
{
	struct source *source = source_of(run, c, one->up), *back = candidate_named(run, one) ? source_of(run, c, one->down) : NULL;
	struct part up = { 0 }, down = part_of(c, back, 0, back != NULL ? back->text.n : 0);
	size_t n = source != NULL ? source->text.n : 0, from, to;

	if (source == NULL) {
		adapter_add(run, one, up, down);
		return;
	}
	from = c->up.n > 0 ? find_mark(source->text, 0, c->up) : 0;
	to = c->down.n > 0 ? find_mark(source->text, from, c->down) : n;
	if (from == n && n > 0) {
		adapter_mistake(run, source, source_head(source, span_of(0, n)), "missing-up-section",
		    str_printf(run->arena, "no line begins with \"%.*s\", so nothing of this file was checked", STR_ARG(c->up)));
		return;
	}
	up = n > 0 ? part_of(c, source, from, to) : (struct part){ .source = source };
	adapter_add(run, one, up, to < n ? part_of(c, source, to, n) : down);
}

static bool
matches(struct str glob, struct str file)
{
	return str_glob(glob, file) || str_glob(glob, listing_base(file));
}

/* The file without what makes it a way back; versions make the pairs. */
static void
add_backs(struct adapter_run *run, const struct custom_framework *c, struct candidates *found)
{
	for (size_t i = 0; c->down_files.n > 0 && i < run->listing->nfiles; i++) {
		struct str file = run->listing->files[i];
		struct candidate back = { .down = file };
		bool paired = false;
		if (!matches(c->down_files, file))
			continue;
		candidate_name(&back, listing_base(file));
		for (size_t k = 0; k < found->n && !paired; k++)
			if (back.version.n > 0 && str_eq(found->items[k].version, back.version) && found->items[k].down.n == 0) {
				found->items[k].down = file;
				paired = true;
			}
		if (!paired)
			*vec_push(run->arena, found) = back;
	}
}

static void
list(struct adapter_run *run)
{
	static const struct custom_framework none;
	const struct custom_framework *c = run->settings != NULL ? &run->settings->custom : &none;
	struct candidates found = { 0 };

	for (size_t i = 0; i < run->listing->nfiles; i++) {
		struct str file = run->listing->files[i], base = listing_base(file);
		bool taken = c->files.n > 0 ? matches(c->files, file) : listing_sql(run->listing, file);
		if (!taken || (c->down_files.n > 0 && matches(c->down_files, file)))
			continue;
		struct candidate *one = vec_push(run->arena, &found);
		*one = (struct candidate){ .up = file, .dir = listing_dir(file) };
		candidate_name(one, str_ends(base, ".sql") ? str_slice(base, 0, base.n - 4) : base);
	}
	add_backs(run, c, &found);
	candidates_sort(&found, BY_GUESS);
	candidates_cut(run, &found);
	for (size_t i = 0; i < found.n; i++)
		add(run, c, &found.items[i]);
}

const struct adapter adapter_custom = {
	.name = "custom",
	.doc = "a runner of your own, as the key custom of the configuration says",
	.layout = "as configured",
	.versions = VERSIONS_DIFFER,
	.detect = detect,
	.list = list,
};
