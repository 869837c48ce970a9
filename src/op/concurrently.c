#include "op/concurrently.h"

/* A string of two statements is a transaction, so that a SET cannot stand there, either. */
static bool
is_alone(const struct facts *f)
{
	return f->unit != NULL && (f->unit->alone || f->unit->tx == TX_STRING);
}

/* A migration to come starts with the defaults. */
static bool
is_limited(const struct facts *f, enum setting_name name)
{
	const struct setting *s = f->op->statement != NULL ? &f->session->settings[name] : &f->session->defaults[name];

	return s->known == YES && s->value > 0;
}

struct value
get_lock_timeout_off(const struct facts *f)
{
	bool limited = is_limited(f, SETTING_LOCK_TIMEOUT);

	if (!is_alone(f))
		return value_text(limited ? STR("\nSET lock_timeout = 0;") : STR(""));
	return value_text(limited ? STR("\n-- alone in its file, with lock_timeout 0 for the role or connection") : STR("\n-- alone in its file"));
}

struct value
get_timeouts_off(const struct facts *f)
{
	bool limited = is_limited(f, SETTING_LOCK_TIMEOUT);

	if (!is_alone(f) || !op_is_concurrent(f))
		return value_text(limited ? STR("\nSET lock_timeout = 0;\nSET statement_timeout = 0;") : STR("\nSET statement_timeout = 0;"));
	return value_text(limited ? STR("\n-- alone in its file, with lock_timeout 0 and statement_timeout 0 for the role or connection")
	    : STR("\n-- alone in its file, with statement_timeout 0 for the role or connection"));
}

struct value
get_next_concurrently(const struct facts *f)
{
	return value_text(is_alone(f) ? STR("\n-- next migration (no transaction)") : STR(""));
}
