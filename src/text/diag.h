#ifndef TEXT_DIAG_H
#define TEXT_DIAG_H

#include "base/arena.h"
#include "text/source.h"

enum severity { SEVERITY_OFF, SEVERITY_INFO, SEVERITY_WARNING, SEVERITY_ERROR };

const char *severity_name(enum severity);               /* "off", "info", "warning", "error" */
bool severity_parse(struct str, enum severity *);

/* A place with a few words; labels[0] of a diagnostic is the primary one. */
struct label {
	struct place at;
	struct str text;                /* may be empty */
};

/* All that a renderer ever sees. Every text may be empty but rule and message. */
struct diag {
	struct str rule;                /* "set-not-null-scan" */
	struct str category;            /* "locks"; of the checker's own messages: "input", "suppression" */
	enum severity severity;
	bool possible;                  /* depends on something we do not know */
	bool unchecked;                 /* part of the input could not be checked: exit status 2 */
	struct str message;             /* one sentence that stands alone */
	struct label *labels;
	size_t nlabels;                 /* at least 1 unless the diagnostic is about no place at all */
	struct place within;            /* in code of the same file that the statement at the first label runs; else source NULL */
	struct str *notes;              /* what is unknown, what was skipped */
	size_t nnotes;
	struct str why, tradeoffs;
	struct str safe;                /* SQL */
	struct str statement;           /* the SQL it is about, in full */
	struct diag *host;              /* as long as that one is there, this is a note on it, by diags_finish(); NULL: it stands for itself */
	struct str as_note;             /* in these words */
	bool stays;                     /* private to diags_finish() */
	struct str fingerprint;         /* 16 hex digits, stable when lines above change; set by diags_finish() */
};

struct diags {
	struct arena *arena;
	VEC(struct diag *) list;
};

/* Places inside code become those in the file. A new diagnostic with one label, or with none (but labels[0] may be written) when the place has no source. */
struct diag *diag_add(struct diags *, enum severity, struct str category, struct str rule, struct place, struct str message);
void diag_label(struct diags *, struct diag *, struct place, struct str text);
void diag_note(struct diags *, struct diag *, struct str text);
/*
 * Makes notes of those that have a host; sorts by path (numbers as numbers), offset, rule, message; drops exact repetitions; sets fingerprints:
 * a hash of rule, path (without empty parts and ".") and the statement's text (the message when there is none) with white space folded, plus its
 * ordinal among equals.
 */
void diags_finish(struct diags *);

#endif
