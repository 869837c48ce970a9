#include "cli/shared.h"
#include "output/layout.h"
#include "output/tree.h"

extern const struct command command_locks;

static const struct option_spec options[] = {
	{ "format", 'f', "NAME", "human (default) or json" },
	RULE_OPTIONS,
	HISTORY_OPTIONS,
	{ 0 },
};

/* What one statement does, kept from the replay. */
struct entry {
	const struct statement *statement;
	const char *operation;          /* its first one */
	enum tri transaction;
	bool unseen;                    /* does things we cannot see */
	const struct relation_effect *relations;
	size_t nrelations;
};

struct sheet {
	struct arena *arena;
	VEC(struct entry) entries;
	/* The statement under way */
	const struct statement *statement;
	const char *operation;
	enum tri transaction;
};

static void
visit_op(void *arg, const struct facts *facts)
{
	struct sheet *sheet = arg;

	if (!facts->op->statement || facts->inside != NULL || facts->op->statement == sheet->statement)
		return;
	sheet->statement = facts->op->statement;
	sheet->operation = facts->op->kind->name;
	sheet->transaction = facts->session->open;
}

static const struct relation_effect *
copy_effects(struct arena *arena, const struct effects *effects)
{
	struct relation_effect *list = NEW_ARRAY(arena, struct relation_effect, effects->list.n);

	for (size_t i = 0; i < effects->list.n; i++) {
		list[i] = effects->list.items[i];
		if (list[i].name.n == 0 && list[i].relation) {
			list[i].schema = list[i].relation->schema;
			list[i].name = list[i].relation->name;
		}
	}
	return list;
}

static void
visit_statement(void *arg, const struct facts *facts, const struct statement *statement)
{
	struct sheet *sheet = arg;
	bool known = statement == sheet->statement;

	if (!facts->unit->reported)
		return;
	*vec_push(sheet->arena, &sheet->entries) = (struct entry){ .statement = statement,
		.operation = known ? sheet->operation : "other",
		.transaction = known ? sheet->transaction : facts->session->open,
		.unseen = facts->effects->all_unknown,
		.relations = copy_effects(sheet->arena, facts->effects),
		.nrelations = facts->effects->list.n };
}

/* ---- JSON ---- */

static void
write_tri(struct tree *t, json_t *o, const char *key, enum tri value)
{
	if (value == UNKNOWN)
		tree_null(t, o, key);
	else
		tree_bool(t, o, key, value == YES);
}

static void
write_relation(struct tree *t, json_t *list, const struct relation_effect *e)
{
	json_t *o = tree_object(t, list, NULL);

	tree_optional(t, o, "schema", e->schema);
	tree_str(t, o, "name", e->name);
	tree_c(t, o, "lock", lock_name(e->lock));
	write_tri(t, o, "rewrite", e->rewrite);
	write_tri(t, o, "scan", e->scan);
	write_tri(t, o, "rebuild", e->rebuild);
}

static void
write_json(struct buf *out, const struct sheet *sheet)
{
	struct tree *t = tree_new(sheet->arena);
	json_t *list = tree_array(t, t->root, "statements");

	for (size_t i = 0; i < sheet->entries.n; i++) {
		const struct entry *e = &sheet->entries.items[i];
		json_t *o = tree_object(t, list, NULL);
		tree_str(t, o, "file", statement_file(e->statement));
		tree_int(t, o, "line", source_position(e->statement->source, e->statement->span.off).line);
		tree_c(t, o, "operation", e->operation);
		write_tri(t, o, "transaction", e->transaction);
		json_t *relations = tree_array(t, o, "relations");
		for (size_t k = 0; k < e->nrelations; k++)
			write_relation(t, relations, &e->relations[k]);
		if (e->unseen)
			tree_bool(t, o, "unknown", true);
	}
	tree_write(t, out);
}

/* ---- a table for each file ---- */

static void
add_cost(struct buf *b, enum tri t, const char *what)
{
	if (t == NO)
		return;
	buf_c(b, b->n > 0 ? ", " : "");
	buf_c(b, what);
	buf_c(b, t == UNKNOWN ? "?" : "");
}

/* What the time it takes depends on. */
static struct str
cost(struct arena *arena, const struct relation_effect *e)
{
	struct buf b = BUF(arena);

	if (e->created)
		return STR("instant");
	add_cost(&b, e->rewrite, "rewrite");
	if (e->rewrite != YES) {
		add_cost(&b, e->scan, "scan");
		add_cost(&b, e->rebuild, "build");
	}
	return b.n > 0 ? buf_text(&b) : STR("instant");
}

static struct str
relation_name(const struct sheet *sheet, const struct relation_effect *e, struct str default_schema)
{
	struct arena *a = sheet->arena;
	struct str name = sql_ident(a, e->name);

	if (e->schema.n > 0 && !str_eq(e->schema, default_schema))
		name = str_printf(a, "%.*s.%.*s", STR_ARG(sql_ident(a, e->schema)), STR_ARG(name));
	return utf8_printable(a, name);
}

/* The statement's first words. */
static struct str
shortened(struct arena *arena, const struct statement *s)
{
	struct buf b = BUF(arena);
	struct str text = source_text(s->source, s->span);

	text = utf8_printable(arena, str_slice(text, 0, text.n < 400 ? text.n : 400));
	text_wrap(&b, text, 0, (size_t)-1);
	struct str line = buf_text(&b), fits = text_fit(line, 46);
	return fits.n == line.n ? line : str_printf(arena, "%.*s...", STR_ARG(text_fit(line, 43)));
}

static void
add_row(struct table *t, struct str line, struct str statement, struct str relation, struct str lock, struct str takes,
	struct str blocks)
{
	table_cell(t, line);
	table_cell(t, statement);
	table_cell(t, relation);
	table_cell(t, lock);
	table_cell(t, takes);
	table_cell(t, blocks);
}

static void
add_entry(struct table *t, const struct sheet *sheet, const struct entry *e, struct str schema)
{
	unsigned number = source_position(e->statement->source, e->statement->span.off).line;
	struct str line = str_printf(sheet->arena, "%u", number), text = shortened(sheet->arena, e->statement);
	bool first = true;

	for (size_t i = 0; i < e->nrelations; i++) {
		const struct relation_effect *r = &e->relations[i];
		if (r->lock == LOCK_NONE && !r->created)
			continue;
		add_row(t, first ? line : STR(""), first ? text : STR(""), relation_name(sheet, r, schema),
			str_of(lock_words(r->lock)), cost(sheet->arena, r),
			r->created ? STR("nothing: it is new") : str_of(lock_blocks(r->lock)));
		first = false;
	}
	if (e->unseen)
		add_row(t, first ? line : STR(""), first ? text : STR(""), STR("?"), STR("unknown"), STR("unknown"),
			STR("unknown"));
}

/* The entries of one file, from i on; returns how many. */
static size_t
write_file(struct buf *out, const struct sheet *sheet, size_t i, struct str schema)
{
	struct str file = statement_file(sheet->entries.items[i].statement);
	struct table t = { .arena = sheet->arena, .ncolumns = 6, .indent = 2, .right = 1 };
	size_t n;

	add_row(&t, STR("line"), STR("statement"), STR("relation"), STR("lock"), STR("takes"), STR("blocks"));
	for (n = 0; i + n < sheet->entries.n && str_eq(statement_file(sheet->entries.items[i + n].statement), file); n++)
		add_entry(&t, sheet, &sheet->entries.items[i + n], schema);
	if (t.cells.n == t.ncolumns)
		return n;
	buf_str(out, out->n > 0 ? STR("\n") : STR(""));
	buf_str(out, utf8_printable(sheet->arena, file));
	buf_char(out, '\n');
	table_write(out, &t, 0);
	return n;
}

static void
write_human(struct buf *out, const struct sheet *sheet, struct str schema)
{
	for (size_t i = 0; i < sheet->entries.n;)
		i += write_file(out, sheet, i, schema);
	if (out->n == 0)
		buf_c(out, "No statement locks anything.\n");
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

	if (!args_parse(arena, &command_locks, argc, argv, &args, &status))
		return status;
	int format = args_choice(&args, "format", formats, 2, 0);
	if (format < 0 || setup_histories(&setup, &args) != 0)
		return STATUS_TROUBLE;
	struct run run = { .arena = arena, .config = &setup.config, .diags = &setup.diags, .forward_only = true,
		.visitor = { .arg = &sheet, .op = visit_op, .statement = visit_statement } };
	for (size_t i = 0; i < setup.nhistories; i++)
		replay(&run, setup.histories[i]);
	status = setup_complain(&setup);
	if (format == 1)
		write_json(&out, &sheet);
	else
		write_human(&out, &sheet, setup.config.schema);
	return cli_print(buf_text(&out), status);
}

const struct command command_locks = {
	.name = "locks",
	.usage = "[OPTION...] [PATH...]",
	.summary = "Show what every statement locks, how long it takes, and who has to wait.",
	.details = "Takes the same paths as check. Under \"takes\": instant; scan: every row is read; rewrite: the table "
		   "gets new storage; build: an index is built. A question mark: it depends on something the files do not "
		   "say. A lock is held until the end of its transaction.",
	.options = options,
	.run = run,
};
