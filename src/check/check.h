#ifndef CHECK_CHECK_H
#define CHECK_CHECK_H

#include "check/change.h"
#include "op/op.h"
#include "rule/rule.h"
#include "output/output.h"
#include "text/suppress.h"

/* ---- configuration: .dbopt-migrate.yaml ---- */

struct param_setting {
	struct str name, value;         /* as written */
	struct place place;             /* of the name */
};

struct rule_setting {
	struct str id, severity;        /* severity STR_NONE: as shipped */
	VEC(struct param_setting) params;
	struct place place;
};

/* Rules for some of the files. */
struct override {
	struct str_list paths;          /* globs, relative to the configuration's directory or to any below it */
	VEC(struct rule_setting) rules; /* severities only */
};

/* How strict the rules are unless one is configured. */
enum preset {
	PRESET_RECOMMENDED,             /* as shipped */
	PRESET_STRICT,                  /* what is shipped as info is a warning, what is a warning is an error */
	PRESET_ALL                      /* also those that are shipped switched off */
};

/* A directory of migrations that has keys of its own. */
struct root {
	struct str path;
	struct config *config;          /* of the whole, with those keys */
};

struct config {
	int pg_version;                 /* 13 to 18; default 18 */
	struct str framework;           /* STR_NONE: detect */
	struct adapter_settings adapter;
	struct str schema;              /* "public" */
	bool schema_given;
	bool starts_empty;              /* the first migration runs in an empty database: what none has made is not there */
	enum tx_mode transaction;       /* for the plain directory; TX_UNKNOWN: not configured */
	struct setting session[SETTING_COUNT];          /* defaults of the role or of the runner */
	enum preset preset;
	VEC(struct rule_setting) rules;
	VEC(struct override) overrides;
	VEC(struct root) roots;
	VEC(struct str) rules_dirs;     /* more rules; written relative to the file, here as paths to open */
	struct tenant_config tenant;
	enum severity fail_on;          /* SEVERITY_OFF: never */
	bool fail_on_set;
	struct str baseline;            /* known findings; like rules_dirs; STR_NONE: not configured */
	struct str path;                /* of the file; STR_NONE: none was found */
};

void config_init(struct config *);
/*
 * Reads a configuration file. Unknown keys, wrong values and duplicate keys become diagnostics
 * (rule "invalid-configuration", with position and did-you-mean); -1 when there was any.
 */
int config_load(struct arena *, struct config *, struct str path, struct diags *);
/* The same from text: for the `-- config:` line of rule examples. */
int config_parse(struct arena *, struct config *, struct source *, struct diags *);
/* The nearest .dbopt-migrate.yaml (or .yml) in the path's directory or above; STR_NONE: none. */
struct str config_find(struct arena *, struct str path);
/* Applies the preset, rule severities and parameters; unknown ids become diagnostics. */
void config_apply_rules(const struct config *, struct rules *, struct diags *);
/* Gives each finding the severity that its file's overrides say, and removes those that are off there. */
void config_override(const struct config *, const struct rules *, struct diags *);
/* The configuration of a directory: that of the root it is in, or the whole. */
const struct config *config_of(struct arena *, const struct config *, struct str path);

/* ---- a history: what runs, in order ---- */

struct history {
	struct str root;                /* as the user gave it */
	const struct config *config;
	const struct adapter *adapter;
	struct str why;                 /* this adapter, when it was detected */
	struct listing listing;
	VEC(struct migration) migrations;
	VEC(struct migration) behind;   /* what runs more than once, and is left out behind the files that were named */
	VEC(bool) reported;             /* per migration: its findings are shown */
	VEC(struct file_note) notes;    /* what is odd about files */
	struct str schema;              /* that its framework runs in, or its files must run in; empty: as configured */
	struct map stand_ins;           /* identifiers that stand for placeholders */
	bool selected;                  /* single files were named: the others are context, and the reported ones are "the change" */
	bool by_folder;                 /* each of its folders numbers its files for itself */
};

/*
 * Opens the histories behind the user's paths: those of a directory are history_places(); single
 * files of one directory are one, with their directory's other files as context. "-" is standard input.
 * With a change (NULL: none) all paths are directories, and what it touches is reported; all the rest is context,
 * also what runs later.
 */
int history_open(struct arena *, const struct config *, const struct str *paths, size_t n, const struct change *,
    struct diags *, struct history **out, size_t *nout, struct err *);

/*
 * The directories (relative to the listing's; empty: that one) that hold a history each, when that is certain of any. What
 * is left out is said, unless the listing is the only one, or diags is NULL.
 */
struct str_list history_places(struct arena *, const struct listing *, struct diags *);

/* gap.c: what is not known of that migration, or of those in front of it ("versions 1.88 to 1.115 are not there"); STR_NONE: nothing. */
struct str version_gap(struct arena *, const struct history *, size_t);
bool numbers_by_folder(const struct history *);
/* The folder that holds the migrations, of which each may have one of its own. */
struct str home_of_file(struct str path);

/* ---- replay ---- */

struct visitor {
	void *arg;
	/* Before an operation is applied. */
	void (*op)(void *arg, const struct facts *);
	/* After the last operation of a statement; effects are those of all its operations together. */
	void (*statement)(void *arg, const struct facts *, const struct statement *);
	/* After each migration, when its way back has been judged. */
	void (*rollback)(void *arg, const struct migration *, const struct rollback *);
	/* After each migration, before its way back is looked at. */
	void (*migration)(void *arg, const struct migration *, const struct catalog *);
	/* When the whole history has run, before its end state is judged; the design may be NULL. */
	void (*end)(void *arg, const struct history *, const struct catalog *, const struct tenant_design *);
};

struct run {
	struct arena *arena;
	const struct config *config;
	struct rules *rules;            /* NULL: run none */
	struct diags *diags;
	struct visitor visitor;
	struct tally tally;             /* files and statements of the reported parts */
	VEC(struct script *) scripts;   /* the reported ones, for their suppressions */
	VEC(struct suppress_input) bodies;      /* the same for code inside them */
	bool forward_only;              /* ways back are not looked at */
	struct history *const *histories;       /* all of the run; n 0: only the one that is replayed is known */
	size_t nhistories;
};

void replay(struct run *, struct history *);

/* ---- the whole of `check` ---- */

/* Runs the histories, applies suppressions, sorts, counts. */
void check_histories(struct run *, struct history *const *, size_t n);

#endif
