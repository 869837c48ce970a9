#include "check/check.h"

static void
suppress(struct run *run, const struct script *script)
{
	struct suppress_input in = { .source = script->source, .comments = script->parsed.comments.items,
		.ncomments = script->parsed.comments.n, .statements = script->parsed.spans.items,
		.nstatements = script->parsed.spans.n, .lookup = rules_lookup, .arg = run->rules, .report_unused = true };

	suppress_apply(run->diags, &in);
}

static void
suppress_inside(struct run *run, const struct suppress_input *body)
{
	struct suppress_input in = *body;

	in.lookup = rules_lookup;
	in.arg = run->rules;
	in.report_unused = true;
	suppress_apply(run->diags, &in);
}

void
check_histories(struct run *run, struct history *const *histories, size_t n)
{
	run->histories = histories;
	run->nhistories = n;
	for (size_t i = 0; i < n; i++)
		replay(run, histories[i]);
	for (size_t i = 0; i < run->scripts.n; i++)
		suppress(run, run->scripts.items[i]);
	for (size_t i = 0; i < run->bodies.n; i++)
		suppress_inside(run, &run->bodies.items[i]);
	config_override(run->config, run->rules, run->diags);
	diags_finish(run->diags);
}
