#ifndef RULE_RULE_H
#define RULE_RULE_H

#include "op/op.h"
#include "rule/field.h"

/*
 * A rule file (rules/CATEGORY/ID.yaml). Keys; the first five are required:
 *   id title severity op message
 *   since when unless params aliases labels why tradeoffs safe references ignore_when bad good elsewhere
 *   category          of a user's own rule; otherwise the directory's name
 *   enabled: false    ships switched off
 *   safe_checked: false, with safe_note: why     the advice is not SQL that the tester can check
 *   safe_result: same | different                 the schema that the advice ends in, against that of the statement; different
 *   elsewhere                                    examples in which this rule is silent because another one speaks
 * Grammar of when and unless, all of it:
 *   conds := map, all must hold | list of conds, all must hold
 *   item  := FIELD: test | not: conds | any: [conds, ...] | all: [conds, ...]
 *   test  := VALUE | [VALUE, ...] any of | { lt|le|ge|gt: VALUE } (several: all must hold)
 *          | { has: VALUE } the text is a list, "a, b", and this is in it | { matches: VALUE } a POSIX extended
 *            regular expression that matches some of the text; [VALUE, ...] any of
 *   VALUE := scalar typed by the field | $param
 */

enum cond_kind { COND_ALL, COND_ANY, COND_NOT, COND_TEST };
enum cmp { CMP_EQ, CMP_LT, CMP_LE, CMP_GE, CMP_GT, CMP_HAS, CMP_MATCHES };

struct operand {
	struct value value;
	const struct param *param;      /* NULL: value */
};

struct cond {
	enum cond_kind kind;
	struct cond *kids;
	size_t nkids;
	struct field_ref field;
	enum cmp cmp;
	struct operand *operands;       /* any of */
	size_t noperands;
};

struct param {
	struct str name;
	struct value value;             /* configuration may replace it */
	struct value shipped;
	bool is_pattern;                /* of matches */
};

struct template;                        /* text with {field} placeholders, resolved when loaded */

struct label_spec {
	struct str at;                  /* a place word */
	struct template *text;
};

struct example {
	struct str name;
	struct str text;
	unsigned line;                  /* in the rule file, of its first line of text */
};

struct rule {
	struct str id, category, title, since, path;
	enum severity severity;         /* as shipped */
	enum severity effective;        /* after configuration; SEVERITY_OFF: does not run */
	bool enabled;                   /* false: ships switched off */
	bool asleep;                    /* it is off, and runs for the sake of some files only */
	bool builtin;                   /* compiled in */
	const struct op_kind **kinds;
	size_t nkinds;                  /* 0: any */
	struct cond when, unless;       /* not given: no kids */
	struct param *params;
	size_t nparams;
	struct str *aliases;
	size_t naliases;
	struct template *message;
	struct str message_text;        /* as written in the file */
	struct label_spec *labels;
	size_t nlabels;
	struct str *note_on;            /* rules: where one of them finds the same operation, and no less serious, this one is a note on that */
	size_t nnote_on;
	struct template *note;          /* its words; NULL without note_on */
	struct str why, tradeoffs, ignore_when;
	struct template *why_template;  /* why may use placeholders too */
	struct template *safe;
	struct str safe_text;           /* as written in the file; empty: there is none */
	bool safe_checked;              /* it is SQL, and must itself pass the checker */
	bool safe_same;                 /* it ends in the same schema as the statement that it replaces */
	struct str safe_note;
	struct str *references;
	size_t nreferences;
	struct example *bad, *good, *elsewhere;
	size_t nbad, ngood, nelsewhere;
};

VEC_TYPE(rule_list, struct rule *);

struct rules {
	struct arena *arena;
	struct rule_list list;          /* in order of id, after rules_ready() */
	struct map by_id;
	struct map by_alias;            /* alias -> struct rule_list */
	bool apart;                     /* each finding stands for itself: in tests of rules */
	struct map by_kind;             /* dispatch, by the kind's name -> struct rule_list; empty until rules_ready() */
};

struct rules *rules_new(struct arena *);
/* Loads the embedded rules. A mistake in one is a bug and aborts with its message. */
void rules_load_builtin(struct rules *);
/*
 * Loads every *.yaml below a directory, or one file. Mistakes become diagnostics (rule "invalid-rule",
 * path:line:column, did-you-mean). A file CATEGORY/ID.yaml takes the place of the embedded rule of that category and
 * id; any other rule of an id that is taken is a mistake.
 */
void rules_load_dir(struct rules *, struct str dir, struct diags *);
/* One file's text; NULL and diagnostics when it is wrong. The rule is not added; its category is empty unless given. */
struct rule *rule_parse(struct arena *, const struct source *, struct diags *);
/* -1: another rule has that id. */
int rules_add(struct rules *, struct rule *);
struct rule *rules_find(const struct rules *, struct str id);
/* By id or alias, the index-th match: for suppress_apply(). arg is a struct rules. */
struct rule_name rules_lookup(void *arg, struct str name, size_t index);
/* error|warning|info|off; did-you-mean in *err when there is no such rule. */
int rules_set_severity(struct rules *, struct str id, struct str severity, struct err *);
int rules_set_param(struct rules *, struct str id, struct str param, struct str value, struct err *);
/* Severities and parameters as shipped. */
void rules_reset(struct rules *);
/* Sorts the list and builds the dispatch table; call after the last change. */
void rules_ready(struct rules *);

/* Runs every enabled rule of the operation's kind, adding what fires to diags. */
void rules_run(const struct rules *, const struct facts *, struct diags *);

/* cond.c */
struct verdict {
	enum tri fires;                 /* UNKNOWN: possible */
	VEC(const struct field_ref *) unknown;  /* the fields that made it so */
};
void cond_verdict(const struct rule *, const struct facts *, struct verdict *);
/* The nth field that it tests, from 0; NULL: no more. */
const struct field_ref *cond_field(const struct cond *, size_t nth);
/* Whether it is a pattern for matches; otherwise *err tells what is wrong. */
bool pattern_check(struct arena *, struct str pattern, struct err *);

/*
 * template.c: "SET NOT NULL on {table}.{column}"; "{{" is a brace. A value that is unknown or absent is shown as
 * "<column>". NULL with *err and *wrong, the piece of text at fault.
 */
struct template *template_parse(struct arena *, struct str text, const struct op_kind *const *kinds, size_t nkinds,
    struct str *wrong, struct err *);
struct str template_render(const struct template *, const struct facts *);
/* Each of its placeholders has a value. */
bool template_filled(const struct template *, const struct facts *);
/* The same for SQL: a word made of placeholders and other characters, {table}_{column}_key, is one identifier. */
struct str template_render_sql(const struct template *, const struct facts *);
/* The text of a template for people: <column> for {column}, { for {{. */
struct str template_shown(struct arena *, struct str text);

#endif
