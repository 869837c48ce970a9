#include <sha2.h>

#include "adapter/adapter.h"

extern const struct adapter adapter_atlas;

/*
 * LocalFile.Directive(): in the comments at the top, which an empty line divides from the first statement. What the last
 * one says; STR_NONE: there is none.
 */
static struct str
directive(struct str text, const char *words)
{
	struct str line, rest, said = STR_NONE;

	while ((str_starts(text, "--") || str_starts(text, "#")) && str_cut(&text, '\n', &line))
		if (adapter_marker(line, words, &rest))
			said = rest;
	while (text.n > 0 && (text.s[0] == ' ' || text.s[0] == '\t'))
		text = str_slice(text, 1, text.n);
	return str_starts(text, "\n") ? said : STR_NONE;
}

static enum tx_mode
mode(struct str text, const struct sections *all, enum way way)
{
	(void)all, (void)way;
	return str_is(directive(text, "atlas:txmode"), "none") ? TX_NONE : TX_WRAPPED;
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

struct sum_file {
	struct source *source;          /* NULL: there is none */
	VEC(struct sum_line) lines;
	struct map listed;              /* name -> struct sum_line */
	struct str newest;              /* the name that runs last */
};

enum { SUM_SIZE = 44 };                 /* of SHA-256 in base 64 */

static void
read_line(struct adapter_run *run, struct sum_file *sum, struct str line)
{
	size_t from = (size_t)(line.s - sum->source->text.s), sign = str_find(line, STR("h1:"));
	struct str name = sign != (size_t)-1 ? str_trim(str_slice(line, 0, sign)) : STR("");

	if (sign == (size_t)-1)
		return;
	*vec_push(run->arena, &sum->lines) = (struct sum_line){ span_of(from, from + line.n), name, str_trim(str_slice(line, sign + 3, line.n)) };
	*map_at(&sum->listed, name) = sum;
	if (str_cmp(name, sum->newest) > 0)
		sum->newest = name;
}

static struct sum_file
read_sum(struct adapter_run *run)
{
	struct source *source = listing_has(run->listing, STR("atlas.sum")) ? adapter_source(run, STR("atlas.sum")) : NULL;
	struct sum_file sum = { .source = source, .listed = MAP(run->arena), .newest = STR("") };
	struct str rest = source != NULL ? source->text : STR(""), line;

	while (str_cut(&rest, '\n', &line))
		read_line(run, &sum, line);
	return sum;
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
first_differs(struct arena *a, const struct sum_file *sum)
{
	const struct sum_line *lines = sum->lines.items;
	SHA2_CTX context;

	SHA256Init(&context);
	for (size_t i = 1; i < sum->lines.n; i++) {
		hash(&context, lines[i].name);
		hash(&context, lines[i].sum);
	}
	return sum->lines.n > 0 && lines[0].name.n == 0 && lines[0].sum.n == SUM_SIZE && !str_eq(lines[0].sum, sum_of(a, &context));
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

/* LocalDir.Files() */
static bool
is_migration(struct str file)
{
	return str_ends(file, ".sql") && listing_dir(file).n == 0;
}

/* NewHashFile(): each sum is of all files up to it, so the first that differs is the one that was changed. */
static void
check_files(struct adapter_run *run, const struct sum_file *sum)
{
	SHA2_CTX context;
	size_t next = 1;

	SHA256Init(&context);
	for (size_t i = 0; i < run->listing->nfiles && next < sum->lines.n; i++) {
		struct str file = run->listing->files[i];
		const struct sum_line *line = &sum->lines.items[next];
		struct source *source = is_migration(file) ? listing_source(run->arena, run->listing, file, NULL) : NULL;
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
				adapter_note_file(run, FILE_SUM_DIFFERS, file, (struct place){ sum->source, line->at }, STR(""), STR("atlas.sum"));
			return;
		}
		next++;
	}
}

static void
note_gone(struct adapter_run *run, const struct sum_file *sum)
{
	for (size_t i = 0; i < sum->lines.n; i++) {
		const struct sum_line *line = &sum->lines.items[i];
		if (line->name.n > 0 && !listing_has(run->listing, line->name))
			adapter_note(run, FILE_GONE, (struct place){ sum->source, line->at }, (struct place){ 0 }, line->name, STR(""));
	}
}

/*
 * Validate() refuses a directory with such a file, so it has run nowhere. Behind all that are listed it is one that is new: it
 * runs once it is hashed. Before one of them it is left over, or lost its line in a merge: the others ran without it.
 */
static bool
is_left_over(const struct sum_file *sum, struct str file)
{
	return str_cmp(file, sum->newest) < 0;
}

static bool
is_unlisted(struct adapter_run *run, const struct sum_file *sum, struct str file)
{
	return is_migration(file) && !map_has(&sum->listed, file) && !listing_passes(run->listing, file, is_ignored);
}

static void
drop(struct adapter_run *run, struct str file)
{
	struct str path = adapter_path(run->arena, run->listing, file);
	size_t kept = 0;

	for (size_t i = 0; i < run->migrations.n; i++)
		if (!str_eq(run->migrations.items[i].up.source->path, path))
			run->migrations.items[kept++] = run->migrations.items[i];
	run->migrations.n = kept;
}

static void
note_unlisted(struct adapter_run *run, const struct sum_file *sum)
{
	for (size_t i = 0; i < run->listing->nfiles; i++) {
		struct str file = run->listing->files[i];
		if (!is_unlisted(run, sum, file))
			continue;
		if (adapter_named(run, file))
			adapter_note_file(run, FILE_NOT_LISTED, file, (struct place){ sum->source, span_of(0, sum->source->text.n > 0) }, file, is_left_over(sum, file) ?
			    STR("Atlas refuses the directory, and nothing of the file was checked, since what is listed ran without it") :
			    STR("Atlas refuses the directory until it is hashed"));
		if (is_left_over(sum, file))
			drop(run, file);
	}
}

/* Validate() compares atlas.sum with the directory before anything runs. */
static void
note_sum(struct adapter_run *run)
{
	struct sum_file sum = read_sum(run);

	if (sum.source == NULL)
		return;
	note_gone(run, &sum);
	note_unlisted(run, &sum);
	if (first_differs(run->arena, &sum))
		adapter_note(run, FILE_SUM_DIFFERS, (struct place){ sum.source, sum.lines.items[0].at }, (struct place){ 0 }, STR(""), STR("its first line"));
	else
		check_files(run, &sum);
}

/*
 * SkipCheckpointFiles(), FilesFromLastCheckpoint(): what makes the schema that the files before it end in runs on new
 * databases, instead of them.
 */
static void
leave_out_checkpoints(struct adapter_run *run)
{
	size_t kept = 0;

	for (size_t i = 0; i < run->migrations.n; i++) {
		const struct migration *m = &run->migrations.items[i];
		if (i == 0 || directive(m->up.source->text, "atlas:checkpoint").s == NULL)
			run->migrations.items[kept++] = *m;
		else if (m->named)
			state_note(run, m->up.source->path, "this is a checkpoint: new databases run it instead of the files before it, whose schema it makes, so it was not read");
	}
	run->migrations.n = kept;
}

static void
list(struct adapter_run *run)
{
	sections_list(run, &marks);
	note_sum(run);
	leave_out_checkpoints(run);
}

const struct adapter adapter_atlas = {
	.name = "atlas",
	.doc = "Atlas; a file runs in a transaction unless it says txmode none, statement by statement; a file that atlas.sum lacks is checked when it is newer than all in it",
	.layout = "VERSION_NAME.sql and atlas.sum",
	.versions = VERSIONS_ARE_TEXT,
	.detect = detect,
	.list = list,
};
