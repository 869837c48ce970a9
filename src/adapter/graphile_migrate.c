#include <sha1.h>
#include <stdlib.h>

#include "adapter/adapter.h"

extern const struct adapter adapter_graphile_migrate;

/* parseMigrationText(): "--! Name" or "--! Name: value", with a capital letter. */
static bool
is_header(struct str line, struct str *name, struct str *value)
{
	size_t i = 4;

	if (!str_starts(line, "--! ") || line.n < 5 || line.s[4] < 'A' || line.s[4] > 'Z')
		return false;
	while (i < line.n && (unsigned char)line.s[i] < 0x80 && scan_is_name(line.s[i]))
		i++;
	*name = str_slice(line, 4, i);
	*value = str_trim(str_slice(line, i + 1, line.n));
	return (i == line.n || line.s[i] == ':') && !str_ends(line, "\r");
}

/* isNoTransactionDefined(): in the first line, which in a committed file is the one behind its headers and blank lines. */
static enum tx_mode
mode(struct str text, bool committed)
{
	struct str line = STR(""), rest, value;

	while (str_cut(&text, '\n', &line) && committed && (is_header(line, &rest, &value) || str_trim(line).n == 0))
		continue;
	rest = str_starts(line, "--!") ? str_trim(str_slice(line, 3, line.n)) : STR("");
	if (!str_starts(rest, "no-transaction"))
		return TX_WRAPPED;
	rest = str_slice(rest, sizeof("no-transaction") - 1, rest.n);
	return rest.n > 0 && scan_is_name(rest.s[0]) ? TX_WRAPPED : TX_STRING;
}

/* VALID_FILE_REGEX: a number, maybe "-" and a name. */
static bool
is_valid_name(struct str base)
{
	size_t i = 0, end = base.n > 4 ? base.n - 4 : 0;

	while (i < end && base.s[i] >= '0' && base.s[i] <= '9')
		i++;
	if (i == 0 || !str_ends(base, ".sql") || (i < end && base.s[i] != '-'))
		return false;
	while (i < end && ((unsigned char)base.s[i] < 0x80) && (scan_is_name(base.s[i]) || base.s[i] == '-'))
		i++;
	return i == end;
}

static bool
in_committed(struct str file)
{
	return str_is(listing_base(listing_dir(file)), "committed");
}

static bool
has_committed(const struct listing *l)
{
	for (size_t i = 0; i < l->nfiles; i++)
		if (in_committed(l->files[i]))
			return true;
	return false;
}

/* committed/000001.sql, or 000001.sql of the directory itself; what current.sql and current/ hold comes last. */
static bool
is_committed(struct str file, bool folder)
{
	return (in_committed(file) || (!folder && listing_dir(file).n == 0)) && is_valid_name(listing_base(file));
}

static bool
is_current(struct str file)
{
	return str_is(listing_base(file), "current.sql") || str_is(listing_base(listing_dir(file)), "current");
}

/* readCurrentMigration(): of a folder no file may say no-transaction. compilePlaceholders(): names in capitals, wherever they stand. */
static struct part
part_of(struct adapter_run *run, struct source *source, bool committed, bool folder)
{
	static const struct placeholder names[] = { { ":", "", true, false }, { NULL, NULL, false, false } };

	source = placeholders_replace(run, source, names);
	return (struct part){ source, span_of(0, source->text.n), folder ? TX_WRAPPED : mode(source->text, committed) };
}

static bool
has_header(struct str text)
{
	return str_starts(text, "--! Previous:");
}

static int
detect(const struct listing *l, struct str *why)
{
	*why = STR("files begin with \"--! Previous:\"");
	for (size_t i = 0; i < l->samples.n; i++)
		if (has_header(l->samples.items[i]))
			return 96;
	return 0;
}

/* Of "--!include NAME.sql", at the start of a line. */
static bool
read_include(struct str line, struct str *name)
{
	struct str rest = str_trim(str_slice(line, 3, line.n));

	if (!str_starts(line, "--!") || !str_starts(rest, "include"))
		return false;
	rest = str_slice(rest, sizeof("include") - 1, rest.n);
	*name = str_trim(rest);
	return rest.n > 0 && (rest.s[0] == ' ' || rest.s[0] == '\t') && str_ends(*name, ".sql");
}

enum { MAX_INCLUDES = 16 };             /* inside one another; in a circle there is no end */

/* What a file of the folder fixtures holds, with those it includes; STR_NONE: nothing, since one is not there. */
static struct str
fixture(struct adapter_run *run, struct str folder, struct str name, unsigned level)
{
	struct str file = listing_path(run->arena, folder, name), rest, line, inner;
	struct source *source = level > 0 && listing_has(run->listing, file) ? listing_source(run->arena, run->listing, file, NULL) : NULL;
	struct buf b = BUF(run->arena);

	if (source == NULL)
		return STR_NONE;
	rest = source->text;
	while (str_cut(&rest, '\n', &line)) {
		inner = read_include(line, &name) ? fixture(run, folder, name, level - 1) : line;
		if (inner.s == NULL)
			return STR_NONE;
		buf_str(&b, inner);
		buf_char(&b, '\n');
	}
	return str_trim(buf_text(&b));
}

/* compileIncludes() of version 2: in the migration that is being written; what is committed has the texts in it. */
static struct source *
include(struct adapter_run *run, const struct candidate *c, struct source *source)
{
	struct str dir = listing_dir(c->up), rest = source->text, line, name, text;
	struct str folder = listing_path(run->arena, str_is(listing_base(c->up), "current.sql") ? dir : listing_dir(dir), STR("fixtures"));
	struct making m = making_of(run->arena, source);
	size_t at = 0;

	while (str_cut(&rest, '\n', &line)) {
		size_t from = (size_t)(line.s - source->text.s);
		struct span span = span_of(from, from + line.n);
		if (!read_include(line, &name))
			continue;
		text = fixture(run, folder, name, MAX_INCLUDES);
		if (text.s == NULL && candidate_named(run, c))
			adapter_note(run, FILE_REFUSED, (struct place){ source, span }, (struct place){ 0 }, STR(""),
			    STR("what it includes is not in the folder fixtures, or includes itself"));
		making_take(&m, span_of(at, from));
		making_put(&m, text.n > 0 ? text : STR("--"), span);
		at = span.off + span.len;
	}
	if (at == 0)
		return source;
	making_take(&m, span_of(at, source->text.n));
	return making_end(&m);
}

/* The lines at the top of a committed file. */
struct head {
	struct source *source;          /* NULL: there is none */
	struct str previous, hash;
	bool invalid;                   /* it says that its hash is another one */
	struct str body;
	const char *mistake;            /* why the file cannot be read; NULL: nothing */
};

static struct head
read_head(struct arena *a, struct source *source)
{
	struct head h = { .source = source };
	struct str rest = source->text, line = STR(""), name, value;
	struct map names = MAP(a);

	for (h.body = rest; str_cut(&rest, '\n', &line) && is_header(line, &name, &value); h.body = rest) {
		if (map_has(&names, name))
			h.mistake = "a line of its head is there twice";
		*map_at(&names, name) = source;
		h.previous = str_is(name, "Previous") ? value : h.previous;
		h.hash = str_is(name, "Hash") ? value : h.hash;
		h.invalid |= str_is(name, "AllowInvalidHash");
	}
	if (h.body.n == 0 || h.body.s[0] != '\n')
		h.mistake = "no empty line divides its head, \"--! Previous\" and the like, from the rest";
	else if (h.previous.n == 0 || h.hash.n == 0)
		h.mistake = "its head lacks \"--! Previous\" or \"--! Hash\"";
	return h;
}

/* calculateHash(): of the hash before and the text. */
static struct str
hash_of(struct arena *a, const struct head *h)
{
	char digits[SHA1_DIGEST_STRING_LENGTH];
	struct str before = str_is(h->previous, "-") ? STR("") : h->previous;
	struct str text = str_trim(str_printf(a, "%.*s\n%.*s", STR_ARG(before), STR_ARG(str_trim(h->body))));

	text = str_printf(a, "%.*s\n", STR_ARG(text));
	return str_printf(a, "sha1:%s", SHA1Data((const uint8_t *)text.s, text.n, digits));
}

static void
note_head(struct adapter_run *run, enum file_problem problem, const struct head *h, const struct head *other, const char *detail)
{
	struct place at = { h->source, source_head(h->source, span_of(0, h->source->text.n)) }, place = { 0 };

	if (other != NULL)
		place = (struct place){ other->source, source_head(other->source, span_of(0, other->source->text.n)) };
	adapter_note(run, problem, at, place, STR(""), str_of(detail));
}

/* getAllMigrations(), which stops at the first, and runCommittedMigration() */
static void
check_head(struct adapter_run *run, const struct head *h, const struct head *before, bool named)
{
	bool first = before->source == NULL, same;

	if (h->mistake != NULL || before->mistake != NULL) {
		if (h->mistake != NULL)
			note_head(run, FILE_REFUSED, h, NULL, h->mistake);
		return;
	}
	if (first ? !str_is(h->previous, "-") : !str_eq(h->previous, before->hash)) {
		note_head(run, FILE_REFUSED, h, first ? NULL : before,
		    first ? "it is the first one, and its \"--! Previous\" is not -" : "its \"--! Previous\" is not the Hash of the one before it");
		return;
	}
	if (!named)
		return;
	same = str_eq(h->hash, hash_of(run->arena, h));
	if (!same && !h->invalid)
		note_head(run, FILE_SUM_DIFFERS, h, NULL, "its \"--! Hash\"");
	if (same && h->invalid)
		note_head(run, FILE_REFUSED, h, NULL, "it says AllowInvalidHash, and its Hash is right");
}

/* getAllMigrations() compares the numbers as text. */
static void
find(struct adapter_run *run, struct candidates *committed)
{
	struct candidates found = { 0 };
	const struct listing *l = run->listing;
	bool folder = has_committed(l);

	for (size_t i = 0; i < l->nfiles; i++) {
		struct candidate c = { .up = l->files[i] };
		bool is_old = is_committed(l->files[i], folder);
		if (!listing_sql(l, l->files[i]) || !(is_old || is_current(l->files[i])))
			continue;
		candidate_name(&c, str_slice(listing_base(l->files[i]), 0, listing_base(l->files[i]).n - 4));
		*vec_push(run->arena, is_old ? committed : &found) = c;
	}
	candidates_sort(&found, BY_GUESS);
	candidates_sort(committed, BY_TEXT);
	for (size_t i = 0; i < found.n; i++)
		*vec_push(run->arena, committed) = found.items[i];
	candidates_cut(run, committed);
}

static void
list(struct adapter_run *run)
{
	struct candidates found = { 0 };
	struct head before = { 0 };

	find(run, &found);
	for (size_t i = 0; i < found.n; i++) {
		const struct candidate *c = &found.items[i];
		struct source *source = adapter_source(run, c->up);
		if (source == NULL)
			continue;
		bool current = is_current(c->up), folder = current && !str_is(listing_base(c->up), "current.sql");
		adapter_add(run, c, part_of(run, current ? include(run, c, source) : source, !current, folder), (struct part){ 0 });
		if (current)
			continue;
		struct head head = read_head(run->arena, source);
		if (candidate_named(run, c) || (i > 0 && candidate_named(run, c - 1)))
			check_head(run, &head, &before, candidate_named(run, c));
		before = head;
	}
}

const struct adapter adapter_graphile_migrate = {
	.name = "graphile-migrate",
	.doc = "graphile-migrate; a file runs in a transaction unless it says no-transaction; :NAMES in capitals are replaced",
	.layout = "committed/NNNNNN.sql and current.sql",
	.also = "graphile graphile_migrate",
	.versions = VERSIONS_DIFFER | VERSIONS_ARE_TEXT,
	.alone = true,
	.detect = detect,
	.list = list,
};
