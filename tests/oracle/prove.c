#include "prove.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compare.h"
#include "observe.h"
#include "play.h"
#include "server.h"
#include "sql/ast.h"

/* A stretch of SQL. */
struct stretch {
	const struct source *source;
	struct span span;
	bool advised;
};

VEC_TYPE(stretches, struct stretch);

/* What runs as one migration. */
struct round {
	enum tx_mode tx;
	struct stretches list;
};

VEC_TYPE(rounds, struct round);

/* What came of it. */
struct outcome {
	struct map refusals;            /* messages; of a statement of the file with its first line */
	struct map refused;             /* statements of the file, as written */
	struct map schema;
	bool unfit;                     /* a rehearsal in a transaction cannot tell */
};

struct prover {
	struct proving *proving;
	struct player stage;            /* the history up to the file at hand */
	struct arena arena;             /* of the file at hand */
	const struct migration *at;
	bool damaged;                   /* the server has refused something of the history */
	char template[64];              /* a copy of the stage; empty: none */
	bool strict;                    /* the server refuses nothing of the file */
	struct outcome itself;          /* of the file as it is */
};

/* ---- databases ---- */

static void
on_server(const char *format, const char *name, const char *other)
{
	PGconn *c = server_connect();
	char sql[256];
	PGresult *r;

	snprintf(sql, sizeof sql, format, name, other);
	r = PQexec(c, sql);
	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		printf("Bail out! %s: %s", sql, PQerrorMessage(c));
	PQclear(r);
	PQfinish(c);
}

/* A database can be copied while no one is connected to it. */
static void
make_template(struct prover *p)
{
	char stage[64];

	if (p->template[0])
		return;
	snprintf(stage, sizeof stage, "%s", PQdb(p->stage.server));
	snprintf(p->template, sizeof p->template, "%.50s_template", stage);
	PQfinish(p->stage.server);
	on_server("CREATE DATABASE %s TEMPLATE %s", p->template, stage);
	p->stage.server = play_connect(stage);
}

static void
drop_template(struct prover *p)
{
	if (p->template[0])
		on_server("DROP DATABASE %s%s", p->template, "");
	p->template[0] = '\0';
}

/* ---- running ---- */

static bool
starts_with(struct str sql, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_starts_nocase(sql, words[i]))
			return true;
	return false;
}

/* Its begin and end say nothing of the schema; what takes back does. */
static bool
is_passed_over(struct str sql)
{
	static const char *const words[] = { "begin", "commit", "start ", "end" };

	return starts_with(sql, words, sizeof words / sizeof words[0]);
}

static bool
is_unfit(struct str sql)
{
	static const char *const words[] = { "rollback", "savepoint", "release", "prepare transaction", "abort", "vacuum", "reindex" };

	return starts_with(sql, words, sizeof words / sizeof words[0]);
}

/* CONCURRENTLY of an index or a partition ends in the same schema as without it. */
static const struct statement *
without_concurrently(struct prover *p, const struct statement *s)
{
	struct str text = source_text(s->source, s->span), word = STR("CONCURRENTLY");
	size_t at = str_find(text, word);
	struct statement *plain;

	if (at == (size_t)-1 || (str_find(text, STR("INDEX")) == (size_t)-1 && str_find(text, STR("DETACH PARTITION")) == (size_t)-1))
		return s;
	text = str_printf(&p->arena, "%.*s%.*s", STR_ARG(str_slice(text, 0, at)), STR_ARG(str_slice(text, at + word.n, text.n)));
	plain = NEW(&p->arena, struct statement);
	plain->source = source_new(&p->arena, s->source->path, text);
	plain->span = span_of(0, text.n);
	return plain;
}

/* false: a statement was refused, and its transaction with it. */
static bool
run_stretch(struct prover *p, struct player *player, const struct stretch *s, enum tx_mode tx, bool rehearsed, struct outcome *out)
{
	struct arena *arena = &p->arena;
	struct script script = { .arena = arena };
	struct diags diags = { .arena = arena };
	struct str refusal;

	lower_source(arena, s->source, s->span, &diags, &script);
	for (size_t i = 0; s->advised && i < diags.list.n; i++)
		if (diags.list.items[i]->unchecked)
			*map_at(&out->refusals, diags.list.items[i]->message) = out;
	for (size_t i = 0; i < script.statements.n; i++) {
		const struct statement *statement = script.statements.items[i];
		struct str text = source_text(statement->source, statement->span);
		if (rehearsed && is_passed_over(text))
			continue;
		out->unfit = out->unfit || (rehearsed && is_unfit(text));
		if (out->unfit)
			return false;
		if (rehearsed)
			statement = without_concurrently(p, statement);
		refusal = play_statement(arena, player, tx, statement->source, statement->span);
		if (refusal.s == NULL)
			continue;
		*map_at(&out->refused, text) = out;
		*map_at(&out->refusals, s->advised ? refusal : str_printf(arena, "%.*s (%.*s)", STR_ARG(refusal),
		    STR_ARG(str_slice(text, 0, str_find_char(text, '\n'))))) = out;
		if (!player->go_on)
			return false;
	}
	return true;
}

/* false: something of it did not run. */
static bool
run_statements(struct prover *p, struct player *player, const struct rounds *rounds, bool rehearsed, struct outcome *out)
{
	bool goes_on = true;

	for (size_t i = 0; goes_on && i < rounds->n; i++) {
		const struct round *r = &rounds->items[i];
		enum tx_mode tx = r->tx == TX_NONE ? TX_NONE : TX_WRAPPED;
		for (size_t k = 0; goes_on && k < r->list.n; k++)
			goes_on = run_stretch(p, player, &r->list.items[k], tx, rehearsed, out);
		if (!rehearsed)
			(void)play_end(&p->arena, player);
	}
	return goes_on;
}

static void
run_rounds(struct prover *p, struct player *player, const struct rounds *rounds, bool rehearsed, struct outcome *out)
{
	bool goes_on = run_statements(p, player, rounds, rehearsed, out);

	if (!out->unfit && (goes_on || !rehearsed))
		out->schema = compare_read(&p->arena, player->server, p->proving->query);
}

/* In a transaction that is taken back. */
static void
rehearse(struct prover *p, const struct rounds *rounds, struct outcome *out)
{
	struct player player = { .server = p->stage.server, .in_migration = true, .go_on = !p->strict };

	*out = (struct outcome){ .refusals = MAP(&p->arena), .refused = MAP(&p->arena), .schema = MAP(&p->arena) };
	PQclear(PQexec(player.server, "BEGIN"));
	run_rounds(p, &player, rounds, true, out);
	PQclear(PQexec(player.server, "ROLLBACK"));
	PQclear(PQexec(player.server, "RESET ALL"));
}

/* On a copy of the stage. */
static struct player
copy_of_stage(struct prover *p)
{
	char name[64];

	make_template(p);
	snprintf(name, sizeof name, "%.50s_trial", PQdb(p->stage.server));
	on_server("CREATE DATABASE %s TEMPLATE %s", name, p->template);
	return (struct player){ .server = play_connect(name) };
}

/* In a database of its own. */
static void
perform(struct prover *p, const struct rounds *rounds, struct outcome *out)
{
	struct player player = copy_of_stage(p);

	player.go_on = !p->strict;
	*out = (struct outcome){ .refusals = MAP(&p->arena), .refused = MAP(&p->arena), .schema = MAP(&p->arena) };
	run_rounds(p, &player, rounds, false, out);
	server_drop_database(player.server);
}

/* ---- what is run ---- */

static void
add_stretch(struct prover *p, struct round *r, const struct source *source, size_t from, size_t to, bool advised)
{
	if (from < to)
		*vec_push(&p->arena, &r->list) = (struct stretch){ source, span_of(from, to), advised };
}

static struct round *
add_round(struct prover *p, struct rounds *rounds, enum tx_mode tx)
{
	struct round *r = vec_push(&p->arena, rounds);

	*r = (struct round){ .tx = tx };
	return r;
}

static void
add_part(struct prover *p, struct round *r, const struct part *part)
{
	add_stretch(p, r, part->source, part->span.off, part->span.off + part->span.len, true);
}

/* The clause of a constraint begins behind its ADD. */
static const char *
add_before(const struct source *source, struct span clause)
{
	struct str before = str_trim(source_text(source, span_of(clause.off > 8 ? clause.off - 8 : 0, clause.off)));

	return before.n >= 3 && str_is_nocase(str_slice(before, before.n - 3, before.n), "add") ? "ADD " : "";
}

/* The statement up to its first clause. */
static struct str
before_clauses(const struct source *source, size_t from, struct span first)
{
	struct str text = str_trim(source_text(source, span_of(from, first.off)));

	return *add_before(source, first) ? str_slice(text, 0, text.n - strlen("add")) : text;
}

VEC_TYPE(spans, struct span);

static int
compare_spans(const void *a, const void *b)
{
	uint32_t x = ((const struct span *)a)->off, y = ((const struct span *)b)->off;

	return (x > y) - (x < y);
}

/* A DROP has no clauses, but may name several objects. */
static struct span
clause_span(const struct op *op)
{
	return op->kind->node == T_DropStmt ? op->target.span : op->spans[SPAN_ACTION];
}

/* Of the statement that is taken out, in order; one may make several operations. */
static struct spans
clauses_of(struct prover *p, const struct trial *t)
{
	struct diags diags = { .arena = &p->arena };
	struct script script = { .arena = &p->arena };
	struct spans list = { 0 };
	size_t n = 0;

	lower_source(&p->arena, p->at->up.source, span_of(t->from, t->to), &diags, &script);
	for (size_t i = 0; i < script.ops.n; i++)
		if (script.ops.items[i]->leader == NULL)
			*vec_push(&p->arena, &list) = clause_span(script.ops.items[i]);
	if (list.n > 0)
		qsort(list.items, list.n, sizeof list.items[0], compare_spans);
	for (size_t i = 0; i < list.n; i++)
		if (n == 0 || list.items[n - 1].off != list.items[i].off)
			list.items[n++] = list.items[i];
	list.n = n;
	return list;
}

/* The clauses that the advice neither is about nor repeats, as a statement. */
static void
add_kept_clauses(struct prover *p, struct round *r, const struct trial *t)
{
	const struct source *source = p->at->up.source;
	struct spans clauses = { 0 };
	struct buf b = BUF(&p->arena);
	size_t at = t->about->labels[0].at.span.off, kept = 0;

	if (str_starts(t->about->safe, "-- in the place of "))
		clauses = clauses_of(p, t);
	for (size_t i = 0; i < clauses.n; i++) {
		struct span s = clauses.items[i];
		struct str clause = source_text(source, s);
		if (i == 0)
			buf_printf(&b, "%.*s ", STR_ARG(before_clauses(source, t->from, s)));
		if ((at < s.off || at >= s.off + s.len) && str_find(t->about->safe, clause) == (size_t)-1)
			buf_printf(&b, "%s%s%.*s", kept++ > 0 ? ", " : "", add_before(source, s), STR_ARG(clause));
	}
	if (kept > 0) {
		source = source_new(&p->arena, STR("kept"), buf_text(&b));
		add_stretch(p, r, source, 0, source->sql.n, false);
	}
}

/* The file as it is. */
static struct rounds
rounds_of_file(struct prover *p)
{
	const struct part *up = &p->at->up;
	struct rounds rounds = { 0 };

	add_stretch(p, add_round(p, &rounds, up->tx), up->source, up->span.off, up->span.off + up->span.len, false);
	return rounds;
}

/* "then this statement": it is told how to run it. */
static bool
keeps_statement(struct str advice)
{
	return str_find(advice, STR("then this statement")) != (size_t)-1 || str_find(advice, STR("then the statement")) != (size_t)-1;
}

static bool
follows_statement(struct str advice)
{
	return str_starts(advice, "-- behind this statement");
}

/* What the advice leaves to its reader. */
struct order {
	bool kept_behind;               /* the clauses that stay run behind the first step */
	bool steps_first;               /* the other steps follow the first one, not the file */
};

/* The file with the statement replaced by the first step of the advice, and its other steps. */
static struct rounds
rounds_of_trial(struct prover *p, const struct trial *t, const struct history *steps, struct order order)
{
	const struct part *up = &p->at->up;
	size_t end = up->span.off + up->span.len;
	struct rounds rounds = { 0 };
	struct round *r = add_round(p, &rounds, up->tx), *first;
	bool apart = steps->migrations.items[0].up.tx == TX_NONE && up->tx != TX_NONE;

	add_stretch(p, r, up->source, up->span.off, t->from, false);
	if (!order.kept_behind)
		add_kept_clauses(p, r, t);
	first = apart ? add_round(p, &rounds, TX_NONE) : r;
	if (follows_statement(t->about->safe))
		add_stretch(p, first, up->source, t->from, t->to, false);
	add_part(p, first, &steps->migrations.items[0].up);
	if (keeps_statement(t->about->safe))
		add_stretch(p, first, up->source, t->from, t->to, false);
	if (order.kept_behind)
		add_kept_clauses(p, first, t);
	for (size_t i = 1; order.steps_first && i < steps->migrations.n; i++)
		add_part(p, add_round(p, &rounds, steps->migrations.items[i].up.tx), &steps->migrations.items[i].up);
	r = apart || (order.steps_first && steps->migrations.n > 1) ? add_round(p, &rounds, up->tx) : vec_last(&rounds);
	add_stretch(p, r, up->source, t->to, end, false);
	for (size_t i = 1; !order.steps_first && i < steps->migrations.n; i++)
		add_part(p, add_round(p, &rounds, steps->migrations.items[i].up.tx), &steps->migrations.items[i].up);
	return rounds;
}

/* ---- judging ---- */

/* The first that the file itself does not meet; STR_NONE: there is none. */
static struct str
new_refusal(const struct prover *p, const struct outcome *o)
{
	for (size_t i = 0; i < o->refusals.n; i++)
		if (!map_has(&p->itself.refusals, o->refusals.entries[i].key))
			return o->refusals.entries[i].key;
	return STR_NONE;
}

/* It depends on where the clauses that stay are put. */
static bool
is_order_of_columns(struct str path)
{
	return str_ends(path, "].columns") && str_find(path, STR("].")) == path.n - strlen("].columns");
}

/* Texts that hold the time of the run, as a constant. */
static bool
differs_in_time(struct str a, struct str b)
{
	bool same = a.n == b.n && str_find(a, STR("::timestamp")) != (size_t)-1;

	for (size_t i = 0; same && i < a.n; i++)
		same = a.s[i] == b.s[i] || (isdigit((unsigned char)a.s[i]) && isdigit((unsigned char)b.s[i]));
	return same;
}

enum { MOST_TOLD = 6 };

static struct str
difference(struct prover *p, const struct outcome *o)
{
	struct mismatches list = { 0 };
	struct buf b = BUF(&p->arena);
	size_t n = 0;

	compare_read_maps(&p->arena, &p->itself.schema, &o->schema, &list);
	for (size_t i = 0; i < list.n; i++)
		if (!is_order_of_columns(list.items[i].path) && !differs_in_time(list.items[i].server, list.items[i].shadow) && n++ < MOST_TOLD)
			buf_printf(&b, "\n  %.*s: the file leaves %.*s, the advice %.*s", STR_ARG(list.items[i].path),
			    STR_ARG(list.items[i].server.s != NULL ? list.items[i].server : STR("nothing")),
			    STR_ARG(list.items[i].shadow.s != NULL ? list.items[i].shadow : STR("nothing")));
	return n > 0 ? buf_text(&b) : STR_NONE;
}

static const char *
judge(struct prover *p, const struct outcome *o, bool same, struct str *found)
{
	*found = new_refusal(p, o);
	if (found->s != NULL)
		return "refused";
	*found = same ? difference(p, o) : STR_NONE;
	return found->s != NULL ? "differs" : NULL;
}

static bool
safe_same(const struct prover *p, const struct trial *t)
{
	return rules_find(p->proving->rules, t->about->rule)->safe_same;
}

/* The server does not take the statement itself, or not all of the schema that the advice is about; IF EXISTS may have passed over what that lacks. */
static bool
is_unprovable(const struct prover *p, const struct trial *t)
{
	if (p->damaged && str_starts_nocase(t->about->statement, "ALTER TABLE IF EXISTS"))
		return true;
	return t->from == t->to ? p->damaged : map_has(&p->itself.refused, t->about->statement);
}

static bool
has_sql(struct prover *p, const struct history *steps)
{
	size_t n = 0;

	for (size_t i = 0; i < steps->migrations.n; i++) {
		struct diags diags = { .arena = &p->arena };
		struct script script = { .arena = &p->arena };
		lower_source(&p->arena, steps->migrations.items[i].up.source, steps->migrations.items[i].up.span, &diags, &script);
		n += script.statements.n + diags.list.n;
	}
	return n > 0;
}

/* "...", "$1" and "<column>" outside of comments. */
static bool
has_holes(struct str text)
{
	struct str line;

	while (str_cut(&text, '\n', &line)) {
		size_t comment = str_find(line, STR("--")), open;
		line = str_slice(line, 0, comment == (size_t)-1 ? line.n : comment);
		open = str_find_char(line, '<');
		if (str_find(line, STR("...")) != (size_t)-1 || str_find(line, STR("$1")) != (size_t)-1)
			return true;
		if (open != (size_t)-1 && open + 1 < line.n && line.s[open + 1] >= 'a' && line.s[open + 1] <= 'z' &&
		    str_find_char(str_slice(line, open, line.n), '>') != (size_t)-1)
			return true;
	}
	return false;
}

static bool
is_proved(struct prover *p, const struct trial *t, const struct history *steps, struct order order)
{
	struct rounds rounds = rounds_of_trial(p, t, steps, order);
	struct outcome o;
	struct str found;

	rehearse(p, &rounds, &o);
	return !o.unfit && judge(p, &o, safe_same(p, t), &found) == NULL;
}

/* What a rehearsal says against it may be the rehearsal's own doing. */
static const char *
confirm(struct prover *p, const struct trial *t, const struct history *steps, struct str *found)
{
	struct rounds rounds = rounds_of_trial(p, t, steps, (struct order){ false, false });
	struct outcome o;

	perform(p, &rounds, &o);
	return judge(p, &o, safe_same(p, t), found);
}

/* ---- advice in words ---- */

/* Values and conditions that the reader fills in; names of columns stay open. */
static struct str
fill_holes(struct arena *a, struct str text)
{
	struct str check = STR("CHECK (...)");
	struct buf b = BUF(a);

	for (size_t i = 0; i < text.n; i++) {
		if (text.s[i] == '$' && i + 1 < text.n && isdigit((unsigned char)text.s[i + 1])) {
			buf_str(&b, STR("NULL"));
			i++;
		} else if (str_starts(str_slice(text, i, text.n), "CHECK (...)")) {
			buf_str(&b, STR("CHECK (true)"));
			i += check.n - 1;
		} else
			buf_str(&b, str_slice(text, i, i + 1));
	}
	return buf_text(&b);
}

/* How far the advice came, and what ended it. */
struct reception {
	size_t taken;
	struct str objection;           /* the server's; STR_NONE: it takes everything */
	bool lacks_name;                /* which may be there after all: the finding is a possible one, or not all of the history was taken */
	bool unfit;
};

/* A statement that is wrong as it is written or for this schema, not for its rows or its transaction. */
static bool
is_objection(const char *state)
{
	return (strncmp(state, "42", 2) == 0 && strcmp(state, "42501") != 0) || strcmp(state, "2BP01") == 0 ||
	    strcmp(state, "0A000") == 0 || strcmp(state, "3F000") == 0;
}

static bool
lacks_name(const char *state)
{
	return strcmp(state, "42P01") == 0 || strcmp(state, "42703") == 0 || strcmp(state, "42704") == 0 || strcmp(state, "42883") == 0 ||
	    strcmp(state, "3F000") == 0;
}

/* The file is refused for the same. */
static bool
is_known(struct prover *p, struct str message)
{
	for (size_t i = 0; i < p->itself.refusals.n; i++)
		if (str_starts(p->itself.refusals.entries[i].key, str_c(&p->arena, message)))
			return true;
	return false;
}

/* "or ...", "otherwise ...": what follows is instead of what is in front of it. */
static bool
is_choice(struct str between)
{
	struct str line;

	while (str_cut(&between, '\n', &line)) {
		size_t comment = str_find(line, STR("--"));
		struct str words = comment == (size_t)-1 ? STR("") : str_trim(str_slice(line, comment + 2, line.n));
		if (str_starts_nocase(words, "or ") || str_starts_nocase(words, "or, ") || str_starts_nocase(words, "otherwise"))
			return true;
	}
	return false;
}

/* "drop what is in it", "when nothing else has the type": what stands in the way is gone before this statement. */
static bool
is_cleared_by_hand(struct str between)
{
	return str_find(between, STR("drop what")) != (size_t)-1 || str_find(between, STR("when nothing else")) != (size_t)-1;
}

static void
begin_choice(const struct player *player, const char *how)
{
	PQclear(PQexec(player->server, how));
}

/* A part of a table's definition is tried in one. */
static const struct source *
as_definition(struct prover *p, const struct source *source, struct span span)
{
	return source_new(&p->arena, source->path, str_printf(&p->arena, "CREATE TEMP TABLE advised (\n%.*s\n)", STR_ARG(source_text(source, span))));
}

static bool
is_unreadable(const struct diags *diags)
{
	for (size_t i = 0; i < diags->list.n; i++)
		if (diags->list.items[i]->unchecked)
			return true;
	return false;
}

static struct script
read_advice(struct prover *p, const struct part *up, struct str *objection)
{
	struct diags diags = { .arena = &p->arena }, again = { .arena = &p->arena };
	struct script script = { .arena = &p->arena }, defined = { .arena = &p->arena };
	const struct source *source;

	lower_source(&p->arena, up->source, up->span, &diags, &script);
	if (!is_unreadable(&diags))
		return script;
	source = as_definition(p, up->source, up->span);
	lower_source(&p->arena, source, span_of(0, source->sql.n), &again, &defined);
	if (!is_unreadable(&again))
		return defined;
	*objection = diags.list.items[0]->message;
	return script;
}

static struct str
take(struct prover *p, struct player *player, const struct statement *s)
{
	struct str refusal;

	if (is_passed_over(source_text(s->source, s->span)) || is_unfit(source_text(s->source, s->span)))
		return STR_NONE;
	s = without_concurrently(p, s);
	refusal = play_statement(&p->arena, player, TX_WRAPPED, s->source, s->span);
	if (refusal.s == NULL || !is_objection(player->state) || is_known(p, refusal))
		return STR_NONE;
	return str_printf(&p->arena, "%.*s (%.*s)", STR_ARG(refusal), STR_ARG(source_text(s->source, s->span)));
}

static void
take_step(struct prover *p, struct player *player, const struct part *up, struct reception *r)
{
	struct script script = read_advice(p, up, &r->objection);
	size_t behind = up->span.off;

	for (size_t i = 0; r->objection.s == NULL && i < script.statements.n; i++) {
		const struct statement *s = script.statements.items[i];
		size_t from = s->span.off;
		struct str between = source_text(s->source, span_of(behind < from ? behind : from, from));
		if (is_choice(between))
			begin_choice(player, "ROLLBACK TO choice");
		if (is_cleared_by_hand(between))
			return;
		r->objection = take(p, player, s);
		r->lacks_name = r->objection.s != NULL && lacks_name(player->state);
		r->taken += r->objection.s == NULL;
		behind = from + s->span.len;
	}
}

static void
take_steps(struct prover *p, struct player *player, const struct history *steps, struct reception *r)
{
	begin_choice(player, "SAVEPOINT choice");
	for (size_t i = 0; r->objection.s == NULL && i < steps->migrations.n; i++)
		take_step(p, player, &steps->migrations.items[i].up, r);
}

static struct rounds
rounds_up_to(struct prover *p, size_t to)
{
	const struct part *up = &p->at->up;
	struct rounds rounds = { 0 };

	add_stretch(p, add_round(p, &rounds, up->tx), up->source, up->span.off, to, false);
	return rounds;
}

/* In the file's own transaction, which is taken back. */
static void
receive_rehearsed(struct prover *p, const struct rounds *rounds, const struct history *steps, struct reception *r)
{
	struct player player = { .server = p->stage.server, .in_migration = true, .go_on = true };
	struct outcome o = { .refusals = MAP(&p->arena), .refused = MAP(&p->arena) };

	PQclear(PQexec(player.server, "BEGIN"));
	r->unfit = !run_statements(p, &player, rounds, true, &o);
	if (!r->unfit)
		take_steps(p, &player, steps, r);
	PQclear(PQexec(player.server, "ROLLBACK"));
	PQclear(PQexec(player.server, "RESET ALL"));
}

/* In a database of its own. */
static void
receive_performed(struct prover *p, const struct rounds *rounds, const struct history *steps, struct reception *r)
{
	struct outcome o = { .refusals = MAP(&p->arena), .refused = MAP(&p->arena) };
	struct player player = copy_of_stage(p);

	player.go_on = true;
	(void)run_statements(p, &player, rounds, false, &o);
	player.in_migration = true;
	PQclear(PQexec(player.server, "BEGIN"));
	take_steps(p, &player, steps, r);
	PQclear(PQexec(player.server, "ROLLBACK"));
	server_drop_database(player.server);
}

static struct reception
receive(struct prover *p, const struct trial *t, size_t to, const struct history *steps)
{
	struct rounds rounds = rounds_up_to(p, to);
	struct reception r = { .objection = STR_NONE };

	if (to == t->from)
		add_kept_clauses(p, &rounds.items[0], t);
	receive_rehearsed(p, &rounds, steps, &r);
	if (r.unfit)
		receive_performed(p, &rounds, steps, &r);
	return r;
}

VEC_TYPE(places, size_t);

/* It takes the place of an earlier statement, too. */
static bool
replaces_earlier(struct str advice)
{
	static const char *const words[] = { "place of both", "those before it", "before it that alter", "instead of ADD COLUMN and", "instead of the new type" };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (str_find(advice, str_of(words[i])) != (size_t)-1)
			return true;
	return false;
}

/* Where each statement in front of this one begins, the nearest first. */
static void
add_earlier_places(struct prover *p, const struct trial *t, struct places *places)
{
	struct diags diags = { .arena = &p->arena };
	struct script script = { .arena = &p->arena };

	lower_source(&p->arena, p->at->up.source, span_of(p->at->up.span.off, t->from), &diags, &script);
	for (size_t i = script.statements.n; i-- > 0;)
		*vec_push(&p->arena, places) = script.statements.items[i]->span.off;
}

/* Before the statement, behind it, at the end of the file; at its beginning, where the advice says so. */
static struct places
places_of(struct prover *p, const struct trial *t)
{
	struct places places = { 0 };

	*vec_push(&p->arena, &places) = str_find(t->about->safe, STR("before all else")) != (size_t)-1 ? p->at->up.span.off : t->from;
	if (replaces_earlier(t->about->safe)) {
		add_earlier_places(p, t, &places);
		return places;
	}
	if (t->to > t->from)
		*vec_push(&p->arena, &places) = t->to;
	if (p->at->up.span.off + p->at->up.span.len > t->to)
		*vec_push(&p->arena, &places) = p->at->up.span.off + p->at->up.span.len;
	return places;
}

/* At the first of its places where the server takes all of it, or else where it takes most. */
static void
accept(struct prover *p, const struct trial *t, const struct history *steps)
{
	struct proving *of = p->proving;
	struct places places = places_of(p, t);
	struct reception best = receive(p, t, places.items[0], steps);

	for (size_t i = 1; best.objection.s != NULL && i < places.n; i++) {
		struct reception r = receive(p, t, places.items[i], steps);
		if (r.objection.s == NULL || r.taken > best.taken)
			best = r;
	}
	if (best.objection.s == NULL)
		of->accepted++;
	else if ((p->damaged || t->about->possible) && best.lacks_name)
		of->unproved++;
	else
		of->tell(of->arg, t->about, "not taken", best.objection);
}

static void
prove(struct prover *p, const struct trial *t)
{
	struct proving *of = p->proving;
	const struct rule *rule = rules_find(of->rules, t->about->rule);
	struct history steps = { 0 };
	bool replaces = rule != NULL && rule->safe_checked;
	struct str found = STR_NONE, advice = replaces ? t->about->safe : fill_holes(&p->arena, t->about->safe);
	const char *wrong = NULL;

	example_append(&p->arena, &steps, STR("advice"), advice);
	if (has_holes(advice)) {
		of->incomplete++;
		return;
	}
	if (rule == NULL || !has_sql(p, &steps)) {
		of->in_words++;
		return;
	}
	if (is_unprovable(p, t)) {
		of->unproved++;
		return;
	}
	if (!replaces) {
		accept(p, t, &steps);
		return;
	}
	for (unsigned i = 0; i < 4; i++) {
		struct order order = { .kept_behind = i & 1, .steps_first = i & 2 };
		if (!is_proved(p, t, &steps, order))
			continue;
		of->proved += !order.steps_first;
		of->only_behind += order.steps_first;
		return;
	}
	wrong = confirm(p, t, &steps, &found);
	if (wrong == NULL)
		of->proved++;
	else
		of->tell(of->arg, t->about, wrong, found);
}

/* ---- the history ---- */

static void
judge_file(struct prover *p)
{
	struct rounds rounds = rounds_of_file(p);

	p->strict = true;
	rehearse(p, &rounds, &p->itself);
	if (p->itself.unfit)
		perform(p, &rounds, &p->itself);
	if (p->itself.refusals.n == 0)
		return;
	p->strict = false;
	rehearse(p, &rounds, &p->itself);
	if (p->itself.unfit)
		perform(p, &rounds, &p->itself);
}

static void
play_file(struct prover *p)
{
	struct rounds rounds = rounds_of_file(p);
	struct outcome unheard = { .refusals = MAP(&p->arena), .refused = MAP(&p->arena) };

	p->stage.go_on = true;
	run_rounds(p, &p->stage, &rounds, false, &unheard);
	p->damaged = p->damaged || unheard.refusals.n > 0;
}

static void
prove_file(struct prover *p, size_t index, const struct trials *trials)
{
	bool judged = false;

	arena_init(&p->arena, NULL, NULL);
	for (size_t i = 0; i < trials->n; i++) {
		if (trials->items[i].index != index)
			continue;
		if (!judged)
			judge_file(p);
		judged = true;
		prove(p, &trials->items[i]);
	}
	play_file(p);
	drop_template(p);
	arena_free(&p->arena);
}

/* A placeholder that nothing has a value for is a schema, if it is in front of a dot. */
static void
make_stand_ins(struct prover *p, const struct history *h)
{
	char sql[256];

	for (size_t i = 0; i < h->stand_ins.n; i++) {
		snprintf(sql, sizeof sql, "CREATE SCHEMA \"%.*s\"", STR_ARG(h->stand_ins.entries[i].key));
		PQclear(PQexec(p->stage.server, sql));
	}
}

void
prove_history(struct proving *proving, const struct history *h, const struct trials *trials)
{
	struct prover p = { .proving = proving, .stage.server = proving->stage != NULL ? proving->stage : play_database("stage") };

	if (proving->stage != NULL)
		observe_clean(proving->stage);
	make_stand_ins(&p, h);
	for (size_t i = 0; i < h->migrations.n; i++) {
		p.at = &h->migrations.items[i];
		if (p.at->up.source != NULL)
			prove_file(&p, i, trials);
	}
	play_forget_role(p.stage.server);
	if (proving->stage != NULL)
		proving->stage = p.stage.server;
	else
		server_drop_database(p.stage.server);
}
