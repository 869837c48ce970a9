#include "adapter/adapter.h"

extern const struct adapter adapter_pg_dump;

#define INSERT "INSERT INTO \"schema_migrations\" (version) VALUES"

/* The header of pg_dump, which some strip off, and what Rails adds (structure_dump, dump_schema_information). */
static bool
is_dump(struct str text)
{
	struct str head = str_slice(text, 0, 4096);

	return str_find(head, STR("-- PostgreSQL database dump")) != (size_t)-1 ||
	    (str_find(head, STR("SET statement_timeout = 0;")) != (size_t)-1 && str_find(head, STR("SET client_encoding = ")) != (size_t)-1) ||
	    str_find(text, STR(INSERT)) != (size_t)-1;
}

static bool
digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
has_versions(struct str text)
{
	return str_find(text, STR(INSERT)) != (size_t)-1;
}

/* db/ of Rails keeps views, functions and seeds beside the dump, which holds what they made. */
static bool
is_rails(const struct listing *l)
{
	return listing_has(l, STR("structure.sql")) && listing_passes(l, STR("structure.sql"), has_versions);
}

/* Several that are numbered are no dumps of several databases. */
static int
detect(const struct listing *l, struct str *why)
{
	size_t n = 0;
	bool numbered = false;

	*why = STR("structure.sql lists the migrations of Rails");
	if (is_rails(l))
		return 70;
	*why = STR("the files are dumps of a schema");
	for (size_t i = 0; i < l->nfiles; i++) {
		if (!listing_sql(l, l->files[i]))
			continue;
		numbered = numbered || digit(listing_base(l->files[i]).s[0]);
		if (++n > 8 || (n > 1 && numbered) || !listing_passes(l, l->files[i], is_dump))
			return 0;
	}
	return n > 0 ? 70 : 0;
}

/* The largest of the versions that Rails lists; empty: none. */
static struct str
last_version(struct str text)
{
	size_t at = str_find(text, STR(INSERT));
	struct str last = STR("");

	for (size_t i = at == (size_t)-1 ? text.n : at; i < text.n; i++) {
		size_t from = i;
		while (i < text.n && digit(text.s[i]))
			i++;
		struct str number = str_slice(text, from, i);
		if (number.n > 0 && (last.n == 0 || str_cmp_natural(number, last) > 0))
			last = number;
	}
	return last;
}

/* The shortest name first: structure.sql before queue_structure.sql. */
static void
find(struct adapter_run *run, struct candidates *found)
{
	const struct listing *l = run->listing;
	bool rails = is_rails(l), others = false;

	for (size_t i = 0; i < l->nfiles; i++) {
		struct candidate c = { .name = listing_base(l->files[i]), .up = l->files[i] };
		if (!listing_sql(l, l->files[i]))
			continue;
		if (rails && !listing_passes(l, l->files[i], is_dump)) {
			others = true;
			continue;
		}
		*vec_push(run->arena, found) = c;
		if (c.up.n >= found->items[0].up.n)
			continue;
		*vec_last(found) = found->items[0];
		found->items[0] = c;
	}
	if (others)
		adapter_unread(run, STR("structure.sql is what Rails has made of the database: the SQL files beside it, of which it holds what they made, were not read"));
}

static size_t
find_from(struct str text, size_t from, struct str what)
{
	size_t at = str_find(str_slice(text, from, text.n), what);

	return at == (size_t)-1 ? text.n : from + at;
}

/* pg_dump --clean: in front of the first object's head, the drops of what an older copy of the same file may have made. */
static struct source *
without_drops(struct adapter_run *run, struct source *file)
{
	struct making m = making_of(run->arena, file);
	size_t head = find_from(file->text, 0, STR("\n--\n-- Name: "));
	size_t drops = find_from(file->text, 0, STR("\nDROP ")), alters = find_from(file->text, 0, STR("\nALTER "));

	drops = drops < alters || drops >= head ? drops : alters;
	if (drops >= head)
		return file;
	making_take(&m, span_of(0, drops));
	making_take(&m, span_of(head, file->text.n));
	return making_end(&m);
}

/* Rails runs psql on the file. Each dump is the whole of a database. */
static void
list(struct adapter_run *run)
{
	struct candidates found = { 0 };

	find(run, &found);
	candidates_cut(run, &found);
	for (size_t i = 0; i < found.n; i++) {
		struct candidate *c = &found.items[i];
		struct part up = adapter_part(run, c->up, TX_NONE);
		if (up.source == NULL)
			continue;
		up.source = without_drops(run, up.source);
		up.span = span_of(0, up.source->text.n);
		c->version = last_version(up.source->text);
		if (i > 0 && candidate_named(run, c))
			diag_add(run->diags, SEVERITY_INFO, STR("input"), STR("unread-dump"), (struct place){ up.source, source_head(up.source, up.span) },
			    str_printf(run->arena, "%.*s is a database of its own, as this one is, which was not read: check it alone", STR_ARG(found.items[0].up)));
		else if (i == 0)
			adapter_add(run, c, up, (struct part){ 0 });
	}
	if (run->migrations.n > 0)
		vec_last(&run->migrations)->editable = true;
}

const struct adapter adapter_pg_dump = {
	.name = "pg-dump",
	.doc = "a schema that pg_dump wrote, as structure.sql of Rails: the state, not its history",
	.layout = "structure.sql",
	.also = "pg_dump rails",
	.detect = detect,
	.list = list,
};
