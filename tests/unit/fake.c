#include "fake.h"

static struct value
get_yes(const struct facts *f)
{
	(void)f;
	return value_bool(true);
}

static struct value
get_no(const struct facts *f)
{
	(void)f;
	return value_bool(false);
}

static struct value
get_unknown(const struct facts *f)
{
	(void)f;
	return value_unknown();
}

static struct value
get_absent(const struct facts *f)
{
	(void)f;
	return value_absent();
}

static struct value
get_five(const struct facts *f)
{
	(void)f;
	return value_number(5);
}

static struct value
get_lock(const struct facts *f)
{
	(void)f;
	return value_lock(SHARE);
}

static struct value
get_name(const struct facts *f)
{
	(void)f;
	return value_text(STR("users"));
}

static struct value
get_quoted(const struct facts *f)
{
	(void)f;
	return value_text(STR("app.\"Big \"\"T\"\"\""));
}

static struct value
get_columns(const struct facts *f)
{
	(void)f;
	return value_text(STR("a, \"B\""));
}

static const struct field fields[] = {
	{ "is_yes", FIELD_BOOL, "It is so.", get_yes },
	{ "is_no", FIELD_BOOL, "It is not so", get_no },
	{ "is_dark", FIELD_BOOL, "Nobody knows.", get_unknown },
	{ "is_gone", FIELD_BOOL, "There is no such thing", get_absent },
	{ "size", FIELD_NUMBER, "Five", get_five },
	{ "dark_size", FIELD_NUMBER, "Nobody knows how many", get_unknown },
	{ "gone_size", FIELD_NUMBER, "Of a thing that is not there", get_absent },
	{ "mode", FIELD_LOCK, "SHARE", get_lock },
	{ "word", FIELD_TEXT, "A name", get_name },
	{ "gone_word", FIELD_TEXT, "No name", get_absent },
	{ "quoted", FIELD_TEXT, "A name that needs quotes", get_quoted },
	{ "list", FIELD_TEXT, "Names", get_columns },
	{ NULL, FIELD_BOOL, NULL, NULL },
};

const struct op_kind fake_kind = { .name = "fake", .doc = "FAKE", .fields = fields };

struct facts
fake_facts(struct arena *a)
{
	static const struct op op = { .kind = &fake_kind };

	return (struct facts){ .op = &op, .pg_version = 18, .arena = a };
}
