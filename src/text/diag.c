#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "text/diag.h"

static const char *const severities[] = { "off", "info", "warning", "error" };

const char *
severity_name(enum severity severity)
{
	return severities[severity];
}

bool
severity_parse(struct str text, enum severity *severity)
{
	int i;

	for (i = SEVERITY_OFF; i <= SEVERITY_ERROR; i++) {
		if (str_is(text, severities[i])) {
			*severity = (enum severity)i;
			return true;
		}
	}
	return false;
}

struct diag *
diag_add(struct diags *diags, enum severity severity, struct str category, struct str rule, struct place at,
    struct str message)
{
	struct diag *d = NEW(diags->arena, struct diag);

	*d = (struct diag){ .rule = rule, .category = category, .severity = severity, .message = message };
	d->labels = NEW(diags->arena, struct label);
	d->labels[0].at = place_in_file(at);
	d->nlabels = at.source != NULL;
	*vec_push(diags->arena, &diags->list) = d;
	return d;
}

void
diag_label(struct diags *diags, struct diag *d, struct place at, struct str text)
{
	struct label *labels = NEW_ARRAY(diags->arena, struct label, d->nlabels + 1);

	if (d->nlabels)
		memcpy(labels, d->labels, d->nlabels * sizeof(*labels));
	labels[d->nlabels++] = (struct label){ place_in_file(at), text };
	d->labels = labels;
}

void
diag_note(struct diags *diags, struct diag *d, struct str text)
{
	struct str *notes = NEW_ARRAY(diags->arena, struct str, d->nnotes + 1);

	if (d->nnotes)
		memcpy(notes, d->notes, d->nnotes * sizeof(*notes));
	notes[d->nnotes++] = text;
	d->notes = notes;
}

static int
order(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

static struct place
place_of(const struct diag *d)
{
	return d->nlabels ? d->labels[0].at : (struct place){ 0 };
}

static struct str
path_of(struct place at)
{
	return at.source ? at.source->path : STR("");
}

static int
compare_path(struct place a, struct place b)
{
	return a.source == b.source ? 0 : str_cmp_natural(path_of(a), path_of(b));
}

static int
compare_labels(const struct diag *a, const struct diag *b)
{
	int c = order(a->nlabels, b->nlabels);
	size_t i;

	for (i = 0; !c && i < a->nlabels; i++) {
		const struct label *x = &a->labels[i], *y = &b->labels[i];

		if (!(c = compare_path(x->at, y->at)) && !(c = order(x->at.span.off, y->at.span.off)) &&
		    !(c = order(x->at.span.len, y->at.span.len)))
			c = str_cmp(x->text, y->text);
	}
	return c;
}

static int
compare_notes(const struct diag *a, const struct diag *b)
{
	int c = order(a->nnotes, b->nnotes);
	size_t i;

	for (i = 0; !c && i < a->nnotes; i++)
		c = str_cmp(a->notes[i], b->notes[i]);
	return c;
}

/* What the order does not depend on, but for it to be the same every time. 0: an exact repetition. */
static int
compare_rest(const struct diag *a, const struct diag *b)
{
	int c;

	if ((c = compare_labels(a, b)) || (c = order(a->severity, b->severity)) ||
	    (c = order(a->possible, b->possible)) || (c = order(a->unchecked, b->unchecked)) ||
	    (c = compare_notes(a, b)) || (c = str_cmp(a->statement, b->statement)) ||
	    (c = str_cmp(a->category, b->category)) || (c = str_cmp(a->why, b->why)) ||
	    (c = str_cmp(a->tradeoffs, b->tradeoffs)))
		return c;
	return str_cmp(a->safe, b->safe);
}

static int
compare(const void *x, const void *y)
{
	const struct diag *a = *(struct diag *const *)x, *b = *(struct diag *const *)y;
	int c;

	if ((c = compare_path(place_of(a), place_of(b))) ||
	    (c = order(place_of(a).span.off, place_of(b).span.off)) || (c = str_cmp(a->rule, b->rule)) ||
	    (c = str_cmp(a->message, b->message)))
		return c;
	return compare_rest(a, b);
}

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static uint64_t
hash_folded(uint64_t hash, struct str s)
{
	size_t from, at = 0;

	s = str_trim(s);
	while (at < s.n) {
		for (from = at; at < s.n && !is_space(s.s[at]); at++)
			;
		hash = str_hash_on(hash, str_slice(s, from, at));
		if (at < s.n)
			hash = str_hash_on(hash, STR(" "));
		while (at < s.n && is_space(s.s[at]))
			at++;
	}
	return hash;
}

static struct str
hex(struct arena *arena, uint64_t hash)
{
	return str_printf(arena, "%016" PRIx64, hash);
}

/* "./a//b" and "a/b" are one file. */
static uint64_t
hash_path(uint64_t hash, struct str path)
{
	struct str part;

	if (str_starts(path, "/"))
		hash = str_hash_on(hash, STR("/"));
	for (bool first = true; str_cut(&path, '/', &part);) {
		if (part.n == 0 || str_is(part, "."))
			continue;
		if (!first)
			hash = str_hash_on(hash, STR("/"));
		hash = str_hash_on(hash, part);
		first = false;
	}
	return hash;
}

/* seen counts the diagnostics that look alike. */
static struct str
fingerprint(struct map *seen, const struct diag *d)
{
	uint64_t hash = str_hash_on(str_hash(d->rule), STR("\0"));
	uintptr_t ordinal;
	void **count;

	hash = str_hash_on(hash_path(hash, path_of(place_of(d))), STR("\0"));
	hash = hash_folded(hash, d->statement.n ? d->statement : d->message);
	count = map_at(seen, hex(seen->arena, hash));
	ordinal = (uintptr_t)*count;
	*count = (void *)(ordinal + 1);
	if (ordinal)
		hash = str_hash_on(hash, str_printf(seen->arena, "%c%" PRIuPTR, 0, ordinal));
	return hex(seen->arena, hash);
}

/* A host may have been silenced by a comment that says nothing of what is a note on it. */
static void
join_hosts(struct diags *diags)
{
	struct diag **items = diags->list.items;
	size_t n = 0;

	for (size_t i = 0; i < diags->list.n; i++)
		items[i]->stays = true;
	for (size_t i = 0; i < diags->list.n; i++) {
		struct diag *d = items[i];
		if (d->host == NULL || !d->host->stays) {
			items[n++] = d;
			continue;
		}
		diag_note(diags, d->host, d->as_note);
		for (size_t k = 1; k < d->nlabels; k++)
			diag_label(diags, d->host, d->labels[k].at, d->labels[k].text);
	}
	diags->list.n = n;
}

void
diags_finish(struct diags *diags)
{
	struct diag **items = diags->list.items;
	struct map seen = MAP(diags->arena);
	size_t i, n = 0;

	join_hosts(diags);

	if (diags->list.n)
		qsort(items, diags->list.n, sizeof(*items), compare);
	for (i = 0; i < diags->list.n; i++) {
		if (n && !compare(&items[n - 1], &items[i]))
			continue;
		items[n++] = items[i];
		items[n - 1]->fingerprint = fingerprint(&seen, items[n - 1]);
	}
	diags->list.n = n;
}
