#include "check/change.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/child.h"
#include "base/err.h"
#include "output/layout.h"

/* ---- a list of files ---- */

static bool
octal(char c)
{
	return c >= '0' && c <= '7';
}

/* quote_c_style() of git: \a \b \t \n \v \f \r \" \\ and \ooo. */
static struct str
unquoted(struct arena *a, struct str s)
{
	static const char letters[] = "abtnvfr", means[] = "\a\b\t\n\v\f\r";
	struct buf b = BUF(a);

	if (s.n < 2 || s.s[0] != '"' || s.s[s.n - 1] != '"')
		return s;
	for (size_t i = 1; i + 1 < s.n; i++) {
		const char *letter = s.s[i] == '\\' && i + 2 < s.n ? strchr(letters, s.s[i + 1]) : NULL;
		if (s.s[i] != '\\' || i + 2 >= s.n) {
			buf_char(&b, s.s[i]);
		} else if (i + 4 < s.n && octal(s.s[i + 1]) && octal(s.s[i + 2]) && octal(s.s[i + 3])) {
			buf_char(&b, (char)((s.s[i + 1] - '0') << 6 | (s.s[i + 2] - '0') << 3 | (s.s[i + 3] - '0')));
			i += 3;
		} else {
			i++;
			buf_char(&b, letter != NULL ? means[letter - letters] : s.s[i]);
		}
	}
	return buf_text(&b);
}

/* git reads and writes lists with NUL bytes so that any name can be in them. */
static void
split(struct arena *a, struct str text, struct str_list *list)
{
	bool nul = str_find_char(text, '\0') != (size_t)-1;
	struct str piece;

	while (str_cut(&text, nul ? '\0' : '\n', &piece)) {
		if (!nul && str_ends(piece, "\r"))
			piece.n--;
		if (piece.n > 0)
			*vec_push(a, list) = nul ? piece : unquoted(a, piece);
	}
}

int
change_read(struct arena *a, struct str path, struct change *change, struct err *err)
{
	struct str text;

	*change = (struct change){ .kind = CHANGE_LISTED };
	if (text_read(a, path, &text, err) != 0)
		return -1;
	split(a, text, &change->files);
	return 0;
}

/* The file as the listing of the real directory `root` has it; STR_NONE: it is not below. */
static struct str
relative(struct arena *a, struct str root, struct str file)
{
	struct str dir = directory_real(a, listing_dir(file)), below;

	if (dir.s == NULL)
		return STR_NONE;
	below = path_below(root, dir);
	if (below.s == NULL || below.n == 0)
		return below.s == NULL ? STR_NONE : listing_base(file);
	return str_printf(a, "%.*s/%.*s", STR_ARG(below), STR_ARG(listing_base(file)));
}

static void
name_file(struct arena *a, const struct listing *l, struct map *named, struct str file, enum file_change change)
{
	struct named_file *n;

	if (!listing_has(l, file) || map_has(named, file))
		return;
	n = NEW(a, struct named_file);
	n->path = adapter_path(a, l, file);
	n->change = change;
	*map_at(named, file) = n;
}

/* A sidecar says how a migration runs: diesel's metadata.toml of its folder, Flyway's NAME.sql.conf. */
static void
name_changed(struct arena *a, const struct listing *l, struct map *named, struct str file, enum file_change change)
{
	struct str dir = listing_dir(file);

	name_file(a, l, named, file, change);
	if (str_ends(file, ".sql.conf"))
		name_file(a, l, named, str_slice(file, 0, file.n - 5), FILE_NAMED);
	if (!str_starts(listing_base(file), "metadata.") || dir.n == 0)
		return;
	for (size_t i = 0; i < l->nfiles; i++)
		if (listing_sql(l, l->files[i]) && str_eq(listing_dir(l->files[i]), dir))
			name_file(a, l, named, l->files[i], FILE_NAMED);
}

static int
find_listed(struct arena *a, const struct change *c, const struct listing *l, struct map *named, struct err *err)
{
	struct str root = directory_real(a, l->root);

	if (root.s == NULL)
		return err_set(err, a, "cannot read %.*s", STR_ARG(l->root));
	for (size_t i = 0; i < c->files.n; i++) {
		struct str file = relative(a, root, c->files.items[i]);
		if (file.s != NULL)
			name_changed(a, l, named, file, FILE_NAMED);
	}
	return 0;
}

/* ---- git ---- */

enum { ARGUMENTS_MAX = 16 };

/* Runs git in a directory, where paths are relative to. words are separated by spaces; last, if any, is one argument more. */
static int
git(struct arena *a, struct str dir, const char *words, const char *last, struct child *child, struct err *err)
{
	/* For hooks git says where the repository is, which without GIT_WORK_TREE makes any directory its top. */
	static const char *const hidden[] = { "GIT_DIR", "GIT_PREFIX", NULL };
	char *argv[ARGUMENTS_MAX + 2] = { "git", "--no-optional-locks", "-c", "core.fsmonitor=false", "-C", str_c(a, dir) };
	struct str rest = str_of(words), word;
	size_t n = 6;

	while (str_cut(&rest, ' ', &word) && n < ARGUMENTS_MAX)
		argv[n++] = str_c(a, word);
	argv[n++] = last != NULL ? str_c(a, str_of(last)) : NULL;
	return child_run(a, argv, getenv("GIT_WORK_TREE") != NULL ? &hidden[2] : hidden, child, err);
}

/* What git complained about, in its own words. */
static struct str
complaint(struct arena *a, const struct child *c)
{
	struct str rest = c->errors, line, last = STR("it said nothing");

	while (str_cut(&rest, '\n', &line)) {
		if (str_starts(line, "fatal: "))
			return utf8_printable(a, str_slice(line, 7, line.n));
		if (line.n > 0)
			last = line;
	}
	return utf8_printable(a, last);
}

/* The same, but a failure is an error. */
static int
git_out(struct arena *a, struct str dir, const char *words, const char *last, struct str *out, struct err *err)
{
	struct child child;

	if (git(a, dir, words, last, &child, err) != 0)
		return -1;
	*out = child.out;
	if (child.status == 0)
		return 0;
	return err_set(err, a, "git cannot tell what changed in %.*s: %.*s", STR_ARG(dir), STR_ARG(complaint(a, &child)));
}

static const char *
advice(struct arena *a, struct str dir)
{
	struct str shallow;

	if (git_out(a, dir, "rev-parse --is-shallow-repository", NULL, &shallow, NULL) != 0 || !str_starts(shallow, "true"))
		return "";
	return "; this clone is shallow: get the rest with `git fetch --unshallow` (in CI: fetch-depth: 0 of "
	       "actions/checkout, GIT_DEPTH: 0 of GitLab)";
}

/* Where HEAD and the revision parted. */
static int
merge_base(struct arena *a, struct str dir, struct str revision, struct str *base, struct err *err)
{
	struct child child;

	if (git(a, dir, "merge-base HEAD", str_c(a, revision), &child, err) != 0)
		return -1;
	*base = str_trim(child.out);
	if (child.status == 0)
		return 0;
	if (child.status == 1)
		return err_set(err, a, "%.*s and HEAD have no common ancestor%s", STR_ARG(revision), advice(a, dir));
	return err_set(err, a, "git cannot tell what changed in %.*s since %.*s: %.*s%s", STR_ARG(dir), STR_ARG(revision),
	    STR_ARG(complaint(a, &child)), advice(a, dir));
}

/* "A", a NUL byte, a path, a NUL byte, and so on. */
static void
name_files(struct arena *a, const struct listing *l, struct map *named, struct str files)
{
	struct str status, file;

	while (str_cut(&files, '\0', &status) && str_cut(&files, '\0', &file))
		name_changed(a, l, named, file, str_is(status, "A") ? FILE_ADDED : FILE_EDITED);
}

static void
name_untracked(struct arena *a, const struct listing *l, struct map *named, struct str files)
{
	struct str file;

	while (str_cut(&files, '\0', &file))
		name_changed(a, l, named, file, FILE_ADDED);
}

#define DIFF "diff --name-status -z --no-renames --no-ext-diff --diff-filter=d --relative"

static int
find_since(struct arena *a, const struct change *c, const struct listing *l, struct map *named, struct err *err)
{
	struct str base, changed, others;

	if (merge_base(a, l->root, c->revision, &base, err) != 0 ||
	    git_out(a, l->root, str_c(a, str_printf(a, DIFF " %.*s --", STR_ARG(base))), ".", &changed, err) != 0 ||
	    git_out(a, l->root, "ls-files --others --exclude-standard -z", NULL, &others, err) != 0)
		return -1;
	name_files(a, l, named, changed);
	name_untracked(a, l, named, others);
	return 0;
}

/* The listing of the index: file -> struct str, what it holds, where the working tree differs. */
struct staging {
	struct arena *arena;
	struct listing *listing;
	struct map *texts, others;      /* others: files that are not in it */
	struct str_list files;
};

static bool
is_hidden(struct str file)
{
	struct str part;

	while (str_cut(&file, '/', &part))
		if (part.n > 0 && part.s[0] == '.')
			return true;
	return false;
}

static int
read_staged(struct staging *x, struct str file, struct err *err)
{
	struct arena *a = x->arena;
	struct str *text = NEW(a, struct str);

	if (is_hidden(file))
		return 0;
	*map_at(x->texts, file) = text;
	if (!listing_has(x->listing, file))
		*vec_push(a, &x->files) = file;
	return git_out(a, x->listing->root, "cat-file blob", str_c(a, str_printf(a, ":./%.*s", STR_ARG(file))), text, err);
}

static int
compare_files(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* Without what git does not know, with what is no longer in the working tree. */
static void
list_index(struct staging *x)
{
	struct listing *l = x->listing;

	for (size_t i = 0; i < l->nfiles; i++)
		if (!map_has(&x->others, l->files[i]))
			*vec_push(x->arena, &x->files) = l->files[i];
	if (x->files.n > 0)
		qsort(x->files.items, x->files.n, sizeof(*x->files.items), compare_files);
	l->files = x->files.items;
	l->nfiles = x->files.n;
	l->texts = x->texts;
}

static int
read_index(struct arena *a, struct listing *l, struct err *err)
{
	struct staging x = { .arena = a, .listing = l, .texts = NEW(a, struct map), .others = MAP(a) };
	struct str differing, others, file;

	*x.texts = MAP(a);
	if (git_out(a, l->root, "diff --name-only -z --no-renames --no-ext-diff --relative --", ".", &differing, err) != 0 ||
	    git_out(a, l->root, "ls-files --others -z", NULL, &others, err) != 0)
		return -1;
	while (str_cut(&differing, '\0', &file))
		if (!map_has(x.texts, file) && read_staged(&x, file, err) != 0)
			return -1;
	while (str_cut(&others, '\0', &file))
		*map_at(&x.others, file) = l;
	list_index(&x);
	return 0;
}

static int
find_staged(struct arena *a, struct listing *l, struct map *named, struct err *err)
{
	struct str changed;

	if (read_index(a, l, err) != 0 || git_out(a, l->root, DIFF " --cached --", ".", &changed, err) != 0)
		return -1;
	name_files(a, l, named, changed);
	return 0;
}

int
change_find(struct arena *a, const struct change *c, struct listing *l, struct map *named, struct err *err)
{
	switch (c->kind) {
	case CHANGE_SINCE:
		return find_since(a, c, l, named, err);
	case CHANGE_STAGED:
		return find_staged(a, l, named, err);
	default:
		return find_listed(a, c, l, named, err);
	}
}
