#include "adapter/adapter.h"

extern const struct adapter adapter_sqitch;

/* ---- the configuration ---- */

struct settings {
	struct adapter_run *run;
	bool found;
	struct str dir;                 /* where Sqitch is called: what paths start from */
	struct map values;              /* "core.engine" -> struct str */
};

/* "a/b" of "../../root/a/b", "../c" of "../../parent/c": the shortest way from the root of the listing. */
static struct str
shortest(const struct adapter_run *run, struct str path)
{
	struct arena *a = run->arena;
	struct str root = directory_real(a, run->listing->root), up = STR("");

	if (root.s == NULL || !str_starts(path, ".."))
		return path;
	struct str full = listing_path(a, root, path), ancestor = listing_path(a, STR(""), root);
	for (; ancestor.n > 0; ancestor = listing_dir(ancestor)) {
		struct str rest = path_below(ancestor, full);
		if (rest.s != NULL)
			return listing_path(a, up, rest);
		up = listing_path(a, up, STR(".."));
	}
	return path;
}

/* From a directory on upwards, at most so many levels above the root of the listing. */
enum { LEVELS = 3 };

static bool
go_up(struct arena *a, struct str *dir)
{
	if (dir->n > 0 && !str_ends(*dir, ".."))
		*dir = listing_dir(*dir);
	else
		*dir = listing_path(a, *dir, STR(".."));
	return dir->n < LEVELS * sizeof("..");
}

/* The nearest one, in the directory or above. */
static struct settings
read_settings(struct adapter_run *run, struct str dir)
{
	struct arena *a = run->arena;
	struct settings s = { .run = run, .dir = dir, .values = MAP(a) };
	struct source *source;

	do
		source = listing_source(a, run->listing, listing_path(a, s.dir, STR("sqitch.conf")), NULL);
	while (source == NULL && go_up(a, &s.dir));
	s.found = source != NULL;
	for (struct ini ini = ini_of(a, s.found ? source->text : STR("")); ini_next(&ini);) {
		struct str *value = NEW(a, struct str);
		*value = ini.value;
		*map_at(&s.values, ini.key) = value;
	}
	return s;
}

/* Of "SECTION.NAME.KEY", or without a name. STR_NONE: it is not there. */
static struct str
setting(const struct settings *s, const char *section, struct str name, const char *key)
{
	struct str path = str_printf(s->run->arena, "%s%s%.*s.%s", section, name.n > 0 ? "." : "", STR_ARG(name), key);
	const struct str *value = map_get(&s->values, path);

	return value != NULL && value->n > 0 ? *value : STR_NONE;
}

/* ---- targets ---- */

/* What Sqitch deploys to; the name is empty when it has none. */
struct target {
	struct str name, engine;
};

VEC_TYPE(targets, struct target);

/* Target::BUILDARGS: the name of a target, or a URI, as "db:pg:NAME", or without "db:". The URI of a name may stand in the configuration of the user: then the engine tells. */
static struct target
target_of(const struct settings *s, struct str name, struct str engine)
{
	bool uri = str_find_char(name, ':') != (size_t)-1;
	struct str rest = uri ? name : setting(s, "target", name, "uri"), scheme = STR("");
	struct target t = { uri ? STR("") : name, STR("") };

	str_cut(&rest, ':', &scheme);
	if (str_is_nocase(scheme, "db"))
		str_cut(&rest, ':', &t.engine);
	else
		t.engine = scheme;
	if (str_is(t.engine, "postgres") || str_is(t.engine, "postgresql"))
		t.engine = STR("pg");
	if (t.engine.n == 0)
		t.engine = engine;
	return t;
}

static struct target
target_of_engine(const struct settings *s, struct str engine)
{
	struct str name = setting(s, "engine", engine, "target");

	return name.s != NULL ? target_of(s, name, engine) : (struct target){ STR(""), engine };
}

/* Target::all_targets: the default one, those with a name, those of the engines. */
static struct targets
find_targets(const struct settings *s)
{
	struct arena *a = s->run->arena;
	struct str core = setting(s, "core", STR(""), "target"), engine = setting(s, "core", STR(""), "engine");
	struct targets all = { 0 };

	engine = engine.s != NULL ? engine : STR("pg");
	*vec_push(a, &all) = core.s != NULL ? target_of(s, core, engine) : target_of_engine(s, engine);
	for (size_t i = 0; i < s->values.n; i++) {
		struct str rest = s->values.entries[i].key, section, name;
		if (!str_cut(&rest, '.', &section) || !str_cut(&rest, '.', &name))
			continue;
		if (str_is(section, "target"))
			*vec_push(a, &all) = target_of(s, name, engine);
		else if (str_is(section, "engine"))
			*vec_push(a, &all) = target_of_engine(s, name);
	}
	return all;
}

/* Target::_fetch */
static struct str
fetch(const struct settings *s, const struct target *t, const char *key)
{
	struct str value = t->name.n > 0 ? setting(s, "target", t->name, key) : STR_NONE;

	if (value.s == NULL)
		value = setting(s, "engine", t->engine, key);
	return value.s != NULL ? value : setting(s, "core", STR(""), key);
}

static struct str
fetch_path(const struct settings *s, const struct target *t, const char *key)
{
	struct str value = fetch(s, t, key);

	return value.s != NULL ? shortest(s->run, listing_path(s->run->arena, s->dir, value)) : STR_NONE;
}

static struct str
top_of(const struct settings *s, const struct target *t)
{
	struct str top = fetch_path(s, t, "top_dir");

	return top.s != NULL ? top : s->dir;
}

static struct str
plan_of(const struct settings *s, const struct target *t)
{
	struct str plan = fetch_path(s, t, "plan_file");

	return plan.s != NULL ? plan : listing_path(s->run->arena, top_of(s, t), STR("sqitch.plan"));
}

/* ---- where things are ---- */

/* A plan and its folders, relative to the root of the listing. */
struct project {
	struct adapter_run *run;
	struct source *plan;
	struct str dir;                 /* where the plan is */
	struct str deploy, revert;
	struct str again[2], back[2];   /* the same of changes that are reworked later: of Sqitch 1.5.2, and before */
	struct str extension, engine;
};

/* Sqitch 1.5.2 puts the files of reworked changes into reworked_dir/deploy_dir, others into reworked_dir/deploy. */
static void
rework_folders(const struct settings *s, const struct target *t, struct str top, const char *word, struct str *out)
{
	struct arena *a = s->run->arena;
	const char *key = str_c(a, str_printf(a, "%s_dir", word));
	struct str given = fetch_path(s, t, str_c(a, str_printf(a, "reworked_%s", key)));
	struct str base = fetch_path(s, t, "reworked_dir"), folder = fetch(s, t, key);

	if (base.s == NULL)
		base = top;
	out[0] = given.s != NULL ? given : listing_path(a, base, folder.s != NULL ? folder : str_of(word));
	out[1] = given.s != NULL ? given : listing_path(a, base, str_of(word));
}

/* The target may be unknown: then the folders are beside the plan. */
static struct project
open_project(const struct settings *s, const struct target *t, struct source *plan, struct str file)
{
	struct arena *a = s->run->arena;
	struct str dir = listing_dir(file), extension = fetch(s, t, "extension"), deploy = STR_NONE, revert = STR_NONE;
	bool known = str_eq(plan_of(s, t), file);
	struct str top = known ? top_of(s, t) : dir;
	struct project p = { .run = s->run, .plan = plan, .dir = dir, .engine = t->engine };

	if (known) {
		deploy = fetch_path(s, t, "deploy_dir");
		revert = fetch_path(s, t, "revert_dir");
	}
	p.deploy = deploy.s != NULL ? deploy : listing_path(a, top, STR("deploy"));
	p.revert = revert.s != NULL ? revert : listing_path(a, top, STR("revert"));
	p.extension = extension.s != NULL ? extension : STR("sql");
	rework_folders(s, t, top, "deploy", p.again);
	rework_folders(s, t, top, "revert", p.back);
	return p;
}

/* The target that the plan belongs to, one for PostgreSQL before others; NULL: it is left over, since a target has another one. */
static const struct target *
choose_target(const struct settings *s, const struct targets *all, struct str plan)
{
	const struct target *best = NULL;
	bool left_over = false;

	for (size_t i = 0; i < all->n; i++) {
		const struct target *t = &all->items[i];
		struct str own = plan_of(s, t);
		left_over = left_over || (!str_eq(own, plan) && str_eq(s->dir, listing_dir(plan)) && listing_has(s->run->listing, own));
		if (str_eq(own, plan) && (best == NULL || (!str_is(best->engine, "pg") && str_is(t->engine, "pg"))))
			best = t;
	}
	return best != NULL ? best : left_over ? NULL : &all->items[0];
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
rework_tag(const struct project *p, const struct changes *all, size_t at, struct str dir)
{
	struct str none = STR("");
	size_t next = at + 1;

	while (next < all->n && !str_eq(all->items[next].name, all->items[at].name))
		next++;
	for (size_t i = next; i > at; i--)
		for (size_t k = 0; k < all->items[i - 1].tags.n; k++) {
			struct str tag = all->items[i - 1].tags.items[k];
			if (exists(p, script(p, dir, all->items[at].name, tag)))
				return tag;
			none = none.n == 0 ? tag : none;
		}
	return none;
}

static void
find_scripts(const struct project *p, const struct changes *all, size_t at)
{
	struct change *change = &all->items[at];
	struct str deploy = p->deploy, revert = p->revert, tag = STR("");

	for (int i = 0; change->again && i < 2; i++) {
		deploy = p->again[i];
		revert = p->back[i];
		tag = rework_tag(p, all, at, deploy);
		if (exists(p, script(p, deploy, change->name, tag)))
			break;
	}
	change->c.dir = p->dir;
	change->c.name = str_printf(p->run->arena, "%.*s%.*s", STR_ARG(change->name), STR_ARG(tag));
	change->c.up = script(p, deploy, change->name, tag);
	change->c.down = script(p, revert, change->name, tag);
}

static void
find_files(const struct project *p, struct changes *all)
{
	for (size_t i = 0; i < all->n; i++) {
		struct change *change = &all->items[i];
		find_scripts(p, all, i);
		if (!exists(p, change->c.down))
			change->c.down = STR("");
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
			adapter_note_file(p->run, FILE_NOT_LISTED, l->files[i], (struct place){ p->plan, { 0, 0 } }, STR(""), STR("it never runs"));
}

/* ---- the list ---- */

/* psql runs it, and stops at the first error (Engine::pg). */
static struct part
read_script(struct adapter_run *run, struct str file)
{
	struct part part = adapter_part(run, file, TX_NONE);

	if (part.source != NULL)
		mask_psql_script(run->arena, part.source, run->stand_ins, false);
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

/* The user named the folder of the scripts, so they are not below it. */
static void
enter_folder(struct project *p)
{
	bool deploy = str_is(listing_base(p->run->listing->root), "deploy");

	*(deploy ? &p->deploy : &p->revert) = STR("");
	for (int i = 0; i < 2; i++)
		*(deploy ? &p->again[i] : &p->back[i]) = STR("");
}

/* One for another engine is left out. */
static void
read_project(struct adapter_run *run, struct str plan, struct candidates *found)
{
	struct source *source = listing_source(run->arena, run->listing, plan, NULL);
	struct settings settings = read_settings(run, listing_dir(plan));
	struct targets targets = find_targets(&settings);
	const struct target *t = choose_target(&settings, &targets, plan);

	if (source == NULL || t == NULL)
		return;
	struct project p = open_project(&settings, t, source, plan);
	if (str_starts(plan, "../"))
		enter_folder(&p);
	if (!str_is(p.engine, "pg"))
		adapter_note_file(run, FILE_OTHER_DATABASE, plan, (struct place){ 0 }, STR(""), p.engine);
	else
		add_project(run, &p, found);
}

/* Plans of another name than sqitch.plan. */
static void
read_named_plans(struct adapter_run *run, struct str conf, struct candidates *found)
{
	struct settings settings = read_settings(run, listing_dir(conf));
	struct targets targets = find_targets(&settings);
	struct map seen = MAP(run->arena);

	for (size_t i = 0; i < targets.n; i++) {
		struct str plan = plan_of(&settings, &targets.items[i]);
		if (str_is(listing_base(plan), "sqitch.plan") || map_has(&seen, plan))
			continue;
		*map_at(&seen, plan) = found;
		read_project(run, plan, found);
	}
}

static void
list(struct adapter_run *run)
{
	const struct listing *l = run->listing;
	struct candidates found = { 0 };

	for (size_t i = 0; i < l->nfiles; i++) {
		if (str_is(listing_base(l->files[i]), "sqitch.plan"))
			read_project(run, l->files[i], &found);
		else if (str_is(listing_base(l->files[i]), "sqitch.conf"))
			read_named_plans(run, l->files[i], &found);
	}
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
	*why = STR("there is a sqitch.conf");
	for (size_t i = 0; i < l->nfiles; i++)
		if (str_is(listing_base(l->files[i]), "sqitch.conf"))
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
