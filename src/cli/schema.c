#include "cli/shared.h"
#include "output/layout.h"
#include "schema/schema.h"

extern const struct command command_schema;

static const struct option_spec options[] = {
	{ "format", 'f', "NAME", "summary (default), sql or json" },
	RULE_OPTIONS,
	HISTORY_OPTIONS,
	{ 0 },
};

enum { FORMAT_SUMMARY, FORMAT_SQL, FORMAT_JSON };

struct writing {
	struct buf *out;
	int format, pg_version;
	size_t histories, done;
};

static void
write_between(struct writing *w, const struct history *history)
{
	bool sql = w->format == FORMAT_SQL;

	if (w->histories < 2)
		return;
	if (w->format == FORMAT_JSON)
		buf_c(w->out, w->done > 0 ? ",\n" : "[\n");
	else
		buf_printf(w->out, "%s%s%.*s%s\n", w->done > 0 ? "\n" : "", sql ? "-- " : "",
		    STR_ARG(utf8_printable(w->out->arena, history->root)), sql ? "" : ":");
}

static void
visit_end(void *arg, const struct history *history, const struct catalog *catalog, const struct tenant_design *design)
{
	struct writing *w = arg;

	(void)design;
	write_between(w, history);
	if (w->format == FORMAT_JSON)
		schema_json(w->out, catalog, w->pg_version);
	else if (w->format == FORMAT_SQL)
		schema_sql(w->out, catalog, w->pg_version);
	else
		schema_summary(w->out, catalog);
	w->done++;
	if (w->format == FORMAT_JSON && w->histories > 1 && w->done == w->histories)
		buf_c(w->out, "]\n");
}

static int
run(struct arena *arena, int argc, char **argv)
{
	static const struct str formats[] = { { "summary", 7 }, { "sql", 3 }, { "json", 4 } };
	struct args args;
	struct setup setup;
	struct buf out = BUF(arena);
	struct writing w = { .out = &out };
	int status;

	if (!args_parse(arena, &command_schema, argc, argv, &args, &status))
		return status;
	w.format = args_choice(&args, "format", formats, 3, FORMAT_SUMMARY);
	if (w.format < 0 || setup_histories(&setup, &args) != 0)
		return STATUS_TROUBLE;
	struct run run = { .arena = arena, .config = &setup.config, .diags = &setup.diags, .forward_only = true,
		.visitor = { .arg = &w, .end = visit_end } };
	w.pg_version = setup.config.pg_version;
	w.histories = setup.nhistories;
	for (size_t i = 0; i < setup.nhistories; i++)
		replay(&run, setup.histories[i]);
	status = setup_complain(&setup);
	return cli_print(buf_text(&out), status);
}

const struct command command_schema = {
	.name = "schema",
	.usage = "[OPTION...] [PATH...]",
	.summary = "Show the schema that is there when all migrations have run.",
	.details = "Takes the same paths as check. summary: how much there is, and a line per table. sql: a script that makes the "
		   "same schema in an empty database, in an order that the server accepts; what the migrations do not tell is "
		   "said in comments. json: everything, as described in the manual page. No database is needed.",
	.options = options,
	.run = run,
};
