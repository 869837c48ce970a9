#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "check/example.h"

enum role { ROLE_GIVEN, ROLE_MIGRATION, ROLE_NEXT, ROLE_DOWN, ROLE_SAME };

struct marker {
	enum role role;
	enum tx_mode tx;                /* TX_UNKNOWN: not said */
};

/* What makes up a migration of the example. */
struct piece {
	enum role role;
	enum tx_mode tx;
	size_t from, to;
};

VEC_TYPE(pieces, struct piece);

/* Takes "(no transaction)" off the end. */
static enum tx_mode
cut_tx(struct str *words)
{
	static const struct {
		const char *words;
		size_t n;
		enum tx_mode tx;
	} modes[] = { { "(no transaction)", 16, TX_NONE }, { "(transaction)", 13, TX_WRAPPED }, { "(one string)", 12, TX_STRING } };

	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
		if (str_ends(*words, modes[i].words)) {
			*words = str_trim(str_slice(*words, 0, words->n - modes[i].n));
			return modes[i].tx;
		}
	return TX_UNKNOWN;
}

/* "next migration: mend the rows that do not fit", "next migration, in batches": what follows is for people. */
static struct str
cut_words(struct str line)
{
	static const char next[] = "next migration";
	size_t n = sizeof(next) - 1;

	return str_starts(line, next) && line.n > n && (line.s[n] == ':' || line.s[n] == ',') ? str_slice(line, 0, n) : line;
}

static bool
read_marker(struct str line, struct marker *m)
{
	static const char *const words[] = { "given", "migration", "next migration", "down", "" };

	line = str_trim(line);
	if (!str_starts(line, "-- "))
		return false;
	line = str_trim(str_slice(line, 3, line.n));
	m->tx = cut_tx(&line);
	line = cut_words(line);
	for (enum role r = ROLE_GIVEN; r <= ROLE_SAME; r++)
		if (str_is(line, words[r])) {
			m->role = r;
			return r != ROLE_SAME || m->tx != TX_UNKNOWN;
		}
	return false;
}

/* The role of a piece that begins here: "next" is one more of what came before it. */
static enum role
role_after(enum role role, const struct pieces *p)
{
	if (role != ROLE_NEXT)
		return role;
	for (size_t i = p->n; i > 0; i--)
		if (p->items[i - 1].role != ROLE_DOWN)
			return p->items[i - 1].role;
	return ROLE_MIGRATION;
}

static bool
is_blank(struct str text)
{
	return str_trim(text).n == 0;
}

static void
at_marker(struct arena *a, struct pieces *p, const struct marker *m, struct str text, size_t line, size_t after)
{
	struct piece *last = vec_last(p), piece = { m->role, m->tx != TX_UNKNOWN ? m->tx : TX_WRAPPED, after, text.n };

	if (m->role == ROLE_SAME) {
		last->tx = m->tx;
		return;
	}
	last->to = line;
	/* Nothing stood before the first marker. */
	if (p->n == 1 && last->from == 0 && is_blank(str_slice(text, 0, line)))
		p->n = 0;
	piece.role = role_after(m->role, p);
	*vec_push(a, p) = piece;
}

static void
split(struct arena *a, struct str text, struct pieces *p)
{
	struct str rest = text, line;
	struct marker m;

	*vec_push(a, p) = (struct piece){ ROLE_MIGRATION, TX_WRAPPED, 0, text.n };
	while (str_cut(&rest, '\n', &line)) {
		size_t from = (size_t)(line.s - text.s);
		if (read_marker(line, &m))
			at_marker(a, p, &m, text, from, from + line.n);
	}
}

/* ---- a tree of files ---- */

static const char *const file_words[] = { [FILE_NAMED] = "-- file: ", [FILE_ADDED] = "-- new file: ", [FILE_EDITED] = "-- edited file: " };

/* The path on a line that begins a file. */
static bool
read_file_marker(struct str line, struct str *path, enum file_change *change)
{
	for (enum file_change c = FILE_NAMED; c <= FILE_EDITED; c++)
		if (str_starts(line, file_words[c])) {
			*path = str_trim(str_slice(line, strlen(file_words[c]), line.n));
			*change = c;
			return true;
		}
	return false;
}

/* The files of an example, while its lines are read. */
struct tree {
	struct arena *arena;
	struct listing *listing;
	struct map *texts;
	struct str_list files;
	struct map named;
	struct str *text;               /* of the last file */
};

static void
add_file(struct tree *t, struct str path, enum file_change change, struct str rest)
{
	t->text = NEW(t->arena, struct str);
	*t->text = (struct str){ rest.s, 0 };
	*map_at(t->texts, path) = t->text;
	*vec_push(t->arena, &t->files) = path;
	if (change == FILE_NAMED)
		return;
	struct named_file *named = NEW(t->arena, struct named_file);
	*named = (struct named_file){ .change = change, .path = path };
	*map_at(&t->named, path) = named;
}

static int
compare_paths(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static bool
read_tree(struct arena *a, struct str text, struct tree *t)
{
	struct str rest = text, line, path;
	enum file_change change;

	*t = (struct tree){ .arena = a, .texts = NEW(a, struct map), .named = MAP(a) };
	*t->texts = MAP(a);
	while (str_cut(&rest, '\n', &line)) {
		if (read_file_marker(line, &path, &change))
			add_file(t, path, change, rest);
		else if (t->text != NULL)
			t->text->n = (size_t)(line.s + line.n - t->text->s) + (rest.s > line.s + line.n);
		else if (str_trim(line).n > 0)
			return false;
	}
	if (t->files.n > 0)
		qsort(t->files.items, t->files.n, sizeof(*t->files.items), compare_paths);
	return t->files.n > 0;
}

/* What the framework makes of it whose names and marks it has. */
static void
add_tree(struct arena *a, struct history *h, const struct config *config, struct tree *t, struct diags *diags)
{
	struct adapter_run run = { .arena = a, .listing = &h->listing, .settings = &config->adapter, .diags = diags,
		.stand_ins = &h->stand_ins, .named = t->named.n > 0 ? &t->named : NULL, .whole = true };

	h->stand_ins = MAP(a);
	h->listing = (struct listing){ .arena = a, .root = STR("."), .files = t->files.items, .nfiles = t->files.n, .texts = t->texts };
	h->adapter = config->framework.n > 0 ? adapter_find(config->framework) : adapter_detect(&h->listing, &h->why);
	if (h->adapter == NULL)
		h->adapter = adapter_find(STR("plain"));
	h->selected = run.named != NULL;
	adapter_list(h->adapter, &run);
	h->migrations.items = run.migrations.items;
	h->migrations.n = run.migrations.n;
	h->notes.items = run.notes.items;
	h->notes.n = run.notes.n;
	for (size_t i = 0; i < h->migrations.n; i++)
		*vec_push(a, &h->reported) = h->migrations.items[i].named;
}

static struct part
part_of(struct source *source, const struct piece *p)
{
	return (struct part){ source, span_of(p->from, p->to), p->tx };
}

static void
add_migration(struct arena *a, struct history *h, struct source *source, const struct piece *p)
{
	struct migration *m = vec_push(a, &h->migrations);

	*m = (struct migration){ .version = str_printf(a, "%zu", h->migrations.n),
		.name = p->role == ROLE_GIVEN ? STR("given") : STR("migration") };
	m->up = part_of(source, p);
	*vec_push(a, &h->reported) = p->role != ROLE_GIVEN;
}

/* Each migration has a source of its own, as if it were a file. */
static void
add_pieces(struct arena *a, struct history *h, struct str path, struct str text, struct pieces *p)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct piece *piece = &p->items[i];
		if (piece->role != ROLE_DOWN)
			add_migration(a, h, source_new(a, path, text), piece);
		else if (h->migrations.n > 0)
			vec_last(&h->migrations)->down = part_of(vec_last(&h->migrations)->up.source, piece);
	}
}

void
example_append(struct arena *a, struct history *h, struct str path, struct str text)
{
	struct pieces p = { 0 };

	split(a, text, &p);
	add_pieces(a, h, path, text, &p);
}

/* An offset in a way back counts as the beginning. */
static size_t
before_ways_back(const struct pieces *p, size_t at)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->items[i].role == ROLE_DOWN && at > p->items[i].from && at <= p->items[i].to)
			return 0;
	return at;
}

/* What comes before the offset is given, what comes behind it is not there. */
static void
cut_pieces(struct pieces *p, size_t at)
{
	bool given = false;
	size_t n = 0;

	at = before_ways_back(p, at);
	for (size_t i = 0; i < p->n; i++) {
		struct piece piece = p->items[i];
		given = piece.role == ROLE_DOWN ? given : piece.role == ROLE_GIVEN;
		if (!given && at <= piece.from)
			continue;
		if (!given && at < piece.to)
			piece.to = at;
		if (piece.role != ROLE_DOWN)
			piece.role = ROLE_GIVEN;
		p->items[n++] = piece;
	}
	p->n = n;
}

static void
default_config(struct config *c)
{
	config_init(c);
	c->session[SETTING_LOCK_TIMEOUT] = (struct setting){ .known = YES, .value = 5000, .text = STR("5s") };
}

/* Reads the "-- config:" line, if that is how the text begins, and blanks it. */
static struct str
read_config(struct arena *a, struct str path, struct str text, struct config *config, struct diags *diags)
{
	struct str rest = text, line;
	struct buf b = BUF(a);
	size_t head = sizeof("-- config:") - 1;

	default_config(config);
	if (!str_starts(text, "-- config:") || !str_cut(&rest, '\n', &line))
		return text;
	(void)config_parse(a, config, source_new(a, path, str_slice(line, head, line.n)), diags);
	buf_repeat(&b, ' ', line.n);
	buf_str(&b, str_slice(text, line.n, text.n));
	return buf_text(&b);
}

void
example_history(struct arena *a, struct str path, struct str text, const struct advice *advice, struct config *config,
    struct history *h, struct diags *diags)
{
	struct pieces p = { 0 };
	*h = (struct history){ .root = path, .config = config, .adapter = adapter_find(STR("plain")), .listing = { .arena = a } };
	struct tree tree;

	text = read_config(a, path, text, config, diags);
	if (read_tree(a, text, &tree)) {
		add_tree(a, h, config, &tree, diags);
		return;
	}
	split(a, text, &p);
	if (advice != NULL)
		cut_pieces(&p, advice->at);
	add_pieces(a, h, path, text, &p);
	if (advice == NULL)
		return;
	example_append(a, h, str_printf(a, "%.*s: safe", STR_ARG(path)), advice->text);
}

void
example_check(struct arena *a, struct rules *rules, struct rule *rule, struct str path, struct str text,
    const struct advice *advice, struct diags *out)
{
	struct config config;
	struct history history, *histories[] = { &history };
	struct run run = { .arena = a, .config = &config, .rules = rules, .diags = out };

	example_history(a, path, text, advice, &config, &history, out);
	rules_reset(rules);
	rules->apart = true;
	if (rule != NULL)
		rule->effective = rule->severity;
	config_apply_rules(&config, rules, out);
	rules_ready(rules);
	check_histories(&run, histories, 1);
}

/* Where in the example's text the statement of the finding begins; false: it is not there. */
static bool
find_statement(const struct diag *d, struct str text, size_t *at)
{
	const struct source *source = d->nlabels > 0 ? d->labels[0].at.source : NULL;

	if (source == NULL || d->statement.s < source->sql.s || d->statement.s >= source->sql.s + source->sql.n || source->sql.n != text.n)
		return false;
	*at = (size_t)(d->statement.s - source->sql.s);
	return true;
}

static bool
is_final(const struct rule *rule)
{
	return rule->nkinds > 0 && str_starts(str_of(rule->kinds[0]->name), "final_");
}

static struct advice
advice_of(const struct rule *rule, const struct diag *d, struct str text)
{
	struct advice advice = { .text = d->safe };

	if (is_final(rule))
		advice.at = text.n;
	else if (find_statement(d, text, &advice.at))
		advice.replaced = d->statement;
	return advice;
}

void
example_advices(struct arena *a, const struct rule *rule, const struct example *example, const struct diags *diags,
    struct advices *out)
{
	for (size_t i = 0; i < diags->list.n; i++) {
		const struct diag *d = diags->list.items[i];
		bool seen = !str_eq(d->rule, rule->id) || d->safe.n == 0;
		for (size_t k = 0; k < out->n && !seen; k++)
			seen = str_eq(out->items[k].text, d->safe);
		if (!seen)
			*vec_push(a, out) = advice_of(rule, d, example->text);
	}
}

/* The column of the first mark of a line that holds only "--" and these; 0: it is none. */
static unsigned
mark_column(struct str line, char mark)
{
	size_t first = str_find_char(line, mark);
	struct str head;

	if (first == (size_t)-1)
		return 0;
	head = str_trim(str_slice(line, 0, first));
	line = str_trim(str_slice(line, first, line.n));
	for (size_t i = 0; i < line.n; i++)
		if (line.s[i] != mark)
			return 0;
	return str_is(head, "--") ? (unsigned)first + 1 : 0;
}

void
example_carets(struct arena *a, struct str text, struct carets *out)
{
	struct str line;
	unsigned sql = 0;

	for (unsigned n = 1; str_cut(&text, '\n', &line); n++) {
		unsigned certain = mark_column(line, '^'), possible = mark_column(line, '?');
		if (certain + possible == 0)
			sql = n;
		else
			*vec_push(a, out) = (struct caret){ { sql, certain + possible }, possible > 0 };
	}
}
