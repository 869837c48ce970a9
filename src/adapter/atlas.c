#include <sha2.h>

#include "adapter/adapter.h"

extern const struct adapter adapter_atlas;

/* LocalFile.Directive(): in the comments at the top, which an empty line divides from the first statement. */
static bool
says_none(struct str text)
{
	struct str line, rest;
	bool none = false;

	while ((str_starts(text, "--") || str_starts(text, "#")) && str_cut(&text, '\n', &line))
		none |= adapter_marker(line, "atlas:txmode", &rest) && str_is(rest, "none");
	while (text.n > 0 && (text.s[0] == ' ' || text.s[0] == '\t'))
		text = str_slice(text, 1, text.n);
	return none && str_starts(text, "\n");
}

static enum tx_mode
mode(struct str text, const struct sections *all, enum way way)
{
	(void)all, (void)way;
	return says_none(text) ? TX_NONE : TX_WRAPPED;
}

/* LocalDir.Files() sorts the files of the directory by name. */
static const struct marks marks = { .read = no_marks, .mode = mode, .no_up = true, .flat = true, .order = BY_NAME };

static bool
has_other_marks(struct str text)
{
	struct str line, rest;

	while (str_cut(&text, '\n', &line))
		if (adapter_marker(line, "+goose up", &rest) || adapter_marker(line, "migrate:up", &rest) ||
		    adapter_marker(line, "liquibase formatted sql", &rest))
			return true;
	return false;
}

static bool
has_flyway_names(const struct listing *l)
{
	size_t n = 0;

	for (size_t i = 0; i < l->nfiles; i++) {
		struct str base = listing_base(l->files[i]);
		n += listing_sql(l, base) && str_find_char(STR("VURB"), base.s[0]) != (size_t)-1 && str_find(base, STR("__")) != (size_t)-1;
	}
	return 2 * n > listing_count(l, "");
}

/* Atlas writes the files of other tools, too (package sqltool: goose, dbmate, golang-migrate, flyway, liquibase), which then run them. */
static int
detect(const struct listing *l, struct str *why)
{
	*why = STR("there is an atlas.sum");
	if (!listing_has(l, STR("atlas.sum")))
		return 0;
	return pairs_most(l) || listing_mostly(l, has_other_marks) || has_flyway_names(l) ? 60 : 98;
}

/* A line of atlas.sum: "NAME h1:SUM". The first one, which has no name, is about the others. */
struct sum_line {
	struct span at;
	struct str name, sum;
};

VEC_TYPE(sum_lines, struct sum_line);

enum { SUM_SIZE = 44 };                 /* of SHA-256 in base 64 */

static struct sum_lines
read_sum(struct adapter_run *run, struct source *source)
{
	struct sum_lines lines = { 0 };
	struct str rest = source->text, line;

	while (str_cut(&rest, '\n', &line)) {
		size_t from = (size_t)(line.s - source->text.s), sign = str_find(line, STR("h1:"));
		if (sign != (size_t)-1)
			*vec_push(run->arena, &lines) = (struct sum_line){ span_of(from, from + line.n),
				str_trim(str_slice(line, 0, sign)), str_trim(str_slice(line, sign + 3, line.n)) };
	}
	return lines;
}

static void
hash(SHA2_CTX *context, struct str text)
{
	SHA256Update(context, (const uint8_t *)text.s, text.n);
}

/* What is hashed so far, in base 64. */
static struct str
sum_of(struct arena *a, const SHA2_CTX *context)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	uint8_t digest[SHA256_DIGEST_LENGTH + 1] = { 0 };
	SHA2_CTX copy = *context;
	struct buf b = BUF(a);

	SHA256Final(digest, &copy);
	for (size_t i = 0; i < SHA256_DIGEST_LENGTH; i += 3) {
		unsigned bits = (unsigned)digest[i] << 16 | (unsigned)digest[i + 1] << 8 | (i + 2 < sizeof(digest) ? digest[i + 2] : 0U);
		for (int shift = 18; shift >= 0; shift -= 6)
			buf_char(&b, letters[bits >> shift & 63]);
	}
	return str_printf(a, "%.*s=", STR_ARG(str_slice(buf_text(&b), 0, SUM_SIZE - 1)));
}

/* HashFile.Sum(): of the names and sums in the other lines. */
static bool
first_differs(struct arena *a, const struct sum_lines *lines)
{
	SHA2_CTX context;

	SHA256Init(&context);
	for (size_t i = 1; i < lines->n; i++) {
		hash(&context, lines->items[i].name);
		hash(&context, lines->items[i].sum);
	}
	return lines->n > 0 && lines->items[0].name.n == 0 && lines->items[0].sum.n == SUM_SIZE && !str_eq(lines->items[0].sum, sum_of(a, &context));
}

/* "atlas:sum ignore" in the first line: the sum file does not list it */
static bool
is_ignored(struct str text)
{
	struct str line = STR("");
	size_t at;

	str_cut(&text, '\n', &line);
	at = str_find(line, STR("atlas:sum "));
	return at != (size_t)-1 && str_is(str_trim(str_slice(line, at + sizeof("atlas:sum ") - 1, line.n)), "ignore");
}

/* NewHashFile(): each sum is of all files up to it, so the first that differs is the one that was changed. */
static void
check_files(struct adapter_run *run, struct source *sum, const struct sum_lines *lines)
{
	SHA2_CTX context;
	size_t next = 1;

	SHA256Init(&context);
	for (size_t i = 0; i < run->listing->nfiles && next < lines->n; i++) {
		struct str file = run->listing->files[i];
		const struct sum_line *line = &lines->items[next];
		struct source *source = str_ends(file, ".sql") && listing_dir(file).n == 0 ? listing_source(run->arena, run->listing, file, NULL) : NULL;
		if (source == NULL)
			continue;
		hash(&context, file);
		if (is_ignored(source->text))
			continue;
		hash(&context, source->text);
		if (!str_eq(line->name, file))
			return;
		if (line->sum.n == SUM_SIZE && !str_eq(line->sum, sum_of(run->arena, &context))) {
			if (adapter_named(run, file))
				adapter_note_file(run, FILE_SUM_DIFFERS, file, (struct place){ sum, line->at }, STR(""), STR("atlas.sum"));
			return;
		}
		next++;
	}
}

static void
note_listed(struct adapter_run *run, struct source *sum, const struct sum_lines *lines)
{
	struct map listed = MAP(run->arena);

	for (size_t i = 0; i < lines->n; i++) {
		const struct sum_line *line = &lines->items[i];
		*map_at(&listed, line->name) = sum;
		if (line->name.n > 0 && !listing_has(run->listing, line->name))
			adapter_note(run, FILE_GONE, (struct place){ sum, line->at }, (struct place){ 0 }, line->name, STR(""));
	}
	for (size_t i = 0; i < run->listing->nfiles; i++) {
		struct str file = run->listing->files[i];
		if (listing_sql(run->listing, file) && listing_dir(file).n == 0 && !map_has(&listed, file) &&
		    adapter_named(run, file) && !listing_passes(run->listing, file, is_ignored))
			adapter_note_file(run, FILE_NOT_LISTED, file, (struct place){ sum, span_of(0, 1) }, file, STR(""));
	}
}

/* Validate() compares atlas.sum with the directory before anything runs. */
static void
note_sum(struct adapter_run *run)
{
	struct source *sum = listing_has(run->listing, STR("atlas.sum")) ? adapter_source(run, STR("atlas.sum")) : NULL;

	if (sum == NULL)
		return;
	struct sum_lines lines = read_sum(run, sum);
	note_listed(run, sum, &lines);
	if (first_differs(run->arena, &lines))
		adapter_note(run, FILE_SUM_DIFFERS, (struct place){ sum, lines.items[0].at }, (struct place){ 0 }, STR(""), STR("its first line"));
	else
		check_files(run, sum, &lines);
}

static void
list(struct adapter_run *run)
{
	sections_list(run, &marks);
	note_sum(run);
}

const struct adapter adapter_atlas = {
	.name = "atlas",
	.doc = "Atlas; a file runs in a transaction unless it says txmode none, statement by statement",
	.layout = "VERSION_NAME.sql and atlas.sum",
	.versions = VERSIONS_ARE_TEXT,
	.detect = detect,
	.list = list,
};
