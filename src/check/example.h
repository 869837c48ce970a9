#ifndef CHECK_EXAMPLE_H
#define CHECK_EXAMPLE_H

#include "check/check.h"

/*
 * An example of a rule: SQL, divided by lines of these comments.
 *   -- config: { pg_version: 14, session: { lock_timeout: 0 } }     as in the configuration file; the first line only
 *   -- given                                                        what ran before; its findings are not shown
 *   -- migration
 *   -- next migration                                               one more of the same; words may follow a colon or comma
 *   -- down                                                         the way back of the migration above it
 * Each but the first may end in "(no transaction)", "(transaction)" or "(one string)", which may also stand alone
 * and is then about the migration it is in. Without any of them the text is one migration, run in a transaction.
 * A text that begins with such a line is a tree of files instead, which a framework reads:
 *   -- file: PATH
 *   -- new file: PATH, -- edited file: PATH                         the same, and one of the change that is looked at
 * Unless configured, the server is 18 and lock_timeout 5s.
 *   --    ^^^^        below a line of SQL: the finding points at this column, and is certain
 *   --    ????        the same, and it is possible only
 */

/* SQL in the place of a part of the example: of the statement that begins at `at`, and of all that follows it. */
struct advice {
	struct str text;
	size_t at;                      /* an offset in the example's text; its end: nothing is replaced */
	struct str replaced;            /* the statement; STR_NONE: none */
};

VEC_TYPE(advices, struct advice);

/* Makes the history that an example's text describes, and its configuration. advice: NULL, or what is not given, but advised. */
void example_history(struct arena *, struct str path, struct str text, const struct advice *, struct config *,
    struct history *, struct diags *);
/* Adds the migrations that the text describes to a history. */
void example_append(struct arena *, struct history *, struct str path, struct str text);
/*
 * Runs it with all the rules that are on, and this one (NULL: none) in any case. Leaves the rules configured for the
 * example: rules_reset() undoes that.
 */
void example_check(struct arena *, struct rules *, struct rule *, struct str path, struct str text, const struct advice *,
    struct diags *out);
/*
 * The different safe texts of the rule among the findings of the example. One of a rule about the end of the history
 * stands behind the example.
 */
void example_advices(struct arena *, const struct rule *, const struct example *, const struct diags *, struct advices *);

struct caret {
	struct position at;             /* line 0: none */
	bool possible;
};

VEC_TYPE(carets, struct caret);
/* Where the caret lines of the text point. */
void example_carets(struct arena *, struct str text, struct carets *);

#endif
