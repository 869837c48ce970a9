#include "check/rollback.h"
#include "cli/shared.h"
#include "output/layout.h"
#include "output/tree.h"

extern const struct command command_rollback;

static const struct option_spec options[] = {
	{ "format", 'f', "NAME", "human (default) or json" },
	RULE_OPTIONS,
	HISTORY_OPTIONS,
	{ 0 },
};

struct entry {
	const struct migration *migration;
	const struct rollback *rollback;
};

struct sheet {
	struct arena *arena;
	VEC(struct entry) entries;
};

static void
visit(void *arg, const struct migration *migration, const struct rollback *rollback)
{
	struct sheet *sheet = arg;

	*vec_push(sheet->arena, &sheet->entries) = (struct entry){ migration, rollback };
}

static unsigned
line_of(struct place at)
{
	return at.source == NULL ? 0 : source_position(at.source, at.span.off).line;
}

/* ---- JSON ---- */

static void
write_line(struct tree *t, json_t *o, struct place at)
{
	if (at.source == NULL)
		tree_null(t, o, "line");
	else
		tree_int(t, o, "line", line_of(at));
}

static void
write_text(struct tree *t, json_t *o, const char *key, struct str text)
{
	if (text.s == NULL)
		tree_null(t, o, key);
	else
		tree_str(t, o, key, text);
}

static void
write_differences(struct tree *t, json_t *parent, const char *key, const struct differences *list)
{
	json_t *array = tree_array(t, parent, key);

	for (size_t i = 0; i < list->n; i++) {
		const struct difference *d = &list->items[i];
		json_t *o = tree_object(t, array, NULL);
		tree_str(t, o, "kind", d->kind);
		tree_str(t, o, "object", d->object);
		write_text(t, o, "expected", d->expected);
		write_text(t, o, "actual", d->actual);
		tree_optional(t, o, "file", d->place.source == NULL ? STR("") : d->place.source->path);
		write_line(t, o, d->place);
	}
}

static void
write_losses(struct tree *t, json_t *parent, const char *key, const struct losses *list)
{
	json_t *array = tree_array(t, parent, key);

	for (size_t i = 0; i < list->n; i++) {
		json_t *o = tree_object(t, array, NULL);
		tree_str(t, o, "file", list->items[i].place.source->path);
		write_line(t, o, list->items[i].place);
		tree_str(t, o, "object", list->items[i].object);
		tree_str(t, o, "reason", list->items[i].reason);
	}
}

static void
write_entry(struct tree *t, json_t *list, const struct entry *e)
{
	const struct migration *m = e->migration;
	const struct rollback *r = e->rollback;
	json_t *o = tree_object(t, list, NULL);

	tree_str(t, o, "file", m->up.source->path);
	tree_optional(t, o, "version", m->version);
	tree_optional(t, o, "down_file", m->down.source == NULL ? STR("") : m->down.source->path);
	tree_c(t, o, "verdict", rollback_verdict_word(r->verdict));
	tree_bool(t, o, "possible", r->opaque);
	write_differences(t, o, "differences", &r->differences);
	write_losses(t, o, "data_loss", &r->losses);
	write_losses(t, o, "failures", &r->failures);
	write_differences(t, o, "notes", &r->order);
}

static void
write_json(struct buf *out, const struct sheet *sheet)
{
	struct tree *t = tree_new(sheet->arena);
	json_t *list = tree_array(t, t->root, "migrations");

	for (size_t i = 0; i < sheet->entries.n; i++)
		write_entry(t, list, &sheet->entries.items[i]);
	tree_write(t, out);
}

/* ---- human ---- */

static void
write_place(struct buf *out, struct arena *a, struct place at)
{
	if (at.source != NULL)
		buf_printf(out, "  (%.*s:%u)", STR_ARG(utf8_printable(a, at.source->path)), line_of(at));
	buf_char(out, '\n');
}

static struct str
clear(struct arena *a, struct str text)
{
	struct buf b = BUF(a);

	text_wrap(&b, utf8_printable(a, text), 0, (size_t)-1);
	return buf_text(&b);
}

static void
write_difference(struct buf *out, struct arena *a, const struct difference *d)
{
	struct str object = clear(a, d->object);

	if (d->expected.s == NULL)
		buf_printf(out, "    left over: %.*s %.*s", STR_ARG(d->kind), STR_ARG(object));
	else if (d->actual.s == NULL)
		buf_printf(out, "    missing: %.*s %.*s", STR_ARG(d->kind), STR_ARG(object));
	else
		buf_printf(out, "    differs: %.*s of %.*s is %.*s, was %.*s", STR_ARG(d->kind), STR_ARG(object),
		    STR_ARG(d->actual.n > 0 ? clear(a, d->actual) : STR("none")),
		    STR_ARG(d->expected.n > 0 ? clear(a, d->expected) : STR("none")));
	write_place(out, a, d->place);
}

static void
write_reasons(struct buf *out, struct arena *a, const char *word, const struct losses *list)
{
	for (size_t i = 0; i < list->n; i++) {
		buf_printf(out, "    %s: %.*s", word, STR_ARG(clear(a, list->items[i].reason)));
		write_place(out, a, list->items[i].place);
	}
}

static bool
same_file(const struct entry *a, const struct entry *b)
{
	return str_eq(a->migration->up.source->path, b->migration->up.source->path);
}

/* With the line, when it is one of several in the file. */
static struct str
name_of(const struct sheet *sheet, size_t i)
{
	const struct entry *e = &sheet->entries.items[i];
	const struct part *up = &e->migration->up;
	struct place at;

	if (!(i > 0 && same_file(e, e - 1)) && !(i + 1 < sheet->entries.n && same_file(e, e + 1)))
		return utf8_printable(sheet->arena, up->source->path);
	at = place_in_file((struct place){ up->source, source_head(up->source, up->span) });
	return str_printf(sheet->arena, "%.*s:%u", STR_ARG(utf8_printable(sheet->arena, at.source->path)), line_of(at));
}

static void
write_human_entry(struct buf *out, struct arena *a, const struct entry *e, struct str name)
{
	const struct rollback *r = e->rollback;

	buf_printf(out, "%-13s %.*s%s\n", rollback_verdict_word(r->verdict), STR_ARG(name),
	    r->opaque ? "  (possible: it runs code that is not read)" : "");
	for (size_t i = 0; i < r->differences.n && r->verdict != ROLLBACK_MISSING; i++)
		write_difference(out, a, &r->differences.items[i]);
	write_reasons(out, a, "fails", &r->failures);
	write_reasons(out, a, "data lost", &r->losses);
	for (size_t i = 0; i < r->order.n; i++)
		buf_printf(out, "    note: columns of %.*s come back in another order\n", STR_ARG(clear(a, r->order.items[i].object)));
}

enum { VERDICTS = ROLLBACK_MISSING + 1 };

static void
write_human(struct buf *out, const struct sheet *sheet)
{
	size_t count[VERDICTS] = { 0 };
	bool first = true;

	for (size_t i = 0; i < sheet->entries.n; i++) {
		write_human_entry(out, sheet->arena, &sheet->entries.items[i], name_of(sheet, i));
		count[sheet->entries.items[i].rollback->verdict]++;
	}
	buf_printf(out, "%s%zu migration%s", sheet->entries.n > 0 ? "\n" : "", sheet->entries.n, sheet->entries.n == 1 ? "" : "s");
	for (int v = 0; v < VERDICTS; v++) {
		if (count[v] == 0)
			continue;
		buf_printf(out, "%s %zu %s", first ? ":" : ",", count[v], rollback_verdict_word((enum rollback_verdict)v));
		first = false;
	}
	buf_c(out, "\n");
}

static int
findings_status(const struct sheet *sheet)
{
	for (size_t i = 0; i < sheet->entries.n; i++) {
		const struct rollback *r = sheet->entries.items[i].rollback;
		if (!r->opaque && (r->verdict == ROLLBACK_INCOMPLETE || r->verdict == ROLLBACK_FAILING))
			return STATUS_FINDINGS;
	}
	return STATUS_CLEAN;
}

static int
run(struct arena *arena, int argc, char **argv)
{
	static const struct str formats[] = { { "human", 5 }, { "json", 4 } };
	struct args args;
	struct setup setup;
	struct sheet sheet = { .arena = arena };
	struct buf out = BUF(arena);
	int status;

	if (!args_parse(arena, &command_rollback, argc, argv, &args, &status))
		return status;
	int format = args_choice(&args, "format", formats, 2, 0);
	if (format < 0 || setup_histories(&setup, &args) != 0)
		return STATUS_TROUBLE;
	struct run run = { .arena = arena, .config = &setup.config, .diags = &setup.diags,
		.visitor = { .arg = &sheet, .rollback = visit } };
	for (size_t i = 0; i < setup.nhistories; i++)
		replay(&run, setup.histories[i]);
	status = setup_complain(&setup);
	if (format == 1)
		write_json(&out, &sheet);
	else
		write_human(&out, &sheet);
	return cli_print(buf_text(&out), status == STATUS_CLEAN ? findings_status(&sheet) : status);
}

const struct command command_rollback = {
	.name = "rollback",
	.usage = "[OPTION...] [PATH...]",
	.summary = "Run every migration and its way back on the shadow catalog, and compare.",
	.details = "Takes the same paths as check. The verdicts: reversible; destructive: the schema comes back, but not data "
		   "that was there; incomplete: the schema does not; failing: a statement of the way back fails; "
		   "irreversible: nothing can undo it, or its author says so; empty; missing.\n\n"
		   "Exit status: 0, 1 when a way back is incomplete or failing, 2 wrong usage, or something could not be read.",
	.options = options,
	.run = run,
};
