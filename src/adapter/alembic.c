#include <string.h>

#include "adapter/adapter.h"

extern const struct adapter adapter_alembic;

/* How far to follow what comes before. */
enum { DEPTH = 10000 };

/* ---- the sections of a file ---- */

/*
 * A revision, or its way back. MigrationContext.run_migrations() writes "-- Running upgrade A, B -> C", the short_log of
 * the step, before each; its message is not printed.
 */
struct run {
	struct source *source;
	struct str file;
	struct str from, to;            /* revisions, of which there may be several on the older side; each may be empty */
	bool back;
	bool open, closes;              /* a transaction is open where it begins; its end is not its own */
	bool first;                     /* of the file */
	size_t mark;                    /* where the line "-- Running" is; in front of the first one there may be more */
	struct span span;
};

VEC_TYPE(runs, struct run);

static bool
read_head(struct str line, struct run *s)
{
	struct str rest;
	size_t arrow;

	s->back = false;
	if (!adapter_marker(line, "Running upgrade", &rest)) {
		s->back = true;
		if (!adapter_marker(line, "Running downgrade", &rest))
			return false;
	}
	arrow = str_find(rest, STR("->"));
	if (arrow == (size_t)-1)
		return false;
	s->from = str_trim(str_slice(rest, 0, arrow));
	s->to = str_trim(str_slice(rest, arrow + 2, rest.n));
	return true;
}

/* HeadMaintainer writes down where it is, each time in a line; the name of the table may be configured. */
static bool
keeps_record(struct str line)
{
	static const char *const globs[] = { "INSERT INTO * (version_num) VALUES ('*')*", "UPDATE * SET version_num='*' WHERE *",
		"DELETE FROM * WHERE *.version_num = '*'*" };

	for (size_t i = 0; i < sizeof(globs) / sizeof(globs[0]); i++)
		if (str_glob(str_of(globs[i]), line))
			return true;
	return false;
}

/* What Alembic does for itself is not what the migration does. */
static void
mask_records(struct arena *a, struct source *source)
{
	char *sql = str_c(a, source->sql);
	struct str rest = source->text, line;

	while (str_cut(&rest, '\n', &line))
		if (keeps_record(line))
			memset(sql + (line.s - source->text.s), ' ', str_trim(line).n);
	source->sql.s = sql;
}

static void
read_sections(struct arena *a, struct source *source, struct str file, struct runs *all)
{
	struct str text = source->text, rest = text, line;
	size_t first = all->n;

	while (str_cut(&rest, '\n', &line)) {
		struct run s = { .source = source, .file = file, .first = all->n == first };
		size_t from = (size_t)(line.s - text.s);
		if (!read_head(line, &s))
			continue;
		s.mark = from;
		if (!s.first)
			vec_last(all)->span = span_of(vec_last(all)->span.off, from);
		s.span = span_of(s.first ? 0 : from, text.n);
		*vec_push(a, all) = s;
	}
}

/* ---- transactions ---- */

/* A transaction in the text. */
struct block {
	bool open;                      /* behind what was read */
	size_t begin;                   /* of the last BEGIN */
	bool alone;                     /* nothing stands behind that */
};

static void
follow(struct block *b, struct str sql, size_t from, size_t to)
{
	struct scan s = { .text = str_slice(sql, 0, to), .at = from };
	bool first = true;

	b->alone = false;
	while (scan_next(&s)) {
		bool begins = first && scan_is(&s, "begin"), ends = first && (scan_is(&s, "commit") || scan_is(&s, "rollback"));
		if (begins)
			b->begin = s.at - s.token.n;
		b->open = begins || (b->open && !ends);
		b->alone = begins || (b->alone && scan_is(&s, ";"));
		first = s.parens == 0 && scan_is(&s, ";");
	}
}

/* A BEGIN at the end of a section opens the transaction of the next one. */
static void
follow_file(struct runs *all, size_t first)
{
	struct block b = { 0 };

	for (size_t i = first; i < all->n; i++) {
		struct run *s = &all->items[i];
		size_t end = (size_t)s->span.off + s->span.len;
		s->open = b.open && !s->first;
		follow(&b, s->source->sql, s->span.off, end);
		s->closes = b.open;
		if (!b.alone || !b.open || b.begin < s->mark || i + 1 == all->n)
			continue;
		s->closes = false;
		s->span = span_of(s->span.off, b.begin);
	}
}

/*
 * By default one transaction goes around all revisions of a run. Each is judged as if it ran alone: what begins
 * inside a transaction gets a BEGIN of its own, and what ends inside one a COMMIT.
 */
static struct part
part_of(struct arena *a, const struct run *s)
{
	struct making m = making_of(a, s->source);
	struct span head = source_head(s->source, s->span);
	size_t end = (size_t)s->span.off + s->span.len;

	if (s->span.len == 0)
		return (struct part){ 0 };
	/* Its mark, at least, is not masked. */
	while (end > 1 + (size_t)s->span.off && (s->source->sql.s[end - 1] == ' ' || s->source->sql.s[end - 1] == '\n'))
		end--;
	if (s->open && head.len > 0)
		making_put(&m, STR("BEGIN;\n"), head);
	making_take(&m, s->span);
	if (s->closes && head.len > 0)
		making_put(&m, STR("\nCOMMIT;"), span_of(end - 1, end));
	if (!s->open && !s->closes)
		return (struct part){ s->source, s->span, TX_NONE };
	struct source *made = making_end(&m);
	return (struct part){ made, span_of(0, made->text.n), TX_NONE };
}

/* ---- revisions ---- */

struct revision {
	const struct run *up, *down;
	bool done;
};

struct history {
	struct adapter_run *run;
	struct map by_name;             /* revision -> struct revision */
	VEC(const struct run *) order;
};

static struct revision *
revision_of(struct history *h, struct str name)
{
	void **at = map_at(&h->by_name, name);

	if (*at == NULL)
		*at = NEW(h->run->arena, struct revision);
	return *at;
}

/* A file may repeat what another one has, as the whole history and the last release do. */
static void
know(struct history *h, const struct run *s)
{
	struct revision *r = revision_of(h, s->back ? s->from : s->to);
	const struct run **slot = s->back ? &r->down : &r->up;
	struct place at = { s->source, source_head(s->source, s->span) };

	if (*slot == NULL)
		*slot = s;
	else if (adapter_named(h->run, s->file))
		adapter_note(h->run, FILE_SAME_VERSION, at, (struct place){ (*slot)->source, source_head((*slot)->source, (*slot)->span) }, s->back ? s->from : s->to, STR(""));
}

static void place_revision(struct history *, const struct run *, unsigned depth);

static void
place_before(struct history *h, struct str name, unsigned depth)
{
	const struct revision *r = map_get(&h->by_name, name);

	if (r != NULL && r->up != NULL)
		place_revision(h, r->up, depth);
}

/* What depends_on names is not printed, but Alembic has put it in front. */
static void
place_revision(struct history *h, const struct run *s, unsigned depth)
{
	struct revision *r = revision_of(h, s->to);
	struct str rest = s->from, name;

	if (r->done || r->up != s || depth > DEPTH)
		return;
	r->done = true;
	if (!s->first && !s[-1].back)
		place_before(h, s[-1].to, depth + 1);
	while (str_cut(&rest, ',', &name))
		place_before(h, str_trim(name), depth + 1);
	*vec_push(h->run->arena, &h->order) = s;
}

static void
order_revisions(struct history *h, const struct runs *all)
{
	for (size_t i = 0; i < all->n; i++)
		know(h, &all->items[i]);
	for (size_t i = 0; i < all->n; i++)
		if (!all->items[i].back)
			place_revision(h, &all->items[i], 0);
	for (size_t i = 0; i < all->n; i++)
		if (all->items[i].back && revision_of(h, all->items[i].from)->up == NULL)
			*vec_push(h->run->arena, &h->order) = &all->items[i];
}

static void
add(struct history *h, const struct candidate *c, const struct revision *r)
{
	struct part up = { 0 }, down = { 0 };

	if (r->up != NULL)
		up = part_of(h->run->arena, r->up);
	if (r->down != NULL && candidate_named(h->run, c))
		down = part_of(h->run->arena, r->down);
	adapter_add(h->run, c, up, down);
	if (h->run->migrations.n == 0)
		return;
	vec_last(&h->run->migrations)->editable = true;
	vec_last(&h->run->migrations)->together = r->up != NULL && r->up->closes;
}

static void
list(struct adapter_run *run)
{
	const struct listing *l = run->listing;
	struct history h = { .run = run, .by_name = MAP(run->arena) };
	struct runs all = { 0 };
	struct candidates found = { 0 };

	for (size_t i = 0; i < l->nfiles; i++) {
		struct source *source = listing_sql(l, l->files[i]) ? adapter_source(run, l->files[i]) : NULL;
		size_t first = all.n;
		if (source != NULL) {
			mask_records(run->arena, source);
			read_sections(run->arena, source, l->files[i], &all);
		}
		follow_file(&all, first);
	}
	order_revisions(&h, &all);
	for (size_t i = 0; i < h.order.n; i++) {
		const struct run *s = h.order.items[i];
		const struct revision *r = revision_of(&h, s->back ? s->from : s->to);
		*vec_push(run->arena, &found) = (struct candidate){ .version = s->back ? s->from : s->to,
			.up = r->up != NULL ? r->up->file : STR(""), .down = r->down != NULL ? r->down->file : STR("") };
	}
	candidates_cut(run, &found);
	for (size_t i = 0; i < found.n; i++)
		add(&h, &found.items[i], revision_of(&h, found.items[i].version));
}

static bool
has_section(struct str text)
{
	return str_find(text, STR("-- Running upgrade ")) != (size_t)-1 || str_find(text, STR("-- Running downgrade ")) != (size_t)-1;
}

static int
detect(const struct listing *l, struct str *why)
{
	*why = STR("most files hold \"-- Running upgrade\"");
	return listing_mostly(l, has_section) ? 96 : 0;
}

const struct adapter adapter_alembic = {
	.name = "alembic",
	.doc = "Alembic, what upgrade --sql printed; transactions as they are in the text",
	.layout = "FILE.sql with -- Running upgrade A -> B",
	.printed = true,
	.detect = detect,
	.list = list,
};
