#include <stdio.h>

#include "check/baseline.h"
#include "cli/shared.h"

extern const struct command command_baseline;

static const struct option_spec options[] = {
	{ "output", 'o', "FILE", "write to this file instead of standard output" },
	RULE_OPTIONS,
	HISTORY_OPTIONS,
	{ 0 },
};

/* Leaves only what stands for something unchecked. */
static void
keep_unchecked(struct diags *diags)
{
	size_t n = 0;

	for (size_t i = 0; i < diags->list.n; i++)
		if (diags->list.items[i]->unchecked)
			diags->list.items[n++] = diags->list.items[i];
	diags->list.n = n;
}

static int
run(struct arena *arena, int argc, char **argv)
{
	struct args args;
	struct setup setup;
	struct buf out = BUF(arena);
	int status;

	if (!args_parse(arena, &command_baseline, argc, argv, &args, &status))
		return status;
	if (setup_histories(&setup, &args) != 0)
		return STATUS_TROUBLE;
	struct run run = { .arena = arena, .config = &setup.config, .rules = setup.rules, .diags = &setup.diags };
	check_histories(&run, (struct history *const *)setup.histories, setup.nhistories);
	baseline_write(&out, &setup.diags);
	keep_unchecked(&setup.diags);
	status = setup_complain(&setup);
	if (setup.invalid)
		return status;
	if (!args_has(&args, "output"))
		return cli_print(buf_text(&out), status);
	return cli_write(arena, str_c(arena, args_value(&args, "output")), buf_text(&out)) == STATUS_CLEAN ? status : STATUS_TROUBLE;
}

const struct command command_baseline = {
	.name = "baseline",
	.usage = "[OPTION...] [PATH...]",
	.summary = "Write down what is found now, so that `check --baseline` reports only what is new.",
	.details = "A finding is known by its rule, the path of its file and its statement, so that it stays known when lines "
		   "move; paths are as given, so give the same ones to `check`, from the same directory. What could not be "
		   "checked is never written down, but told, with exit status 2.",
	.options = options,
	.run = run,
};
