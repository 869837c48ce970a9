#include "adapter/adapter.h"

extern const struct adapter adapter_mybatis;

/* MigrationReader.determinePart(): "-- //@UNDO", with blanks anywhere between. */
static enum way
read(struct str line, bool *begins)
{
	line = str_trim(line);
	*begins = false;
	if (!str_starts(line, "--") && !str_starts(line, "//"))
		return WAY_DOWN;
	line = str_trim(str_slice(line, 2, line.n));
	if (!str_starts(line, "//"))
		return WAY_DOWN;
	*begins = str_starts(str_trim(str_slice(line, 2, line.n)), "@UNDO");
	return WAY_DOWN;
}

/* ScriptRunner: auto_commit is false unless an environment says so. */
static enum tx_mode
mode(struct str text, const struct sections *all, enum way way)
{
	(void)text, (void)all, (void)way;
	return TX_WRAPPED;
}

static bool
takes(struct str base)
{
	return base.n > 0 && base.s[0] >= '0' && base.s[0] <= '9';
}

static struct source *
with_variables(struct adapter_run *run, struct source *file)
{
	static const struct placeholder variables[] = { { "${", "}", false, false }, { NULL, NULL, false, false } };

	return placeholders_replace(run, file, variables);
}

static const struct marks marks = { .read = read, .up = "-- //@UNDO", .takes = takes, .mode = mode, .fill = with_variables, .no_up = true,
	.flat = true };

static int
detect(const struct listing *l, struct str *why)
{
	*why = STR("most files hold \"-- //@UNDO\"");
	return sections_detect(l, &marks);
}

static void
list(struct adapter_run *run)
{
	sections_list(run, &marks);
}

const struct adapter adapter_mybatis = {
	.name = "mybatis",
	.doc = "MyBatis Migrations; a script is committed at its end; ${name} is replaced",
	.layout = "VERSION_NAME.sql with -- //@UNDO",
	.also = "mybatis-migrations",
	.versions = VERSIONS_DIFFER | VERSIONS_RUN_LATE,
	.detect = detect,
	.list = list,
};
