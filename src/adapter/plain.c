#include <ctype.h>
#include <string.h>

#include "adapter/adapter.h"
#include "base/map.h"

extern const struct adapter adapter_plain;

static int
detect(const struct listing *l, struct str *why)
{
	*why = STR("there are SQL files, and no framework's names or marks");
	return listing_count(l, "") > 0 ? 10 : 0;
}

/* ---- the way back in a file of its own ---- */

static const char *const forward_words[] = { "up", "upgrade", "migration", "migrate", "forward" };

static bool
is_forward_word(struct str word)
{
	for (size_t i = 0; i < sizeof(forward_words) / sizeof(forward_words[0]); i++)
		if (str_is(word, forward_words[i]))
			return true;
	return false;
}

/* "x.sql", or "x_up.sql" and its like. */
static bool
has_forward(const struct listing *l, struct str stem, char sign)
{
	if (listing_has(l, str_printf(l->arena, "%.*s.sql", STR_ARG(stem))))
		return true;
	for (size_t i = 0; i < sizeof(forward_words) / sizeof(forward_words[0]); i++)
		if (listing_has(l, str_printf(l->arena, "%.*s%c%s.sql", STR_ARG(stem), sign, forward_words[i])))
			return true;
	return false;
}

/* Where the last word of a stem starts, behind any of the signs; 0: it is one word. */
static size_t
last_word(struct str stem, const char *signs)
{
	for (size_t i = stem.n; i > 0 && stem.s[i - 1] != '/'; i--)
		if (str_find_char(str_of(signs), stem.s[i - 1]) != (size_t)-1)
			return i;
	return 0;
}

/* "x.down", "U1__x" of Flyway; "x_down" only beside an "x", "x_up" or "x_migration", since it may be the name of something. */
static bool
back_name(const struct listing *l, struct str stem)
{
	struct str base = listing_base(stem);
	size_t word = last_word(stem, ".");

	if (adapter_back_word(base) || (word > 0 && adapter_back_word(str_slice(stem, word, stem.n))))
		return true;
	if (base.n > 1 && base.s[0] == 'U' && base.s[1] >= '0' && base.s[1] <= '9' && str_find(base, STR("__")) != (size_t)-1)
		return true;
	word = last_word(stem, "_-");
	if (word == 0 || !adapter_back_word(str_slice(stem, word, stem.n)))
		return false;
	return has_forward(l, str_slice(stem, 0, word - 1), stem.s[word - 1]);
}

/* The stems in lower case, those that go forward by their folder and number, and how many ways back are called as "Rollback-add-x.sql" beside "Add-x.sql". */
struct names {
	struct map stems;
	struct map numbers;             /* -> struct str, a key of stems; empty: several have the number */
	size_t pairs;
};

static struct str
lower_case(struct arena *a, struct str text)
{
	char *s = str_c(a, text);

	for (size_t i = 0; i < text.n; i++)
		if (s[i] >= 'A' && s[i] <= 'Z')
			s[i] |= 0x20;
	return (struct str){ s, text.n };
}

/* What follows "Rollback-" in the name of a file; STR_NONE: it does not begin so. */
static struct str
behind_back_word(struct str base)
{
	size_t i = 0;

	while (i < base.n && base.s[i] != '-' && base.s[i] != '_')
		i++;
	return i < base.n && adapter_back_word(str_slice(base, 0, i)) ? str_slice(base, i + 1, base.n) : STR_NONE;
}

/* "dir/base" in lower case, also at the top. */
static struct str
path_key(struct arena *a, struct str dir, struct str base)
{
	return lower_case(a, str_printf(a, "%.*s/%.*s", STR_ARG(dir), STR_ARG(base)));
}

/* "7_create_x" of "7_drop_x": the number and what follows the word are the same; STR_NONE: it does not undo so. */
static struct str
behind_opposite(struct arena *a, struct str base, size_t nth)
{
	static const struct {
		const char *back, *forward;
	} opposites[] = { { "drop", "create" }, { "drop", "add" }, { "remove", "add" }, { "remove", "create" }, { "revoke", "grant" }, { NULL, NULL } };
	size_t at = 0, end;

	if (opposites[nth].back == NULL)
		return STR_NONE;
	while (at < base.n && strchr("0123456789_-.", base.s[at]) != NULL)
		at++;
	end = at + strlen(opposites[nth].back);
	if (end + 1 >= base.n || !str_is_nocase(str_slice(base, at, end), opposites[nth].back) || strchr("_-", base.s[end]) == NULL)
		return STR("");
	return str_printf(a, "%.*s%s%.*s", (int)at, base.s, opposites[nth].forward, STR_ARG(str_slice(base, end, base.n)));
}

/* The first digits: "0032" of "schema_0032-add-x". */
static struct str
number_in(struct str base)
{
	size_t from = 0, to;

	while (from < base.n && (base.s[from] < '0' || base.s[from] > '9'))
		from++;
	for (to = from; to < base.n && base.s[to] >= '0' && base.s[to] <= '9';)
		to++;
	return str_slice(base, from, to);
}

/* Of "downgrade_0032---0031" the key of what has brought the number it leaves; STR_NONE: it is not called so, or not one alone has. */
static struct str
numbered_forward(const struct names *names, struct str dir, struct str base)
{
	struct str rest = behind_back_word(base), number = number_in(rest);
	const struct str *forward;

	for (size_t i = 0; i < rest.n; i++)
		if ((rest.s[i] < '0' || rest.s[i] > '9') && rest.s[i] != '-' && rest.s[i] != '_')
			return STR_NONE;
	forward = number.n > 0 ? map_get(&names->numbers, path_key(names->stems.arena, dir, number)) : NULL;
	return forward != NULL && forward->n > 0 ? *forward : STR_NONE;
}

static void
note_number(struct names *names, struct str dir, struct str base)
{
	struct arena *a = names->stems.arena;
	struct str *forward;
	void **at;

	if (number_in(base).n == 0 || behind_back_word(base).s != NULL)
		return;
	at = map_at(&names->numbers, path_key(a, dir, number_in(base)));
	forward = NEW(a, struct str);
	*forward = *at == NULL ? path_key(a, dir, base) : STR("");
	*at = forward;
}

/*
 * The key of the way forward beside it: of "Rollback-add-x" that of "Add-x", of "Drop-x" that of "Create-x", of "downgrade_0032---0031" that of
 * "schema_0032-x"; STR_NONE: there is none.
 */
static struct str
paired_with(const struct names *names, struct str file)
{
	struct arena *a = names->stems.arena;
	struct str stem = listing_stem(file), dir = listing_dir(stem), base = listing_base(stem), name = behind_back_word(base);

	for (size_t nth = 0; nth == 0 || name.s != NULL; nth++) {
		struct str key = name.n > 0 ? path_key(a, dir, name) : STR("");
		if (key.n > 0 && map_has(&names->stems, key))
			return key;
		name = behind_opposite(a, base, nth);
	}
	return numbered_forward(names, dir, base);
}

static struct names
read_names(const struct listing *l)
{
	struct names names = { MAP(l->arena), MAP(l->arena), 0 };

	for (size_t i = 0; i < l->nfiles; i++)
		if (listing_sql(l, l->files[i])) {
			struct str stem = listing_stem(l->files[i]);
			*map_at(&names.stems, path_key(l->arena, listing_dir(stem), listing_base(stem))) = &names.pairs;
			note_number(&names, listing_dir(stem), listing_base(stem));
		}
	for (size_t i = 0; i < l->nfiles; i++)
		names.pairs += listing_sql(l, l->files[i]) && behind_back_word(listing_base(l->files[i])).s != NULL &&
		    paired_with(&names, l->files[i]).s != NULL;
	return names;
}

/* Where that is so often, one that is called a little otherwise than its way forward is a way back, too. */
enum { MANY_PAIRS = 3 };

static bool
begins_as_back(const struct names *names, struct str file)
{
	return paired_with(names, file).s != NULL || (names->pairs >= MANY_PAIRS && behind_back_word(listing_base(file)).s != NULL);
}

static bool
is_back(const struct listing *l, const struct names *names, struct str file)
{
	struct str dir = listing_dir(file), part;

	while (l->root.n > 0 && str_cut(&dir, '/', &part))
		if (adapter_back_word(part))
			return true;
	return adapter_back_word(listing_base(l->root)) || back_name(l, listing_stem(file)) || begins_as_back(names, file);
}

/*
 * What a file and its way back have in common: the path without the words up, down and so on. "db/up/1_x.sql",
 * "db/down/1_x.sql" and "db/1_x.down.sql" all give "db/1_x"; "1_x/migration.sql", "1_x/down.sql" and "1_x-migration.sql" give "1_x";
 * "Rollback-add-x.sql" and "Add-x.sql" give "add-x", "Drop-x.sql" beside "Create-x.sql" gives "create-x".
 */
static struct str
common_key(struct arena *a, const struct names *names, struct str file)
{
	struct str stem = listing_stem(file), dir = listing_dir(stem), base = listing_base(stem);
	size_t word = last_word(base, "._-");

	if (paired_with(names, file).s != NULL)
		return paired_with(names, file);
	if (base.n > 1 && base.s[0] == 'U' && base.s[1] >= '0' && base.s[1] <= '9')
		base = str_printf(a, "V%.*s", STR_ARG(str_slice(base, 1, base.n)));
	if (word > 0 && (adapter_back_word(str_slice(base, word, base.n)) || is_forward_word(str_slice(base, word, base.n))))
		base = str_slice(base, 0, word - 1);
	if (str_is(base, "migration") || str_is(base, "up") || adapter_back_word(base))
		base = STR("");
	if (adapter_back_word(listing_base(dir)) || str_is(listing_base(dir), "up"))
		dir = listing_dir(dir);
	return path_key(a, dir, base);
}

/* ---- the way back behind a marker ---- */

static const struct {
	const char *down, *up;
} markers[] = {
	{ "+goose down", "+goose up" },
	{ "+migrate down", "+migrate up" },
	{ "migrate:down", "migrate:up" },
	{ "@down", "@up" },
	{ "//@undo", "@up" },
	{ "@undo", "@up" },
	{ "rambler down", "rambler up" },
	{ ":down", ":up" },
	{ "!downs", "!ups" },
	{ "-- create above / drop below ----", "-- create below / drop above ----" },
};

/* Offsets of the first of each; text.n: none. */
struct guess {
	size_t up, down;
	size_t node_up, node_down;      /* "-- Up Migration" of node-pg-migrate: words that may also be a remark */
	bool wrapped, unwrapped;        /* a runner's own words about its transaction: goose, sql-migrate */
};

static void
read_marker(size_t *slot, struct str line, const char *words, size_t from, size_t none)
{
	struct str rest;

	if (*slot == none && adapter_marker(line, words, &rest))
		*slot = from;
}

/* goose and sql-migrate wrap a section in a transaction, unless told not to: goose for the file, sql-migrate for the section. */
static void
read_transaction(struct guess *s, struct str line)
{
	struct str rest;

	if (adapter_marker(line, "+goose up", &rest))
		s->wrapped = true;
	if (adapter_marker(line, "+goose no transaction", &rest))
		s->unwrapped = true;
	if (!adapter_marker(line, "+migrate up", &rest))
		return;
	s->wrapped = true;
	s->unwrapped = s->unwrapped || str_is_nocase(str_trim(rest), "notransaction");
}

/* liquibase's --rollback holds its SQL in the comment itself: only one that stands alone opens a section. */
static void
read_line(struct guess *s, struct str line, size_t from, size_t none)
{
	struct str rest;

	read_transaction(s, line);
	for (size_t i = 0; i < sizeof(markers) / sizeof(markers[0]); i++) {
		read_marker(&s->down, line, markers[i].down, from, none);
		read_marker(&s->up, line, markers[i].up, from, none);
	}
	read_marker(&s->node_down, line, "down migration", from, none);
	read_marker(&s->node_up, line, "up migration", from, none);
	if (s->down == none && adapter_marker(line, "rollback", &rest) && rest.n == 0)
		s->down = from;
}

static struct guess
find_sections(struct str text)
{
	struct guess s = { .up = text.n, .down = text.n, .node_up = text.n, .node_down = text.n };
	struct str rest = text, line;

	if (str_starts_nocase(text, "--liquibase") || str_starts_nocase(text, "-- liquibase"))
		return s;
	while (str_cut(&rest, '\n', &line))
		if (str_starts(str_trim(line), "--"))
			read_line(&s, line, (size_t)(line.s - text.s), text.n);
	if (s.node_up < text.n && s.node_down < text.n) {
		s.up = s.node_up;
		s.down = s.node_down;
	}
	return s;
}

static enum tx_mode
guess_tx(const struct guess *s)
{
	if (s->unwrapped)
		return TX_NONE;
	return s->wrapped ? TX_WRAPPED : TX_UNKNOWN;
}

/* Runs what stands before the way back, or from the mark of the way forward when that comes second. */
static void
add_sections(struct adapter_run *run, const struct candidate *c, struct part up, struct part down)
{
	size_t n = up.source != NULL ? up.source->text.n : 0;
	struct guess s = find_sections(n > 0 ? up.source->text : STR(""));

	if (s.down < n) {
		bool second = s.up < n && s.up > s.down;
		up.tx = guess_tx(&s);
		down = up;
		up.span = second ? span_of(s.up, n) : span_of(0, s.down);
		down.span = second ? span_of(s.down, s.up) : span_of(s.down, n);
	}
	adapter_add(run, c, up, down);
}

/* ---- the list ---- */

static bool
is_capital(struct str word)
{
	size_t i = 0;

	while (i < word.n && ((word.s[i] >= 'A' && word.s[i] <= 'Z') || word.s[i] == '_'))
		i++;
	return i == word.n && i > 1;
}

/* :NAME outside of quotes. */
static bool
has_capitals(struct str sql)
{
	struct scan s = { .text = sql };
	size_t colon = sql.n, colons = 0;

	while (scan_next(&s)) {
		if (colons % 2 == 1 && s.at - s.token.n == colon + 1 && s.kind == SCAN_WORD && is_capital(s.token))
			return true;
		colons = !scan_is(&s, ":") ? 0 : s.at == colon + 2 ? colons + 1 : 1;
		colon = scan_is(&s, ":") ? s.at - 1 : sql.n;
	}
	return false;
}

/* ${NAME} outside of quotes. */
static bool
has_braces(struct str sql)
{
	struct scan s = { .text = sql };
	size_t dollar = sql.n;

	while (scan_next(&s)) {
		if (scan_is(&s, "{") && s.at == dollar + 2)
			return true;
		dollar = str_is(s.token, "$") ? s.at - 1 : sql.n;
	}
	return false;
}

static bool
before_relation(struct str word)
{
	static const char *const words[] = { "table", "exists", "only", "from", "join", "into", "update", "references", "on", "cluster" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_is_nocase(word, words[i]))
			return true;
	return false;
}

/* @NAME.RELATION where a relation is named; elsewhere it may be the operator. */
static bool
has_at_signs(struct str sql)
{
	struct scan s = { .text = sql };
	struct str before = STR("");

	while (scan_next(&s)) {
		struct scan next = s;
		if (scan_is(&s, "@") && before_relation(before) && scan_next(&next) && next.kind == SCAN_WORD &&
		    next.at - next.token.n == s.at && next.at < sql.n && sql.s[next.at] == '.')
			return true;
		before = s.token;
	}
	return false;
}

/* "%(NAME)s" of Python, in the body of a function, too; format() knows no such thing. */
static bool
has_percents(struct str sql)
{
	size_t at;

	while ((at = str_find(sql, STR("%("))) != (size_t)-1) {
		size_t end = 0;
		sql = str_slice(sql, at + 2, sql.n);
		while (end < sql.n && (isalnum((unsigned char)sql.s[end]) || sql.s[end] == '_'))
			end++;
		sql = str_slice(sql, end, sql.n);
		if (end > 0 && str_starts(sql, ")s") && (sql.n == 2 || !(isalnum((unsigned char)sql.s[2]) || sql.s[2] == '_')))
			return true;
	}
	return false;
}

/*
 * SET LOCAL where the file opens no transaction: either the runner does, or it is a mistake. What is refused in a transaction tells that none is open.
 */
static bool
may_be_wrapped(struct str sql)
{
	struct scan s = { .text = sql };
	bool first = true, sets = false, local = false;

	while (scan_next(&s)) {
		if ((first && (scan_is(&s, "begin") || scan_is(&s, "start") || scan_is(&s, "vacuum"))) || scan_is(&s, "concurrently"))
			return false;
		local = local || (sets && scan_is(&s, "local"));
		sets = first && scan_is(&s, "set");
		first = scan_is(&s, ";");
	}
	return local;
}

/*
 * What SQL has nowhere: a colon before a name, a dollar sign before a brace, an operator before the name of a relation. psql
 * puts a variable there, a runner of one's own, or psycopg, also in functions.
 */
static struct part
read_part(struct adapter_run *run, struct str file)
{
	static const struct {
		bool (*stand_in)(struct str sql);
		struct placeholder list[2];
	} holes[] = {
		{ has_capitals, { { ":", "", true, false }, { NULL, NULL, false, false } } },
		{ has_braces, { { "${", "}", false, true }, { NULL, NULL, false, false } } },
		{ has_percents, { { "%(", ")s", false, false }, { NULL, NULL, false, false } } },
		{ has_at_signs, { { "@", "", false, false }, { NULL, NULL, false, false } } },
	};
	struct part part = adapter_template_part(run, file, TX_NONE);

	for (size_t i = 0; part.source != NULL && part.span.len > 0 && i < sizeof(holes) / sizeof(holes[0]); i++)
		if (holes[i].stand_in(part.source->sql)) {
			part.source = placeholders_replace(run, part.source, holes[i].list);
			part.span = span_of(0, part.source->text.n);
		}
	if (part.source != NULL)
		mask_psql_script(run->arena, part.source, run->stand_ins, true);
	if (part.source != NULL && may_be_wrapped(part.source->sql))
		part.tx = TX_UNKNOWN;
	return part;
}

static void
name_candidate(struct candidate *c, struct str file, const struct listing *l)
{
	struct str dir = listing_dir(file), stem = listing_stem(listing_base(file));

	if (dir.n > 0 && (str_is(stem, "migration") || str_is(stem, "up") || adapter_back_word(stem))) {
		stem = listing_base(dir);
		dir = listing_dir(dir);
	}
	c->dir = l->root.n > 0 ? dir : STR("");
	candidate_name(c, stem);
}

/* A file that is a way back. */
struct back {
	struct str file;
	bool used;
};

static void
add_back(struct map *backs, const struct names *names, struct str file)
{
	void **at = map_at(backs, common_key(backs->arena, names, file));

	if (*at != NULL)
		return;
	*at = NEW(backs->arena, struct back);
	((struct back *)*at)->file = file;
}

static void
add_forward(const struct adapter_run *run, const struct map *backs, const struct names *names, struct candidates *found, struct str file)
{
	struct candidate *c = vec_push(run->arena, found);
	struct back *back = map_get(backs, common_key(run->arena, names, file));

	*c = (struct candidate){ .up = file };
	name_candidate(c, file, run->listing);
	if (back == NULL || back->used)
		return;
	c->down = back->file;
	back->used = true;
}

/* A way back that belongs to no file is listed only when the user asked for it. */
static bool
asked_for(const struct adapter_run *run, struct str file)
{
	struct str root = run->listing->root;

	return run->named != NULL ? map_has(run->named, file) : root.n == 0 || adapter_back_word(listing_base(root));
}

static void
add_orphan(const struct adapter_run *run, struct candidates *found, const struct back *back)
{
	struct candidate c = { .down = back->file };

	if (back->used || !asked_for(run, back->file))
		return;
	name_candidate(&c, back->file, run->listing);
	*vec_push(run->arena, found) = c;
}

static void
find(const struct adapter_run *run, struct candidates *found)
{
	const struct listing *l = run->listing;
	struct map backs = MAP(run->arena);
	struct names names = read_names(l);

	for (size_t i = 0; i < l->nfiles; i++)
		if (listing_sql(l, l->files[i]) && is_back(l, &names, l->files[i]))
			add_back(&backs, &names, l->files[i]);
	for (size_t i = 0; i < l->nfiles; i++)
		if (listing_sql(l, l->files[i]) && !is_back(l, &names, l->files[i]))
			add_forward(run, &backs, &names, found, l->files[i]);
	for (size_t i = 0; i < backs.n; i++)
		add_orphan(run, found, backs.entries[i].value);
}

/* ---- what stands between them in another language ---- */

/* A time or a counter: a directory has versions of one kind. STR_NONE: it has none. */
static struct str
kind_of_version(struct arena *a, struct str dir, struct str version)
{
	return version.n > 0 ? str_printf(a, "%.*s %s", STR_ARG(dir), version.n >= 12 ? "time" : "counter") : STR_NONE;
}

static struct str
own_version(struct arena *a, const struct candidate *c)
{
	return str_printf(a, "%.*s/%.*s", STR_ARG(c->dir), STR_ARG(c->version));
}

/* Numbered as they are, in the same directory, and not what runs one of them. */
static void
find_code(const struct adapter_run *run, struct candidates *found)
{
	const struct listing *l = run->listing;
	struct map known = MAP(run->arena);

	for (size_t i = 0; i < found->n; i++) {
		const struct candidate *c = &found->items[i];
		struct str kind = kind_of_version(run->arena, c->dir, c->version);
		if (kind.s == NULL)
			continue;
		*map_at(&known, kind) = found;
		*map_at(&known, own_version(run->arena, c)) = found;
	}
	for (size_t i = 0; i < l->nfiles && l->root.n > 0; i++) {
		struct candidate c = { .dir = listing_dir(l->files[i]), .up = l->files[i], .code_up = true };
		struct str base = listing_base(c.up), kind;
		if (adapter_code(base).n == 0)
			continue;
		candidate_name(&c, str_slice(base, 0, last_word(base, ".") - 1));
		kind = kind_of_version(run->arena, c.dir, c.version);
		if (kind.s != NULL && map_has(&known, kind) && !map_has(&known, own_version(run->arena, &c)))
			*vec_push(run->arena, found) = c;
	}
}

/* ---- reading ---- */

/* The files of a candidate, once they are read. */
struct pair_of_parts {
	struct part up, down;
	struct source *up_block, *down_block;
};

static struct pair_of_parts
read_files(struct adapter_run *run, const struct candidate *c)
{
	struct pair_of_parts p = { .up = read_part(run, c->up), .down = read_part(run, candidate_named(run, c) ? c->down : STR("")) };

	if (p.up.source != NULL && p.up.span.len > 0)
		p.up_block = block_wrap(run, p.up.source);
	if (p.down.source != NULL && p.down.span.len > 0)
		p.down_block = block_wrap(run, p.down.source);
	return p;
}

static void
use_block(struct part *part, struct source *block)
{
	if (block == NULL)
		return;
	part->source = block;
	part->span = span_of(0, block->text.n);
}

/* One block may be a ";" that was forgotten behind BEGIN. */
enum { FEW_BLOCKS = 3 };

static void
add_all(struct adapter_run *run, const struct candidates *found)
{
	struct pair_of_parts *parts = NEW_ARRAY(run->arena, struct pair_of_parts, found->n);
	size_t blocks = 0, code = 0;

	for (size_t i = 0; i < found->n; i++) {
		if (!found->items[i].code_up)
			parts[i] = read_files(run, &found->items[i]);
		blocks += parts[i].up_block != NULL;
	}
	for (size_t i = 0; i < found->n; i++) {
		code += found->items[i].code_up;
		if (found->items[i].code_up) {
			adapter_add_code(run, &found->items[i]);
			continue;
		}
		if (blocks >= FEW_BLOCKS) {
			use_block(&parts[i].up, parts[i].up_block);
			use_block(&parts[i].down, parts[i].down_block);
		}
		add_sections(run, &found->items[i], parts[i].up, parts[i].down);
	}
	adapter_note_code(run, code);
}

static void
list(struct adapter_run *run)
{
	struct candidates found = { 0 };

	find(run, &found);
	states_leave_out(run, &found);
	find_code(run, &found);
	candidates_sort(&found, BY_GUESS);
	candidates_cut(run, &found);
	add_all(run, &found);
}

const struct adapter adapter_plain = {
	.name = "plain",
	.doc = "SQL files in the order of their names; each statement commits, as in psql",
	.layout = "NAME.sql",
	.detect = detect,
	.list = list,
};
