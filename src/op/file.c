#include "op/op.h"

/* The synthetic operation for what is odd about a migration's file: one for each oddity. */

static struct value
get_problem(const struct facts *f)
{
	return value_text(str_of(file_problem_word(f->note->problem)));
}

struct str
file_name(struct str path)
{
	size_t slashes = 0, i = path.n;

	while (i > 0 && (path.s[i - 1] != '/' || slashes++ == 0))
		i--;
	return str_slice(path, i, path.n);
}

struct str
statement_file(const struct statement *s)
{
	return place_in_file((struct place){ s->source, s->span }).source->path;
}

static struct value
get_file(const struct facts *f)
{
	return value_text(file_name(f->note->at.source->path));
}

static struct value
get_more(const struct facts *f)
{
	size_t more = f->note->more;

	return value_text(more == 0 ? STR("") : str_printf(f->arena, " and %zu more file%s", more, more == 1 ? "" : "s"));
}

static struct value
get_other(const struct facts *f)
{
	return f->note->other.source != NULL ? value_text(file_name(f->note->other.source->path)) : value_absent();
}

static struct value
get_version(const struct facts *f)
{
	return value_text(f->note->version);
}

static struct value
get_minds(const struct facts *f)
{
	return value_bool(!f->note->common);
}

static struct value
get_detail(const struct facts *f)
{
	return f->note->detail.n > 0 ? value_text(f->note->detail) : value_absent();
}

static const struct field file_fields[] = {
	{ "problem", FIELD_TEXT, "same version, unnatural order, gap, out of order, edited later, not listed, gone, no way forward, stray, other form, other framework, other database, refused, checksum differs or behind", get_problem },
	{ "file", FIELD_TEXT, "the file, with the folder it is in", get_file },
	{ "more", FIELD_TEXT, "of another database: how many more files are for it, in words; empty: none", get_more },
	{ "version", FIELD_TEXT, "its version, as the framework reads it", get_version },
	{ "other", FIELD_TEXT, "the other file that matters, or the list of migrations; absent: there is none", get_other },
	{ "detail", FIELD_TEXT, "of a gap the missing number, of another database or framework its name, of another form what that brings, of what is refused or has another checksum in words why, of what is not listed what comes of that; out of order: late, when the framework runs it all the same", get_detail },
	{ "is_minded", FIELD_BOOL, "what runs the files minds two of one version: not where at least three files have the version of another one, as the whole name is the version to some tools, such as maragudk/migrate", get_minds },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_file[] = {
	{ .name = "migration_file", .doc = "something odd about a migration's file or its place in the history", .subtype = -1, .fields = file_fields },
	{ 0 }
};
