#include "adapter/adapter.h"

extern const struct adapter adapter_sqitch;

/* ---- where things are ---- */

/* A plan and its folders, relative to the root of the listing. */
struct project {
	struct adapter_run *run;
	struct source *plan;
	struct str dir;                 /* where the plan is */
	struct str deploy, revert;
	struct str extension, engine;
	struct str top, plan_file;      /* as configured; STR_NONE: not at all */
};

/* Keys of a target and of an engine come before those of the core (Target._fetch). */
static void
set(struct project *p, struct str base, struct str key, struct str value)
{
	struct arena *a = p->run->arena;

	if (str_ends(key, ".deploy_dir"))
		p->deploy = listing_path(a, base, value);
	else if (str_ends(key, ".revert_dir"))
		p->revert = listing_path(a, base, value);
	else if (str_ends(key, ".extension"))
		p->extension = value;
	else if (str_is(key, "core.top_dir") || str_is(key, "engine.pg.top_dir"))
		p->top = listing_path(a, base, value);
	else if (str_is(key, "core.plan_file") || str_is(key, "engine.pg.plan_file"))
		p->plan_file = listing_path(a, base, value);
	else if (str_is(key, "core.engine"))
		p->engine = value;
}

static bool
read_configuration(struct project *p, struct str file)
{
	struct source *source = listing_source(p->run->arena, p->run->listing, file, NULL);

	if (source == NULL)
		return false;
	for (struct ini ini = ini_of(p->run->arena, source->text); ini_next(&ini);)
		set(p, listing_dir(file), ini.key, ini.value);
	return true;
}

/* Target: the plan is in top_dir unless plan_file says where, and the folders are in top_dir. */
static void
default_folders(struct project *p, struct str plan)
{
	bool configured = p->plan_file.s != NULL && p->top.s != NULL && str_eq(p->plan_file, plan);
	struct str top = configured ? p->top : p->dir;

	if (p->deploy.s == NULL)
		p->deploy = listing_path(p->run->arena, top, STR("deploy"));
	if (p->revert.s == NULL)
		p->revert = listing_path(p->run->arena, top, STR("revert"));
}

/* The configuration is that of the directory where Sqitch is called: beside the plan, or above it. */
static struct project
open_project(struct adapter_run *run, struct source *plan, struct str file)
{
	struct arena *a = run->arena;
	struct str dir = listing_dir(file);
	struct project p = { .run = run, .plan = plan, .dir = dir, .deploy = STR_NONE, .revert = STR_NONE, .extension = STR("sql"),
		.engine = STR("pg"), .top = STR_NONE, .plan_file = STR_NONE };

	if (!read_configuration(&p, listing_path(a, dir, STR("sqitch.conf"))))
		read_configuration(&p, listing_path(a, dir, STR("../sqitch.conf")));
	default_folders(&p, file);
	return p;
}

/* The configuration beside the plan has another one, in its top_dir. */
static bool
is_left_over(struct adapter_run *run, struct str file)
{
	struct project p = { .run = run, .top = STR_NONE, .plan_file = STR_NONE };
	struct str dir = listing_dir(file);

	read_configuration(&p, listing_path(run->arena, dir, STR("sqitch.conf")));
	return p.top.s != NULL && p.plan_file.s == NULL && !str_eq(p.top, dir) &&
	    listing_has(run->listing, listing_path(run->arena, p.top, STR("sqitch.plan")));
}

/* ---- the plan ---- */

struct change {
	struct str name;
	struct span at;                 /* of the name in the plan */
	struct str_list tags;           /* behind it */
	bool again;                     /* a later one has its name */
	struct candidate c;
};

VEC_TYPE(changes, struct change);

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* The name that the line begins with; length 0: none. */
static struct str
first_word(struct str line)
{
	size_t n = 0;

	while (n < line.n && !is_blank(line.s[n]))
		n++;
	return str_slice(line, 0, n);
}

static void
mark_reworked(struct changes *all, struct str name)
{
	for (size_t i = 0; i < all->n; i++)
		if (str_eq(all->items[i].name, name))
			all->items[i].again = true;
}

/* Plan._parse: pragmas, tags that belong to the change before, changes with dependencies, a time and a planner. */
static struct changes
read_plan(struct arena *a, struct str text)
{
	struct changes all = { 0 };
	struct str rest = text, line;

	while (str_cut(&rest, '\n', &line)) {
		line = str_trim(str_slice(line, 0, str_find_char(line, '#')));
		struct str name = first_word(line);
		if (name.n == 0 || name.s[0] == '%')
			continue;
		if (name.s[0] == '@') {
			if (all.n > 0)
				*vec_push(a, &vec_last(&all)->tags) = name;
			continue;
		}
		if (name.s[0] == '+' || name.s[0] == '-')
			name = first_word(str_trim(str_slice(line, 1, line.n)));
		mark_reworked(&all, name);
		size_t from = (size_t)(name.s - text.s);
		*vec_push(a, &all) = (struct change){ .name = name, .at = span_of(from, from + name.n) };
	}
	return all;
}

/* A listing of named files lacks subfolders. */
static bool
exists(const struct project *p, struct str file)
{
	const struct listing *l = p->run->listing;

	return listing_has(l, file) || listing_source(p->run->arena, l, file, NULL) != NULL;
}

static struct str
script(const struct project *p, struct str dir, struct str name, struct str tag)
{
	struct str file = str_printf(p->run->arena, "%.*s%.*s.%.*s", STR_ARG(name), STR_ARG(tag), STR_ARG(p->extension));

	return listing_path(p->run->arena, dir, file);
}

/*
 * Change._path_segments: the file of a change that is reworked later has the first tag that there is a file for, of those
 * between it and the next of its name; with none, the last of them.
 */
static struct str
rework_tag(const struct project *p, const struct changes *all, size_t at)
{
	struct str none = STR("");
	size_t next = at + 1;

	if (!all->items[at].again)
		return none;
	while (next < all->n && !str_eq(all->items[next].name, all->items[at].name))
		next++;
	for (size_t i = next; i > at; i--)
		for (size_t k = 0; k < all->items[i - 1].tags.n; k++) {
			struct str tag = all->items[i - 1].tags.items[k];
			if (exists(p, script(p, p->deploy, all->items[at].name, tag)))
				return tag;
			none = none.n == 0 ? tag : none;
		}
	return none;
}

static void
find_files(const struct project *p, struct changes *all)
{
	for (size_t i = 0; i < all->n; i++) {
		struct change *change = &all->items[i];
		struct str tag = rework_tag(p, all, i), revert = script(p, p->revert, change->name, tag);
		change->c.dir = p->dir;
		change->c.name = str_printf(p->run->arena, "%.*s%.*s", STR_ARG(change->name), STR_ARG(tag));
		change->c.up = script(p, p->deploy, change->name, tag);
		change->c.down = exists(p, revert) ? revert : STR("");
		if (exists(p, change->c.up))
			continue;
		adapter_note(p->run, FILE_GONE, (struct place){ p->plan, change->at }, (struct place){ 0 }, change->c.up, STR(""));
		change->c.up = STR("");
	}
}

/* Scripts that the plan does not name. */
static void
note_left_out(const struct project *p, const struct changes *all)
{
	const struct listing *l = p->run->listing;
	struct str prefix = p->deploy.n > 0 ? str_printf(p->run->arena, "%.*s/", STR_ARG(p->deploy)) : STR("");
	struct map planned = MAP(p->run->arena);

	for (size_t i = 0; i < all->n; i++)
		*map_at(&planned, all->items[i].c.up) = &all->items[i];
	for (size_t i = 0; i < l->nfiles; i++)
		if (listing_sql(l, l->files[i]) && str_eq(str_slice(l->files[i], 0, prefix.n), prefix) && !map_has(&planned, l->files[i]) &&
		    adapter_named(p->run, l->files[i]))
			adapter_note_file(p->run, FILE_NOT_LISTED, l->files[i], (struct place){ p->plan, { 0, 0 } }, STR(""), STR(""));
}

/* ---- the list ---- */

/* psql runs it, and stops at the first error (Engine::pg). */
static struct part
read_script(struct adapter_run *run, struct str file)
{
	struct part part = adapter_part(run, file, TX_NONE);

	if (part.source != NULL)
		mask_psql_script(run->arena, part.source);
	return part;
}

static void
add_project(struct adapter_run *run, const struct project *p, struct candidates *found)
{
	struct changes all = read_plan(run->arena, p->plan->text);

	find_files(p, &all);
	note_left_out(p, &all);
	for (size_t i = 0; i < all.n; i++)
		*vec_push(run->arena, found) = all.items[i].c;
}

/* One for another engine is left out. */
static void
read_project(struct adapter_run *run, struct str plan, struct candidates *found)
{
	struct source *source = listing_source(run->arena, run->listing, plan, NULL);
	struct project p;

	if (source == NULL)
		return;
	p = open_project(run, source, plan);
	if (str_starts(plan, "../") && str_is(listing_base(run->listing->root), "deploy"))
		p.deploy = STR("");
	else if (str_starts(plan, "../"))
		p.revert = STR("");
	if (!str_is(p.engine, "pg"))
		adapter_note_file(run, FILE_OTHER_DATABASE, plan, (struct place){ 0 }, STR(""), p.engine);
	else
		add_project(run, &p, found);
}

static void
list(struct adapter_run *run)
{
	const struct listing *l = run->listing;
	struct candidates found = { 0 };

	for (size_t i = 0; i < l->nfiles; i++)
		if (str_is(listing_base(l->files[i]), "sqitch.plan") && !is_left_over(run, l->files[i]))
			read_project(run, l->files[i], &found);
	if (found.n == 0 && run->notes.n == 0)
		read_project(run, STR("../sqitch.plan"), &found);
	candidates_cut(run, &found);
	for (size_t i = 0; i < found.n; i++) {
		const struct candidate *c = &found.items[i];
		struct part down = { 0 };
		if (candidate_named(run, c) && c->down.n > 0)
			down = read_script(run, c->down);
		adapter_add(run, c, c->up.n > 0 ? read_script(run, c->up) : (struct part){ 0 }, down);
	}
}

static int
detect(const struct listing *l, struct str *why)
{
	*why = STR("there is a sqitch.plan");
	for (size_t i = 0; i < l->nfiles; i++)
		if (str_is(listing_base(l->files[i]), "sqitch.plan"))
			return 97;
	if (!str_is(listing_base(l->root), "deploy") && !str_is(listing_base(l->root), "revert"))
		return 0;
	return listing_source(l->arena, l, STR("../sqitch.plan"), NULL) != NULL ? 97 : 0;
}

const struct adapter adapter_sqitch = {
	.name = "sqitch",
	.doc = "Sqitch; scripts run in psql, without a transaction but their own",
	.layout = "sqitch.plan, deploy/NAME.sql, revert/NAME.sql",
	.detect = detect,
	.list = list,
};
