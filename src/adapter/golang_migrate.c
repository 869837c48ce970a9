#include "adapter/adapter.h"

extern const struct adapter adapter_golang_migrate;

static int
detect(const struct listing *l, struct str *why)
{
	if (!pairs_most(l))
		return 0;
	*why = STR("most files are NAME.up.sql or NAME.down.sql");
	for (size_t i = 0; i < l->nfiles; i++) {
		struct str base = listing_base(l->files[i]);
		bool up;
		if (pairs_way(base, &up) && up && base.s[0] >= '0' && base.s[0] <= '9')
			return 90;
	}
	return 60;
}

/* source.Regex: "1_NAME.up.sql" */
static bool
has_version(struct str file)
{
	struct str base = listing_base(file);
	size_t i = 0;

	while (i < base.n && base.s[i] >= '0' && base.s[i] <= '9')
		i++;
	return i > 0 && i < base.n && base.s[i] == '_';
}

/* Beside files that have a number, those without one never run (iofs.PartialDriver.Init). */
static void
leave_out_strays(struct adapter_run *run, struct candidates *found)
{
	size_t n = 0, numbered = 0;

	for (size_t i = 0; i < found->n; i++)
		numbered += has_version(found->items[i].up);
	for (size_t i = 0; i < found->n; i++) {
		struct candidate c = found->items[i];
		struct str file = c.up.n > 0 ? c.up : c.down;
		if (numbered == 0 || file.n == 0 || has_version(file))
			found->items[n++] = c;
		else if (adapter_named(run, file))
			adapter_note_file(run, FILE_STRAY, file, (struct place){ 0 }, STR(""), STR("golang-migrate wants NUMBER_NAME"));
	}
	found->n = n;
}

/* What a program does, and what undoes it, is not known. */
static void
add(struct adapter_run *run, const struct candidate *c)
{
	struct str down = candidate_named(run, c) && !c->code_down ? c->down : STR("");

	if (c->code_up)
		adapter_add_code(run, c);
	else
		adapter_add(run, c, adapter_template_part(run, c->up, TX_STRING), adapter_template_part(run, down, TX_STRING));
	if (c->code_down && c->up.n > 0 && run->migrations.n > 0)
		vec_last(&run->migrations)->one_way = true;
}

/*
 * The postgres driver sends the file as one string, unless the URL says x-multi-statement. morph, which has the same names, fills templates.
 * Where Go stands among them, the runner is another one, which need not mind two migrations of one version.
 */
static void
list(struct adapter_run *run)
{
	struct candidates found = { 0 };
	size_t code = 0;

	pairs_find(run, ".go", BY_NUMBER, &found);
	leave_out_strays(run, &found);
	for (size_t i = 0; i < found.n; i++) {
		code += found.items[i].code_up;
		add(run, &found.items[i]);
	}
	if (code > 0)
		run->versions &= ~(unsigned)VERSIONS_DIFFER;
	adapter_note_code(run, code);
}

const struct adapter adapter_golang_migrate = {
	.name = "golang-migrate",
	.doc = "golang-migrate; a file runs as one string",
	.layout = "VERSION_NAME.up.sql, VERSION_NAME.down.sql",
	.also = "golang_migrate migrate",
	.versions = VERSIONS_DIFFER | VERSIONS_ARE_NUMBERS,
	.detect = detect,
	.list = list,
};
