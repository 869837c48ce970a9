#include "report.h"

static struct place
place(const struct source *source, const char *text)
{
	size_t at = str_find(source->text, str_of(text));

	return (struct place){ source, span_of(at, at + str_of(text).n) };
}

static void
scan(struct diags *diags, const struct source *created, const struct source *source)
{
	struct diag *d = diag_add(diags, SEVERITY_ERROR, STR("locks"), STR("set-not-null-scan"),
		place(source, "SET NOT NULL"),
		STR("SET NOT NULL on users.email reads every row while no one can read or write"));

	d->labels[0].text = STR("scans all rows under ACCESS EXCLUSIVE");
	diag_label(diags, d, place(source, "email"), STR(""));
	diag_label(diags, d, place(created, "users"), STR("table exists since V1, so it may hold rows"));
	d->why = STR("The proof runs while the lock is held. Every other session waits in line behind it, and the ones that "
		     "come later behind those. This third sentence is for those who want to know more.\n");
	d->tradeoffs = STR("Two migrations instead of one.\n");
	d->safe = STR("ALTER TABLE users ADD CONSTRAINT c CHECK (email IS NOT NULL) NOT VALID;\n"
		      "ALTER TABLE users VALIDATE CONSTRAINT c;\n");
	d->statement = source_text(source, span_of(0, source->text.n - 2));
}

static void
again(struct diags *diags, const struct source *source)
{
	struct diag *d = diag_add(diags, SEVERITY_WARNING, STR("locks"), STR("set-not-null-scan"),
		place(source, "naïve"), STR("SET NOT NULL on \xe8\xa1\xa8.na\xff reads every row"));

	d->possible = true;
	d->why = STR("Said already.");
	diag_label(diags, d, place(source, "ALTER TABLE"), STR("starts here"));
	diag_label(diags, d, place(source, "SET"), STR("third"));
	diag_note(diags, d, STR("table.rows is not known"));
}

static void
broken(struct diags *diags, const struct source *source)
{
	struct diag *d = diag_add(diags, SEVERITY_ERROR, STR("input"), STR("syntax-error"),
		(struct place){ source, { 0, 0 } }, STR("cannot read it"));

	d->unchecked = true;
	diag_add(diags, SEVERITY_INFO, STR("input"), STR("nowhere"), (struct place){ 0 }, STR("about no place"));
}

struct report *
report_full(struct arena *arena)
{
	struct diags diags = { .arena = arena };
	struct report *r = NEW(arena, struct report);
	const struct source **files = NEW_ARRAY(arena, const struct source *, 2);

	files[0] = source_new(arena, STR("db/V1.sql"), STR("CREATE TABLE users (\n\tid int\n);\n"));
	files[1] = source_new(arena, STR("db/V7.sql"), STR("ALTER TABLE users\n  ALTER COLUMN email SET NOT NULL;\n"));
	scan(&diags, files[0], files[1]);
	again(&diags, source_new(arena, STR("db/V8.sql"),
		STR("\n\tALTER TABLE \xe8\xa1\xa8 ALTER na\xc3\xafve SET \xff NOT NULL;\n")));
	broken(&diags, source_new(arena, STR("db/V9.sql"), STR("x")));
	for (size_t i = 0; i < diags.list.n; i++)
		diags.list.items[i]->fingerprint = STR("0123456789abcdef");
	*r = (struct report){ .arena = arena,
		.diags = diags.list.items,
		.ndiags = diags.list.n,
		.files = files,
		.nfiles = 2,
		.tally = { .files = 3, .statements = 2, .error = 2, .warning = 1, .info = 1, .unchecked = 1 },
		.version = "0.1.0",
		.parser = "18.0" };
	return r;
}

struct report *
report_hostile(struct arena *arena)
{
	struct diags diags = { .arena = arena };
	struct report *r = NEW(arena, struct report);
	const struct source *source = source_new(arena, STR(HOSTILE_PATH), STR(HOSTILE_TEXT));
	struct diag *d = diag_add(&diags, SEVERITY_ERROR, STR("locks"), STR("x"), place(source, "100%"), STR(HOSTILE_TEXT));

	d->labels[0].text = d->safe = d->why = d->statement = STR(HOSTILE_TEXT);
	d->fingerprint = STR("0123456789abcdef");
	diag_label(&diags, d, place(source, "end"), STR(HOSTILE_TEXT));
	diag_note(&diags, d, STR(HOSTILE_TEXT));
	*r = (struct report){ .arena = arena,
		.diags = diags.list.items,
		.ndiags = diags.list.n,
		.tally = { .files = 1, .statements = 1, .error = 1 },
		.version = "0.1.0",
		.parser = "18.0" };
	return r;
}
