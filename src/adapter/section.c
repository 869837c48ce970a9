#include <stdlib.h>

#include "adapter/adapter.h"

enum way
no_marks(struct str line, bool *begins)
{
	(void)line;
	*begins = false;
	return WAY_NONE;
}

struct sections
sections_read(struct arena *arena, struct str text, const struct marks *marks)
{
	struct sections all = { 0 };
	struct str rest = text, line;
	bool seen[] = { [WAY_NONE] = false, [WAY_UP] = false, [WAY_DOWN] = false };

	*vec_push(arena, &all) = (struct section){ WAY_NONE, { 0, 0 }, 0, text.n };
	while (str_cut(&rest, '\n', &line)) {
		size_t from = (size_t)(line.s - text.s);
		bool begins = false;
		enum way way = marks->read(line, &begins);
		if (!begins || (marks->once && seen[way]))
			continue;
		seen[way] = true;
		vec_last(&all)->to = from;
		*vec_push(arena, &all) = (struct section){ way, span_of(from, from + str_trim(line).n), from, text.n };
	}
	return all;
}

/* A comment without an end reaches over the mark. */
static size_t
behind_comment(struct str text, size_t at, bool blocks)
{
	struct str rest = str_slice(text, at, text.n);
	size_t end;

	if (str_starts(rest, "--"))
		return scan_line_end(text, at);
	if (!blocks || !str_starts(rest, "/*"))
		return at;
	end = scan_comment(text, at);
	return str_ends(str_slice(text, at, end), "*/") ? end : at;
}

static struct span
first_words(struct str head, bool blocks)
{
	struct str rest = str_trim(head);
	size_t at, next;

	while (rest.n > 0) {
		at = (size_t)(rest.s - head.s);
		next = behind_comment(head, at, blocks);
		if (next == at)
			return span_of(at, at + str_trim(str_slice(head, at, scan_line_end(head, at))).n);
		rest = str_trim(str_slice(head, next, head.n));
	}
	return (struct span){ 0, 0 };
}

struct span
head_statement(struct str head)
{
	return first_words(head, true);
}

void
head_report(struct adapter_run *run, struct source *source, struct str head, const char *up, const char *refuses)
{
	struct span statement = first_words(head, true), line = first_words(head, false);

	if (refuses != NULL && line.len > 0 && (statement.len == 0 || line.off < statement.off))
		adapter_mistake(run, source, line, "statement-before-up",
		    str_printf(run->arena, "%s refuses the file because of this comment before \"%s\", where only lines that begin with \"--\" may stand", refuses, up));
	else if (statement.len > 0)
		adapter_mistake(run, source, statement, "statement-before-up",
		    str_printf(run->arena, "what stands before \"%s\" never runs%s%s%s", up, refuses != NULL ? ": " : "", refuses != NULL ? refuses : "", refuses != NULL ? " refuses the file" : ""));
}

static size_t
count(const struct sections *all, enum way way)
{
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++)
		n += all->items[i].way == way;
	return n;
}

static const struct section *
first(const struct sections *all, enum way way)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->items[i].way == way)
			return &all->items[i];
	return NULL;
}

static struct part
part_of(struct adapter_run *run, struct source *source, const struct sections *all, enum way way, const struct marks *marks)
{
	enum tx_mode tx = marks->mode(source->text, all, way);
	struct making m = making_of(run->arena, source);
	const struct section *s = first(all, way), *head = &all->items[0];
	/* Comments of the head belong to the file: one of them may allow a rule for all of it. */
	bool with_head = s == head + 1 && way == WAY_UP && head_statement(str_slice(source->sql, head->from, head->to)).len == 0;

	if (s == NULL)
		return (struct part){ .tx = tx };
	if (count(all, way) == 1)
		return (struct part){ source, span_of(with_head ? 0 : s->from, s->to), tx };
	if (with_head)
		making_take(&m, span_of(head->from, head->to));
	for (size_t i = 0; i < all->n; i++) {
		s = &all->items[marks->last_down_first && way == WAY_DOWN ? all->n - 1 - i : i];
		if (s->way == way)
			making_take(&m, span_of(s->from, s->to));
	}
	source = making_end(&m);
	return (struct part){ source, span_of(0, source->text.n), tx };
}

static void
report(struct adapter_run *run, struct source *source, const struct sections *all, const struct marks *marks)
{
	struct str head = str_slice(source->sql, all->items[0].from, all->items[0].to);
	struct span before = head_statement(head);

	if (first(all, WAY_UP) != NULL || source->text.n == 0)
		head_report(run, source, head, marks->up, marks->refuses);
	else
		adapter_mistake(run, source, before.len > 0 ? before : source_head(source, span_of(0, source->text.n)), "missing-up-section",
		    str_printf(run->arena, "there is no line \"%s\", so nothing of this file was checked", marks->up));
}

static bool
has_whole(const struct source *source, const struct sections *all, const struct marks *marks)
{
	for (size_t i = 0; marks->splitter != NULL && i < all->n; i++)
		if (all->items[i].way != WAY_NONE && split_whole(str_slice(source->text, all->items[i].from, all->items[i].to), marks->splitter))
			return true;
	return false;
}

static void
add(struct adapter_run *run, const struct candidate *c, struct source *source, const struct marks *marks)
{
	struct sections all = sections_read(run->arena, source->text, marks);
	struct part down = { 0 };

	if (marks->no_up && !(marks->all_or_marked && first(&all, WAY_UP) != NULL))
		all.items[0].way = WAY_UP;
	else if (candidate_named(run, c))
		report(run, source, &all, marks);
	if (marks->check != NULL && candidate_named(run, c))
		marks->check(run, source);
	if (marks->all_or_marked && all.items[0].way == WAY_UP)
		all.items[0].to = source->text.n;
	if (first(&all, WAY_UP) == NULL)
		return;
	if (candidate_named(run, c))
		down = part_of(run, source, &all, WAY_DOWN, marks);
	adapter_add(run, c, part_of(run, source, &all, WAY_UP, marks), down);
	vec_last(&run->migrations)->whole = has_whole(source, &all, marks);
}

static bool
is_code(struct str file, const struct marks *marks)
{
	struct str words = str_of(marks->code != NULL ? marks->code : ""), word, base = listing_base(file), piece, ending = STR("");

	while (str_cut(&base, '.', &piece))
		ending = piece;
	while (str_cut(&words, ' ', &word))
		if (str_eq(word, ending))
			return true;
	return false;
}

static bool
is_taken(const struct listing *l, struct str file, const struct marks *marks)
{
	if (!(l->root.n == 0 || str_ends(file, ".sql") || is_code(file, marks)))
		return false;
	return marks->takes == NULL || marks->takes(listing_base(file));
}

/* A directory above has some, too. */
static bool
lies_below(const struct map *dirs, struct str dir)
{
	while (dir.n > 0) {
		dir = listing_dir(dir);
		if (map_has(dirs, dir))
			return true;
	}
	return false;
}

static struct str
stem_of(struct str base)
{
	size_t dot = base.n;

	while (dot > 0 && base.s[dot - 1] != '.')
		dot--;
	return str_slice(base, 0, dot > 0 ? dot - 1 : base.n);
}

static void
find(struct adapter_run *run, const struct marks *marks, struct candidates *found)
{
	const struct listing *l = run->listing;
	struct map dirs = MAP(run->arena);

	for (size_t i = 0; i < l->nfiles; i++)
		if (is_taken(l, l->files[i], marks))
			*map_at(&dirs, listing_dir(l->files[i])) = found;
	for (size_t i = 0; i < l->nfiles; i++) {
		struct str file = l->files[i], base = listing_base(file);
		if (!is_taken(l, file, marks) || (marks->flat && lies_below(&dirs, listing_dir(file))))
			continue;
		struct candidate *c = vec_push(run->arena, found);
		*c = (struct candidate){ .up = file, .dir = listing_dir(file) };
		candidate_name(c, stem_of(base));
	}
	if (marks->compare == NULL)
		candidates_sort(found, marks->order);
	else if (found->n > 0)
		qsort(found->items, found->n, sizeof(*found->items), marks->compare);
	candidates_cut(run, found);
}

static void
add_file(struct adapter_run *run, const struct candidate *c, const struct marks *marks)
{
	struct source *file = adapter_source(run, c->up), *filled = file;

	if (file != NULL && marks->fill != NULL)
		filled = marks->fill(run, file);
	if (filled != NULL && adapter_other_text(run, c->up, filled))
		return;
	if (filled != NULL)
		add(run, c, filled, marks);
	else if (file != NULL)
		adapter_add(run, c, (struct part){ .source = file }, (struct part){ 0 });
}

void
sections_list(struct adapter_run *run, const struct marks *marks)
{
	struct candidates found = { 0 };
	size_t code = 0;

	find(run, marks, &found);
	for (size_t i = 0; i < found.n; i++) {
		bool other = is_code(found.items[i].up, marks);
		code += other;
		if (other)
			adapter_add_code(run, &found.items[i]);
		else
			add_file(run, &found.items[i], marks);
	}
	adapter_note_code(run, code);
}

int
sections_detect(const struct listing *l, const struct marks *marks)
{
	size_t with = 0;

	for (size_t i = 0; i < l->samples.n; i++) {
		struct sections all = sections_read(l->arena, l->samples.items[i], marks);
		with += first(&all, WAY_UP) != NULL || (marks->no_up && all.n > 1);
	}
	return 2 * with > l->samples.n ? 95 : 0;
}
