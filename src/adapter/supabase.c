#include "adapter/adapter.h"

extern const struct adapter adapter_supabase;

/* MigrationFile.ExecBatch(): one batch with a single Sync, so that all of it is one implicit transaction. */
static enum tx_mode
mode(struct str text, const struct sections *all, enum way way)
{
	(void)text, (void)all, (void)way;
	return TX_STRING;
}

/* migrateFilePattern: digits, "_" and a name. */
static bool
takes(struct str base)
{
	size_t i = 0;

	while (i < base.n && base.s[i] >= '0' && base.s[i] <= '9')
		i++;
	return i > 0 && i < base.n && base.s[i] == '_' && str_ends(base, ".sql");
}

static const struct marks marks = { .read = no_marks, .takes = takes, .mode = mode, .no_up = true, .flat = true, .order = BY_NAME };

static int
detect(const struct listing *l, struct str *why)
{
	struct str real = l->texts == NULL ? directory_real(l->arena, l->root) : STR_NONE;

	*why = STR("the directory is supabase/migrations");
	return real.s != NULL && str_ends(real, "/supabase/migrations") && listing_count(l, "") > 0 ? 92 : 0;
}

static void
list(struct adapter_run *run)
{
	sections_list(run, &marks);
}

const struct adapter adapter_supabase = {
	.name = "supabase",
	.doc = "Supabase CLI; a file is one batch",
	.layout = "supabase/migrations/VERSION_NAME.sql",
	.versions = VERSIONS_DIFFER,
	.detect = detect,
	.list = list,
};
