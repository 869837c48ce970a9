#include <string.h>

#include "cli/shared.h"
#include "output/layout.h"
#include "output/tree.h"

extern const struct command command_list;

static const struct option_spec options[] = {
	{ "format", 'f', "NAME", "human (default) or json" },
	RULE_OPTIONS,
	{ 0 },
};

/* Something that can be listed; its columns are the keys of the JSON objects, too. */
struct subject {
	const char *name;
	const char *columns[5];
	/* Adds the rows; returns an exit status. */
	int (*fill)(struct table *, const struct args *, struct setup *);
};

static int
fill_rules(struct table *t, const struct args *args, struct setup *setup)
{
	(void)args;
	for (size_t i = 0; i < setup->rules->list.n; i++) {
		const struct rule *r = setup->rules->list.items[i];
		table_cell(t, r->id);
		table_cell(t, r->category);
		table_cell(t, str_of(severity_name(r->effective)));
		table_cell(t, r->title);
	}
	return STATUS_CLEAN;
}

static int
fill_operations(struct table *t, const struct args *args, struct setup *setup)
{
	size_t n;
	const struct op_kind *const *kinds = op_kinds(&n);

	(void)args;
	(void)setup;
	for (size_t i = 0; i < n; i++) {
		table_cell(t, str_of(kinds[i]->name));
		table_cell(t, str_of(kinds[i]->doc));
	}
	return STATUS_CLEAN;
}

/* kind NULL: of any operation, all of them; otherwise those that its rules may ask for. */
static void
add_fields(struct table *t, const struct field *fields, const char *operation, const struct op_kind *kind)
{
	static const char *const types[] = { "bool", "number", "text", "lock" };

	for (const struct field *f = fields; f && f->name; f++) {
		if (kind && !field_applies(kind, f))
			continue;
		table_cell(t, str_of(f->name));
		table_cell(t, str_of(types[f->type]));
		table_cell(t, str_of(operation));
		table_cell(t, str_of(f->doc));
	}
}

/* The operation of that name; NULL after telling that there is none. */
static const struct op_kind *
choose_kind(const struct args *args, struct str name)
{
	size_t n;
	const struct op_kind *const *kinds = op_kinds(&n);
	struct str *names = NEW_ARRAY(args->arena, struct str, n);

	for (size_t i = 0; i < n; i++)
		if (str_is(name, kinds[i]->name))
			return kinds[i];
		else
			names[i] = str_of(kinds[i]->name);
	struct str meant = args_suggestion(args->arena, name, names, n);
	args_error(args, "there is no operation '%.*s'%.*s", STR_ARG(name), STR_ARG(meant));
	return NULL;
}

static int
fill_fields(struct table *t, const struct args *args, struct setup *setup)
{
	size_t n;
	const struct op_kind *const *kinds = op_kinds(&n);

	(void)setup;
	if (args->noperands > 1) {
		const struct op_kind *kind = choose_kind(args, args->operands[1]);
		if (!kind)
			return STATUS_TROUBLE;
		add_fields(t, kind->fields, kind->name, NULL);
		add_fields(t, common_fields, "any", kind);
		return STATUS_CLEAN;
	}
	add_fields(t, common_fields, "any", NULL);
	for (size_t i = 0; i < n; i++)
		add_fields(t, kinds[i]->fields, kinds[i]->name, NULL);
	return STATUS_CLEAN;
}

static int
fill_formats(struct table *t, const struct args *args, struct setup *setup)
{
	size_t n;
	const struct output *const *all = outputs(&n);

	(void)args;
	(void)setup;
	for (size_t i = 0; i < n; i++) {
		table_cell(t, str_of(all[i]->name));
		table_cell(t, str_of(all[i]->doc));
	}
	return STATUS_CLEAN;
}

static int
fill_frameworks(struct table *t, const struct args *args, struct setup *setup)
{
	size_t n;
	const struct adapter *const *all = adapters(&n);

	(void)args;
	(void)setup;
	for (size_t i = 0; i < n; i++) {
		table_cell(t, str_of(all[i]->name));
		table_cell(t, str_of(all[i]->layout));
		table_cell(t, str_of(all[i]->doc));
	}
	return STATUS_CLEAN;
}

static const struct subject subjects[] = {
	{ "rules", { "id", "category", "severity", "title" }, fill_rules },
	{ "operations", { "name", "doc" }, fill_operations },
	{ "fields", { "name", "type", "operation", "doc" }, fill_fields },
	{ "formats", { "name", "doc" }, fill_formats },
	{ "frameworks", { "name", "layout", "doc" }, fill_frameworks },
};

enum { NSUBJECTS = sizeof(subjects) / sizeof(subjects[0]) };

static const struct subject *
choose_subject(const struct args *args)
{
	struct str names[NSUBJECTS];

	for (size_t i = 0; i < NSUBJECTS; i++)
		names[i] = str_of(subjects[i].name);
	if (args->noperands == 0) {
		args_error(args, "list what? rules, operations, fields, formats or frameworks");
		return NULL;
	}
	int i = args_choose(args, "list", args->operands[0], names, NSUBJECTS);
	if (i < 0)
		return NULL;
	if (args->noperands > (subjects[i].fill == fill_fields ? 2 : 1)) {
		args_error(args, "too many arguments");
		return NULL;
	}
	return &subjects[i];
}

static void
write_json(struct buf *out, const struct subject *s, const struct table *t)
{
	struct tree *tree = tree_new(t->arena);
	json_t *list = tree_array(tree, tree->root, s->name);
	json_t *o = NULL;

	for (size_t i = 0; i < t->cells.n; i++) {
		size_t column = i % t->ncolumns;
		if (column == 0)
			o = tree_object(tree, list, NULL);
		tree_str(tree, o, s->columns[column], t->cells.items[i]);
	}
	tree_write(tree, out);
}

static int
run(struct arena *arena, int argc, char **argv)
{
	static const struct str formats[] = { { "human", 5 }, { "json", 4 } };
	struct args args;
	struct setup setup;
	struct table t = { .arena = arena };
	struct buf out = BUF(arena);
	int status;

	if (!args_parse(arena, &command_list, argc, argv, &args, &status))
		return status;
	int format = args_choice(&args, "format", formats, 2, 0);
	const struct subject *subject = format < 0 ? NULL : choose_subject(&args);
	if (!subject || setup_rules(&setup, &args, STR(".")) != 0)
		return STATUS_TROUBLE;
	while (t.ncolumns < 5 && subject->columns[t.ncolumns])
		t.ncolumns++;
	status = setup_complain(&setup);
	if (subject->fill(&t, &args, &setup) != STATUS_CLEAN)
		return STATUS_TROUBLE;
	if (format == 1)
		write_json(&out, subject, &t);
	else
		table_write(&out, &t, 0);
	return cli_print(buf_text(&out), status);
}

const struct command command_list = {
	.name = "list",
	.usage = "[OPTION...] rules|operations|fields|formats|frameworks [OPERATION]",
	.summary = "List the rules, operations, fields, output formats or migration frameworks.",
	.details = "fields: what the conditions and texts of a rule may ask; with an OPERATION, those of its rules.",
	.options = options,
	.run = run,
};
