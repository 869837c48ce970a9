/* Any text as migrations, from the psql mask through every rule to every output. */
#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>

#include "adapter/adapter.h"
#include "check/example.h"
#include "output/output.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* Loaded once; its memory is the process's. */
static struct rules *
all_rules(void)
{
	static struct arena arena;
	static struct rules *rules;

	if (rules == NULL) {
		arena_init(&arena, NULL, NULL);
		rules = rules_new(&arena);
		rules_load_builtin(rules);
		rules_ready(rules);
	}
	return rules;
}

static void
check_places(const struct diag *d)
{
	for (size_t i = 0; i < d->nlabels; i++) {
		struct place at = d->labels[i].at;
		if (at.source != NULL && (size_t)at.span.off + at.span.len > at.source->text.n)
			abort();
	}
}

static void
write_all(struct arena *a, const struct diags *diags, const struct tally *tally)
{
	struct report report = { .arena = a, .rules = all_rules(), .diags = diags->list.items, .ndiags = diags->list.n,
		.tally = *tally, .version = "0", .parser = "0", .color = true, .verbose = true };
	size_t n;
	const struct output *const *all = outputs(&n);

	for (size_t i = 0; i < n; i++) {
		struct buf out = BUF(a);
		all[i]->write(&out, &report);
		if (str_is(str_of(all[i]->name), "json")) {
			json_t *json = json_loadb(out.s, out.n, 0, NULL);
			if (json == NULL)
				abort();
			json_decref(json);
		}
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena a;
	struct config config;
	struct history history, *histories[] = { &history };
	struct diags diags = { .arena = &a };
	struct str text = { (const char *)data, n };
	struct run run = { .arena = &a, .config = &config, .rules = all_rules(), .diags = &diags };

	/* source_read() refuses it */
	if (str_find_char(text, '\0') != (size_t)-1)
		return 0;
	arena_init(&a, NULL, NULL);
	struct source *source = source_new(&a, STR("fuzz.sql"), str_copy(&a, text));
	mask_psql(&a, source, NULL);
	example_history(&a, source->path, source->sql, NULL, &config, &history, &diags);
	check_histories(&run, histories, 1);
	for (size_t i = 0; i < diags.list.n; i++)
		check_places(diags.list.items[i]);
	write_all(&a, &diags, &run.tally);
	arena_free(&a);
	return 0;
}
