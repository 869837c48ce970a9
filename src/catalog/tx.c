#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "catalog/tx.h"

const char *
file_problem_word(enum file_problem problem)
{
	static const char *const words[] = {
		[FILE_SAME_VERSION] = "same version", [FILE_UNNATURAL_ORDER] = "unnatural order", [FILE_GAP] = "gap",
		[FILE_OUT_OF_ORDER] = "out of order", [FILE_EDITED_LATER] = "edited later", [FILE_NOT_LISTED] = "not listed",
		[FILE_GONE] = "gone", [FILE_NO_WAY_FORWARD] = "no way forward",
		[FILE_STRAY] = "stray", [FILE_OTHER_FORM] = "other form", [FILE_OTHER_FRAMEWORK] = "other framework",
		[FILE_OTHER_DATABASE] = "other database", [FILE_REFUSED] = "refused", [FILE_SUM_DIFFERS] = "checksum differs",
		[FILE_BEHIND] = "behind",
	};

	return words[problem];
}

const char *
tx_mode_words(enum tx_mode mode)
{
	switch (mode) {
	case TX_NONE: return "no transaction";
	case TX_WRAPPED: return "a transaction of the runner";
	case TX_STRING: return "one string";
	case TX_UNKNOWN: break;
	}
	return "unknown";
}

/* ---- settings and their values ---- */

static const char *const setting_words[SETTING_CUSTOM] = {
	[SETTING_LOCK_TIMEOUT] = "lock_timeout",
	[SETTING_STATEMENT_TIMEOUT] = "statement_timeout",
	[SETTING_IDLE_TIMEOUT] = "idle_in_transaction_session_timeout",
	[SETTING_TIMEZONE] = "timezone",
	[SETTING_REPLICATION_ROLE] = "session_replication_role",
	[SETTING_SEARCH_PATH] = "search_path",
	[SETTING_ROLE] = "role",
	[SETTING_AUTHORIZATION] = "session_authorization",
	[SETTING_FUNCTION_BODIES] = "check_function_bodies",
};

const char *
setting_word(enum setting_name name)
{
	return setting_words[name];
}

int
setting_find(struct str name)
{
	for (int i = 0; i < SETTING_CUSTOM; i++)
		if (str_is_nocase(name, setting_words[i]))
			return i;
	return -1;
}

static bool
is_time(enum setting_name name)
{
	return name == SETTING_LOCK_TIMEOUT || name == SETTING_STATEMENT_TIMEOUT || name == SETTING_IDLE_TIMEOUT;
}

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static const char *
skip_space(const char *s)
{
	while (is_space(*s))
		s++;
	return s;
}

/* rint() of a value that is not negative, without the library of mathematics; what is too large stays too large. */
static double
rounded(double value)
{
	double whole, rest;

	if (!(value < 4503599627370496.0))
		return value;
	whole = (double)(int64_t)value;
	rest = value - whole;
	return rest > 0.5 || (rest == 0.5 && (int64_t)value % 2 != 0) ? whole + 1 : whole;
}

/* Rounds half to even. */
static double
nearest(double value)
{
	return value < 0 ? -rounded(-value) : rounded(value);
}

/* parse_int(): an integer of any base that C knows, or a floating point number */
static bool
read_number(const char *text, const char **end, double *value)
{
	char *at;

	errno = 0;
	*value = (double)strtol(text, &at, 0);
	if (*at == '.' || *at == 'e' || *at == 'E' || errno == ERANGE) {
		errno = 0;
		*value = strtod(text, &at);
	}
	*end = at;
	return at != text && errno != ERANGE && *value == *value;
}

/* convert_to_base_unit(): a fraction is rounded to the next smaller unit first */
static bool
convert_unit(const char *unit, size_t n, double *value)
{
	static const struct {
		const char *unit;
		double milliseconds;
	} units[] = { { "d", 86400000 }, { "h", 3600000 }, { "min", 60000 }, { "s", 1000 }, { "ms", 1 }, { "us", 0.001 } };
	enum { N = sizeof units / sizeof *units };

	for (size_t i = 0; i < N; i++) {
		if (strlen(units[i].unit) != n || memcmp(unit, units[i].unit, n) != 0)
			continue;
		*value *= units[i].milliseconds;
		if (i + 1 < N)
			*value = nearest(*value / units[i + 1].milliseconds) * units[i + 1].milliseconds;
		return true;
	}
	return false;
}

/* Longer spellings of a number do not come from people. */
enum { NUMBER_LIMIT = 127 };

bool
setting_time(struct str text, int64_t *milliseconds)
{
	char copy[NUMBER_LIMIT + 1];
	const char *at;
	double value;

	if (text.n == 0 || text.n > NUMBER_LIMIT)
		return false;
	memcpy(copy, text.s, text.n);
	copy[text.n] = '\0';
	if (!read_number(copy, &at, &value))
		return false;
	at = skip_space(at);
	if (*at != '\0') {
		size_t n = strcspn(at, " \t\n\v\f\r");
		if (*skip_space(at + n) != '\0' || !convert_unit(at, n, &value))
			return false;
	}
	value = nearest(value);
	if (!(value >= 0 && value <= INT_MAX))
		return false;
	*milliseconds = (int64_t)value;
	return true;
}

/* Any beginning that only one of them has. */
enum tri
setting_bool(struct str text)
{
	static const struct { const char *word; size_t least; enum tri means; } words[] = { { "true", 1, YES }, { "false", 1, NO },
		{ "yes", 1, YES }, { "no", 1, NO }, { "on", 2, YES }, { "off", 2, NO }, { "1", 1, YES }, { "0", 1, NO } };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (text.n >= words[i].least && str_eq_nocase(text, str_slice(str_of(words[i].word), 0, text.n)))
			return words[i].means;
	return UNKNOWN;
}

/* ---- search_path ---- */

/* SplitIdentifierString(): one identifier and what comes up to the next comma. false: there is none. */
static bool
next_identifier(struct arena *arena, struct str *rest, struct str *name)
{
	struct buf b = BUF(arena);
	struct str s = str_trim(*rest);
	size_t i = 0, comma;

	if (s.n == 0)
		return false;
	if (s.s[0] == '"') {
		for (i = 1; i < s.n && (s.s[i] != '"' || (i + 1 < s.n && s.s[i + 1] == '"')); i++) {
			i += s.s[i] == '"';
			buf_char(&b, s.s[i]);
		}
		i++;
	} else {
		for (; i < s.n && s.s[i] != ',' && !is_space(s.s[i]); i++)
			buf_char(&b, s.s[i] >= 'A' && s.s[i] <= 'Z' ? (char)(s.s[i] - 'A' + 'a') : s.s[i]);
	}
	*rest = str_slice(s, i < s.n ? i : s.n, s.n);
	comma = str_find_char(*rest, ',');
	*rest = comma == (size_t)-1 ? STR_NONE : str_slice(*rest, comma + 1, rest->n);
	*name = buf_text(&b);
	return true;
}

VEC_TYPE(schemas, struct str);

/* "$user" is the role's own schema: where no role is set, that is nearly always not there. */
static void
add_own_schema(struct session *s, struct schemas *schemas)
{
	const struct catalog *c = s->catalog;

	if (c->role.s != NULL && catalog_slot_object(&c->schemas, STR(""), c->role) != NULL)
		*vec_push(s->arena, schemas) = c->role;
}

static void
search_path_follow(struct session *s)
{
	const struct setting *path = &s->settings[SETTING_SEARCH_PATH];
	struct schemas schemas = { 0 };
	struct str rest = path->text, name;

	if (s->within.s != NULL)
		*vec_push(s->arena, &schemas) = catalog_role(s->catalog, s->within);
	if (path->known != YES) {
		add_own_schema(s, &schemas);
		*vec_push(s->arena, &schemas) = s->catalog->default_schema;
	}
	while (path->known == YES && next_identifier(s->arena, &rest, &name))
		if (str_is(name, "$user"))
			add_own_schema(s, &schemas);
		else if (name.n > 0)
			*vec_push(s->arena, &schemas) = name;
	catalog_set_search_path(s->catalog, schemas.items, schemas.n);
}

static void
role_follow(struct session *s)
{
	const struct setting *role = &s->settings[SETTING_ROLE], *login = &s->settings[SETTING_AUTHORIZATION];

	if (role->known == YES && !str_is(role->text, "none"))
		s->catalog->role = role->text;
	else
		s->catalog->role = login->known == YES ? login->text : STR_NONE;
	if (s->as_role.s != NULL && !str_is(s->as_role, "current_user"))
		s->catalog->role = s->as_role;
	search_path_follow(s);
}

void
session_within(struct session *s, struct str schema, struct str role)
{
	if (str_eq(schema, s->within) && str_eq(role, s->as_role))
		return;
	s->within = schema;
	s->as_role = role;
	role_follow(s);
}

/* ---- settings in transactions ---- */

int
session_find_setting(const struct session *s, struct str name)
{
	for (int i = SETTING_CUSTOM; i < SETTING_COUNT; i++)
		if (name.n > 0 && str_eq_nocase(s->custom[i - SETTING_CUSTOM], name))
			return i;
	return setting_find(name);
}

int
session_add_setting(struct session *s, struct str name)
{
	int found = session_find_setting(s, name);

	for (int i = SETTING_CUSTOM; found < 0 && str_find_char(name, '.') != (size_t)-1 && i < SETTING_COUNT; i++)
		if (s->custom[i - SETTING_CUSTOM].n == 0) {
			s->custom[i - SETTING_CUSTOM] = name;
			return i;
		}
	return found;
}

static void
put(struct session *s, enum setting_name name, struct setting value)
{
	s->settings[name] = value;
	if (name == SETTING_SEARCH_PATH)
		search_path_follow(s);
	else if (name == SETTING_ROLE || name == SETTING_AUTHORIZATION)
		role_follow(s);
}

/* push_old_value() */
static void
remember(struct session *s, enum setting_name name, bool local)
{
	struct setting_changes *changes = &s->changes[name];
	size_t level = 1 + s->savepoints.n;
	struct setting_change *last = changes->n > 0 ? vec_last(changes) : NULL;

	if (last == NULL || last->level < level) {
		*vec_push(s->arena, changes) = (struct setting_change){ .level = level, .kind = local ? SET_LOCAL : SET_SESSION,
		    .prior = s->settings[name] };
	} else if (!local) {
		last->kind = SET_SESSION;
	} else if (last->kind == SET_SESSION) {
		last->kind = SET_SESSION_THEN_LOCAL;
		last->masked = s->settings[name];
	}
}

/* Outside a block, what SET LOCAL does ends with the statement. */
static void
change_setting(struct session *s, enum setting_name name, struct setting value, bool local)
{
	if (local && s->open == NO)
		return;
	if (local && s->open == UNKNOWN && value.known == YES)
		value.known = UNKNOWN;
	if (s->open != NO)
		remember(s, name, local);
	put(s, name, value);
}

void
session_set(struct session *s, enum setting_name name, struct str text, bool local, struct place place)
{
	struct setting value = { .known = YES, .text = text, .place = place };

	if (is_time(name) && !setting_time(text, &value.value))
		return;
	change_setting(s, name, value, local);
}

void
session_reset(struct session *s, enum setting_name name, bool local, struct place place)
{
	struct setting value = s->reset[name];

	(void)place;
	change_setting(s, name, value, local);
}

void
session_set_later(struct session *s, enum setting_name name, struct str text, enum setting_scope scope, struct place place)
{
	struct setting value = { .known = text.s == NULL ? NO : YES, .text = text, .place = place };
	bool given = s->defaults[name].known == YES, configured = given && s->defaults[name].place.source == NULL;

	if (configured || (given && s->scopes[name] > scope) || (text.s == NULL && s->scopes[name] != scope))
		return;
	if (text.s != NULL && is_time(name) && !setting_time(text, &value.value))
		return;
	catalog_set(s->catalog, &s->defaults[name], value);
	catalog_set(s->catalog, &s->scopes[name], scope);
}

/* Merges a savepoint's change into the one below it; the cases of AtEOXact_GUC(). */
static void
merge_down(struct setting_change *below, const struct setting_change *top)
{
	if (top->kind == SET_SESSION) {
		below->kind = SET_SESSION;
	} else if (top->kind == SET_SESSION_THEN_LOCAL) {
		below->kind = SET_SESSION_THEN_LOCAL;
		below->masked = top->masked;
	} else if (below->kind == SET_SESSION) {
		below->kind = SET_SESSION_THEN_LOCAL;
		below->masked = top->prior;
	}
}

/* AtEOXact_GUC(): the transaction, or the savepoint of that level, ends. */
static void
end_level(struct session *s, enum setting_name name, bool commit, size_t level)
{
	struct setting_changes *changes = &s->changes[name];
	struct setting_change *top = changes->n > 0 ? vec_last(changes) : NULL;

	if (top == NULL || top->level < level)
		return;
	if (!commit || (level == 1 && top->kind == SET_LOCAL)) {
		put(s, name, top->prior);
	} else if (level == 1) {
		if (top->kind == SET_SESSION_THEN_LOCAL)
			put(s, name, top->masked);
	} else if (changes->n == 1 || top[-1].level < level - 1) {
		top->level--;
		return;
	} else {
		merge_down(&top[-1], top);
	}
	changes->n--;
}

static void
end_settings(struct session *s, bool commit, size_t level)
{
	for (int name = 0; name < SETTING_COUNT; name++)
		for (size_t at = 1 + s->savepoints.n; at >= level; at--)
			end_level(s, (enum setting_name)name, commit, at);
}

/* ---- transactions ---- */

struct session *
session_new(struct arena *arena, struct catalog *catalog)
{
	struct session *s = NEW(arena, struct session);

	s->arena = arena;
	s->catalog = catalog;
	s->open = NO;
	return s;
}

static void
start(struct session *s)
{
	s->transaction++;
	s->catalog->now.transaction = s->transaction;
	s->undo_mark = catalog_mark(s->catalog);
	s->locks.n = 0;
	s->long_work = s->perhaps_long_work = 0;
	s->inversions = 0;
}

/* Where the transaction block ends, however it does. */
static void
leave(struct session *s)
{
	s->open = NO;
	s->explicit_block = s->wrapped = s->implicit = false;
	s->begin = (struct place){ 0 };
	s->savepoints.n = 0;
	s->locks.n = 0;
}

static void
enter(struct session *s, enum tri open)
{
	start(s);
	s->open = open;
}

void
session_start(struct session *s, enum tx_mode mode, size_t statements)
{
	leave(s);
	s->mode = mode == TX_STRING && statements < 2 ? TX_NONE : mode;
	s->waits = 0;
	for (int name = 0; name < SETTING_COUNT; name++) {
		s->changes[name].n = 0;
		s->reset[name] = s->settings[name] = s->defaults[name];
	}
	memset(s->custom, 0, sizeof s->custom);
	role_follow(s);
	if (s->mode == TX_NONE)
		return;
	enter(s, s->mode == TX_UNKNOWN ? UNKNOWN : YES);
	s->wrapped = s->mode == TX_WRAPPED;
	s->implicit = s->mode == TX_STRING;
}

bool
session_end(struct session *s)
{
	bool left_open = s->explicit_block && s->mode != TX_WRAPPED;

	if (s->open != NO)
		end_settings(s, true, 1);
	leave(s);
	return left_open;
}

void
session_statement(struct session *s)
{
	session_within(s, STR_NONE, STR_NONE);
	if (s->catalog->role.s != NULL)
		search_path_follow(s);
	if (s->open != NO)
		return;
	start(s);
	if (s->mode == TX_STRING) {
		s->open = YES;
		s->implicit = true;
	}
}

bool
session_enter_code(struct session *s)
{
	if (s->open != NO)
		return false;
	s->open = YES;
	s->implicit = true;
	return true;
}

void
session_leave_code(struct session *s)
{
	if (s->open != NO)
		end_settings(s, true, 1);
	leave(s);
}

void
session_begin(struct session *s, struct place place)
{
	if (s->open == YES && !s->implicit)
		return;
	if (s->open == UNKNOWN)
		end_settings(s, true, 1);
	if (s->open != YES)
		start(s);
	s->open = YES;
	s->implicit = false;
	s->explicit_block = true;
	s->begin = place;
}

static void
end(struct session *s, bool commit, bool chain, struct place place)
{
	/* EndTransactionBlock(), UserAbortTransactionBlock(): AND CHAIN is an error there */
	if (s->open == NO || (chain && s->implicit))
		return;
	end_settings(s, commit, 1);
	leave(s);
	if (chain) {
		enter(s, YES);
		s->explicit_block = true;
		s->begin = place;
	}
}

void
session_commit(struct session *s, bool chain, struct place place)
{
	end(s, true, chain, place);
}

/* Where there may be no transaction, what came before may be committed: it stays. */
void
session_rollback(struct session *s, bool chain, struct place place)
{
	bool certain = s->open == YES;

	if (certain && !(chain && s->implicit))
		catalog_undo(s->catalog, s->undo_mark);
	end(s, !certain, chain, place);
}

/* ---- savepoints ---- */

static const struct held_lock *
locks_copy(struct arena *arena, const struct held_lock *locks, size_t n)
{
	struct held_lock *copy = NEW_ARRAY(arena, struct held_lock, n);

	if (n > 0)
		memcpy(copy, locks, n * sizeof *locks);
	return copy;
}

void
session_savepoint(struct session *s, struct str name)
{
	/* DefineSavepoint() refuses implicit blocks */
	if (s->open == NO || s->implicit)
		return;
	*vec_push(s->arena, &s->savepoints) = (struct savepoint){ .name = name, .undo_mark = catalog_mark(s->catalog),
	    .locks = locks_copy(s->arena, s->locks.items, s->locks.n), .nlocks = s->locks.n };
}

/* The innermost one of that name, counted from 1; 0: there is none. */
static size_t
savepoint_find(const struct session *s, struct str name)
{
	size_t i = s->savepoints.n;

	while (i > 0 && !str_eq(s->savepoints.items[i - 1].name, name))
		i--;
	return i;
}

void
session_rollback_to(struct session *s, struct str name)
{
	size_t at = savepoint_find(s, name);
	const struct savepoint *p;

	if (at == 0)
		return;
	p = &s->savepoints.items[at - 1];
	catalog_undo(s->catalog, p->undo_mark);
	if (p->nlocks > 0)
		memcpy(s->locks.items, p->locks, p->nlocks * sizeof *p->locks);
	s->locks.n = p->nlocks;
	end_settings(s, false, at + 1);
	s->savepoints.n = at;
}

void
session_release(struct session *s, struct str name)
{
	size_t at = savepoint_find(s, name);

	if (at == 0)
		return;
	end_settings(s, true, at + 1);
	s->savepoints.n = at - 1;
}

/* ---- locks ---- */

void
session_hold(struct session *s, struct relation *r, enum lock lock, struct place place, unsigned statement, bool doubtful)
{
	struct held_lock held = { .relation = r, .lock = lock, .place = place, .statement = statement, .doubtful = doubtful };
	struct held_lock *before = NULL;

	if (lock == LOCK_NONE)
		return;
	for (size_t i = 0; i < s->locks.n && before == NULL; i++)
		if (s->locks.items[i].relation == r)
			before = &s->locks.items[i];
	if (before != NULL && before->lock >= SHARE) {
		held.barrier = before->barrier;
		held.barrier_statement = before->barrier_statement;
		if (s->only_if.s == NULL && lock >= SHARE)
			before->barrier_if = STR_NONE;
		held.barrier_if = before->barrier_if;
	} else if (lock >= SHARE) {
		held.barrier = place;
		held.barrier_statement = statement;
		held.barrier_if = s->only_if;
	}
	if (before == NULL)
		*vec_push(s->arena, &s->locks) = held;
	else if (before->lock < lock || (before->lock == lock && before->doubtful && !doubtful))
		*before = held;
}

static bool
seen_by_others(const struct session *s, const struct relation *r)
{
	return r->persistence != 't' && (r->born.transaction == 0 || r->born.transaction != s->transaction);
}

const struct held_lock *
session_holds(const struct session *s, const struct relation *r)
{
	const struct held_lock *strongest = NULL;

	for (size_t i = 0; i < s->locks.n; i++) {
		const struct held_lock *held = &s->locks.items[i];
		if (r != NULL ? held->relation != r : held->lock < SHARE || !seen_by_others(s, held->relation))
			continue;
		if (strongest == NULL || strongest->lock < held->lock)
			strongest = held;
	}
	return strongest;
}
