#include "adapter/adapter.h"

extern const struct adapter adapter_rambler;

#define PREFIX "-- rambler"

/* Migration.scan(): any line with the prefix ends what came before. */
static enum way
read(struct str line, bool *begins)
{
	struct str word = str_trim(str_slice(line, sizeof(PREFIX) - 1, line.n));

	*begins = str_starts(line, PREFIX);
	return str_is(word, "up") ? WAY_UP : str_is(word, "down") ? WAY_DOWN : WAY_NONE;
}

/* Service.Apply(): each section is sent as one string. */
static enum tx_mode
mode(struct str text, const struct sections *all, enum way way)
{
	size_t n = 0;

	(void)text;
	for (size_t i = 0; i < all->n; i++)
		n += all->items[i].way == way;
	return n > 1 ? TX_NONE : TX_STRING;
}

/* Service.Available() sorts the files of the directory by name, Migration.Down() turns the sections round. */
static const struct marks marks = { .read = read, .up = "-- rambler up", .mode = mode, .flat = true, .order = BY_NAME, .last_down_first = true };

static int
detect(const struct listing *l, struct str *why)
{
	*why = STR("most files hold \"-- rambler up\"");
	return sections_detect(l, &marks);
}

static void
list(struct adapter_run *run)
{
	sections_list(run, &marks);
}

const struct adapter adapter_rambler = {
	.name = "rambler",
	.doc = "rambler; each section is one string",
	.layout = "NAME.sql with -- rambler up and -- rambler down",
	.versions = VERSIONS_ARE_TEXT,
	.detect = detect,
	.list = list,
};
