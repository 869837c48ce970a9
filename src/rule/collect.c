#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/err.h"
#include "rule/embedded.h"
#include "rule/rule.h"

enum { DEPTH_MAX = 16 };

VEC_TYPE(paths, struct str);

static void
complain(struct diags *diags, const struct source *source, struct str message)
{
	struct place at = { source, source != NULL ? span_of(0, source->text.n > 0) : span_of(0, 0) };
	struct diag *d = diag_add(diags, SEVERITY_ERROR, STR("input"), STR("invalid-rule"), at, message);

	d->unchecked = true;
	if (source == NULL)
		d->nlabels = 0;
}

/* The directory between root and the file: "rules/locks/x.yaml" in "rules" gives "locks". */
static struct str
directory_name(struct str root, struct str path)
{
	struct str rest = str_slice(path, root.n < path.n ? root.n : path.n, path.n), piece, name = STR_NONE;

	while (str_find_char(rest, '/') != (size_t)-1 && str_cut(&rest, '/', &piece))
		if (piece.n > 0)
			name = piece;
	return name;
}

static void
set_category(const struct rules *rules, struct rule *rule, struct str directory)
{
	const struct rule *replaced = rules_find(rules, rule->id);

	if (rule->category.n > 0)
		return;
	if (directory.n > 0)
		rule->category = directory;
	else
		rule->category = replaced != NULL ? replaced->category : STR("custom");
}

static void
load_source(struct rules *rules, const struct source *source, struct str directory, bool builtin, struct diags *diags)
{
	struct rule *rule = rule_parse(rules->arena, source, diags);
	struct rule *other;

	if (rule == NULL)
		return;
	set_category(rules, rule, directory);
	rule->builtin = builtin;
	other = rules_find(rules, rule->id);
	if (rules_add(rules, rule) < 0)
		complain(diags, source, str_printf(diags->arena, "rule '%.*s' is already defined in %.*s", STR_ARG(rule->id),
		    STR_ARG(other->path)));
}

static void
print_and_abort(const struct diags *diags)
{
	for (size_t i = 0; i < diags->list.n; i++) {
		const struct diag *d = diags->list.items[i];
		struct position p = source_position(d->labels[0].at.source, d->labels[0].at.span.off);
		fprintf(stderr, "%.*s:%u:%u: %.*s\n", STR_ARG(d->labels[0].at.source->path), p.line, p.column, STR_ARG(d->message));
	}
	abort();
}

void
rules_load_builtin(struct rules *rules)
{
	struct diags diags = { .arena = rules->arena };

	for (size_t i = 0; i < embedded_rules_count; i++) {
		struct str path = str_of(embedded_rules[i].path), text = { embedded_rules[i].text, embedded_rules[i].size };
		load_source(rules, source_new(rules->arena, path, text), directory_name(STR("rules"), path), true, &diags);
	}
	if (diags.list.n > 0)
		print_and_abort(&diags);
}

static void
close_directory(void *arg)
{
	DIR **dir = arg;

	if (*dir != NULL)
		(void)closedir(*dir);
	*dir = NULL;
}

/* The names in a directory, but hidden ones; -1: it cannot be read. */
static int
read_names(struct arena *a, struct str path, struct paths *names)
{
	DIR **dir = NEW(a, DIR *);
	struct dirent *entry;

	arena_defer(a, close_directory, dir);
	if ((*dir = opendir(str_c(a, path))) == NULL)
		return -1;
	while ((entry = readdir(*dir)) != NULL)
		if (entry->d_name[0] != '.')
			*vec_push(a, names) = str_copy(a, str_of(entry->d_name));
	close_directory(dir);
	return 0;
}

/* A link back to a directory above would never end. */
static bool
is_link(struct arena *a, struct str path)
{
	struct stat st;

	return lstat(str_c(a, path), &st) == 0 && S_ISLNK(st.st_mode);
}

static void find_files(struct rules *, struct str path, unsigned depth, struct paths *, struct diags *);

static void
find_in_directory(struct rules *rules, struct str path, unsigned depth, struct paths *found, struct diags *diags)
{
	struct paths names = { 0 };

	if (read_names(rules->arena, path, &names) < 0)
		complain(diags, NULL, str_printf(diags->arena, "cannot read %.*s: %s", STR_ARG(path), strerror(errno)));
	for (size_t i = 0; i < names.n; i++)
		find_files(rules, str_printf(rules->arena, "%.*s%s%.*s", STR_ARG(path), str_ends(path, "/") ? "" : "/",
		    STR_ARG(names.items[i])), depth + 1, found, diags);
}

static void
find_files(struct rules *rules, struct str path, unsigned depth, struct paths *found, struct diags *diags)
{
	struct stat st;

	if (stat(str_c(rules->arena, path), &st) < 0)
		complain(diags, NULL, str_printf(diags->arena, "cannot read %.*s: %s", STR_ARG(path), strerror(errno)));
	else if (S_ISDIR(st.st_mode) && depth < DEPTH_MAX && (depth == 0 || !is_link(rules->arena, path)))
		find_in_directory(rules, path, depth, found, diags);
	else if (S_ISREG(st.st_mode) && (depth == 0 || str_ends(path, ".yaml")))
		*vec_push(rules->arena, found) = path;
}

static int
compare_paths(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

void
rules_load_dir(struct rules *rules, struct str dir, struct diags *diags)
{
	struct paths found = { 0 };
	struct err err;

	find_files(rules, dir, 0, &found, diags);
	if (found.n > 1)
		qsort(found.items, found.n, sizeof(found.items[0]), compare_paths);
	for (size_t i = 0; i < found.n; i++) {
		const struct source *source = source_read(rules->arena, found.items[i], &err);
		if (source == NULL)
			complain(diags, NULL, str_copy(diags->arena, err.message));
		else
			load_source(rules, source, directory_name(dir, source->path), false, diags);
	}
}
