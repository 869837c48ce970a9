#include "cli/shared.h"
#include "output/layout.h"
#include "output/tree.h"

extern const struct command command_tenants;

static const struct option_spec options[] = {
	{ "format", 'f', "NAME", "human (default) or json" },
	RULE_OPTIONS,
	HISTORY_OPTIONS,
	{ 0 },
};

struct map_of_tenants {
	struct arena *arena;
	struct str default_schema;
	VEC(struct str) histories;
	VEC(const struct tenant_design *) designs;
};

static void
visit_end(void *arg, const struct history *history, const struct catalog *catalog, const struct tenant_design *design)
{
	struct map_of_tenants *m = arg;

	(void)catalog;
	*vec_push(m->arena, &m->histories) = history->root;
	*vec_push(m->arena, &m->designs) = design;
}

static struct str
name_of(const struct map_of_tenants *m, const struct relation *r)
{
	struct str name = r->name;

	if (!str_eq(r->schema, m->default_schema))
		name = str_printf(m->arena, "%.*s.%.*s", STR_ARG(r->schema), STR_ARG(r->name));
	return utf8_printable(m->arena, name);
}

static struct str
root_of(const struct map_of_tenants *m, const struct tenant_design *d)
{
	return d->root != NULL ? name_of(m, d->root) : d->config->root;
}

/* ---- JSON ---- */

static void
write_design(struct tree *t, json_t *o, const struct map_of_tenants *m, const struct tenant_design *d)
{
	json_t *list;

	tree_optional(t, o, "column", d == NULL ? STR_NONE : d->column);
	tree_optional(t, o, "root", d == NULL ? STR_NONE : root_of(m, d));
	tree_int(t, o, "confidence", d == NULL ? 0 : d->confidence);
	list = tree_array(t, o, "tables");
	for (size_t i = 0; d != NULL && i < d->list.n; i++) {
		const struct tenant_table *table = d->list.items[i];
		json_t *entry = tree_object(t, list, NULL);
		tree_str(t, entry, "schema", table->table->schema);
		tree_str(t, entry, "name", table->table->name);
		tree_c(t, entry, "class", tenant_class_word(table->class));
		tree_str(t, entry, "reason", table->reason);
	}
}

/* One history is the document; several are a list in it. */
static void
write_json(struct buf *out, const struct map_of_tenants *m)
{
	struct tree *t = tree_new(m->arena);
	json_t *list;

	if (m->designs.n == 1) {
		write_design(t, t->root, m, m->designs.items[0]);
	} else {
		list = tree_array(t, t->root, "histories");
		for (size_t i = 0; i < m->designs.n; i++) {
			json_t *o = tree_object(t, list, NULL);
			tree_str(t, o, "path", m->histories.items[i]);
			write_design(t, o, m, m->designs.items[i]);
		}
	}
	tree_write(t, out);
}

/* ---- for people ---- */

static void
write_head(struct buf *out, const struct map_of_tenants *m, const struct tenant_design *d)
{
	struct str column = utf8_printable(m->arena, d->column), root = root_of(m, d);

	buf_printf(out, "column      %.*s\n", STR_ARG(column));
	buf_printf(out, "root        %.*s\n", root.n == 0 ? 7 : (int)root.n, root.n == 0 ? "unknown" : root.s);
	if (d->detected)
		buf_printf(out, "confidence  %u %%, detected: %zu of %zu tables carry the column, %zu with a foreign key on it\n\n",
		    d->confidence, d->carriers, d->tables, d->linked);
	else
		buf_printf(out, "confidence  %u %%, configured\n\n", d->confidence);
}

static void
write_classes(struct buf *out, const struct map_of_tenants *m, const struct tenant_design *d)
{
	static const enum tenant_class order[] = { TENANT_SCOPED, TENANT_UNCLEAR, TENANT_SHARED, TENANT_GLOBAL };
	struct table t = { .arena = m->arena, .ncolumns = 3 };

	table_cell(&t, STR("table"));
	table_cell(&t, STR("class"));
	table_cell(&t, STR("reason"));
	for (size_t c = 0; c < sizeof order / sizeof *order; c++)
		for (size_t i = 0; i < d->list.n; i++) {
			const struct tenant_table *table = d->list.items[i];
			if (table->class != order[c])
				continue;
			table_cell(&t, name_of(m, table->table));
			table_cell(&t, str_of(tenant_class_word(table->class)));
			table_cell(&t, utf8_printable(m->arena, table->reason));
		}
	table_write(out, &t, 0);
}

static void
write_human(struct buf *out, const struct map_of_tenants *m)
{
	for (size_t i = 0; i < m->designs.n; i++) {
		if (i > 0)
			buf_char(out, '\n');
		if (m->designs.n > 1) {
			buf_str(out, utf8_printable(m->arena, m->histories.items[i]));
			buf_c(out, ":\n");
		}
		if (m->designs.items[i] == NULL) {
			buf_c(out, "No tenants: no column of one name is in most tables and references one table of tenants.\n"
			    "If there is one, configure it: tenant: { column: tenant_id, root: tenants }\n");
			continue;
		}
		write_head(out, m, m->designs.items[i]);
		write_classes(out, m, m->designs.items[i]);
	}
}

static int
run(struct arena *arena, int argc, char **argv)
{
	static const struct str formats[] = { { "human", 5 }, { "json", 4 } };
	struct args args;
	struct setup setup;
	struct map_of_tenants m = { .arena = arena };
	struct buf out = BUF(arena);
	int status;

	if (!args_parse(arena, &command_tenants, argc, argv, &args, &status))
		return status;
	int format = args_choice(&args, "format", formats, 2, 0);
	if (format < 0 || setup_histories(&setup, &args) != 0)
		return STATUS_TROUBLE;
	struct run run = { .arena = arena, .config = &setup.config, .diags = &setup.diags,
		.visitor = { .arg = &m, .end = visit_end } };
	m.default_schema = setup.config.schema;
	for (size_t i = 0; i < setup.nhistories; i++)
		replay(&run, setup.histories[i]);
	status = setup_complain(&setup);
	if (format == 1)
		write_json(&out, &m);
	else
		write_human(&out, &m);
	return cli_print(buf_text(&out), status);
}

const struct command command_tenants = {
	.name = "tenants",
	.usage = "[OPTION...] [PATH...]",
	.summary = "Show which tables hold rows of tenants, and how the tool knows.",
	.details = "Takes the same paths as check. scoped: each row belongs to one tenant; shared: one set of rows for all; "
		   "global: not connected with tenants; unclear: it references rows of tenants but does not say whose its own "
		   "are. Without tenant: { column: ..., root: ... } in the configuration the design is guessed from a column "
		   "that most tables have and that references one table.",
	.options = options,
	.run = run,
};
