#include "adapter/adapter.h"

static struct str
inner(struct str value)
{
	value = str_trim(value);
	if (value.n >= 2 && (value.s[0] == '"' || value.s[0] == '\'')) {
		size_t end = str_find_char(str_slice(value, 1, value.n), value.s[0]);
		if (end != (size_t)-1)
			return str_slice(value, 1, 1 + end);
	}
	return value;
}

/* "core" of [core], "engine.pg" of [engine "pg"] */
static struct str
section_name(struct arena *a, struct str line)
{
	size_t end = str_find_char(line, ']');
	struct str name = str_trim(str_slice(line, 1, end == (size_t)-1 ? line.n : end));
	size_t space = str_find_char(name, ' ');

	if (space == (size_t)-1)
		return name;
	return str_printf(a, "%.*s.%.*s", STR_ARG(str_slice(name, 0, space)), STR_ARG(inner(str_slice(name, space, name.n))));
}

static bool
is_comment(struct str line)
{
	return line.s[0] == '#' || line.s[0] == ';' || line.s[0] == '!';
}

bool
ini_next(struct ini *ini)
{
	struct str line, left;

	while (str_cut(&ini->rest, '\n', &line)) {
		line = str_trim(line);
		if (line.n == 0 || is_comment(line))
			continue;
		if (line.s[0] == '[') {
			ini->section = section_name(ini->arena, line);
			continue;
		}
		left = line;
		if (str_find_char(line, '=') == (size_t)-1 && str_find_char(line, ':') == (size_t)-1)
			continue;
		str_cut(&line, str_find_char(line, '=') != (size_t)-1 ? '=' : ':', &left);
		left = inner(left);
		ini->key = ini->section.n > 0 ? str_printf(ini->arena, "%.*s.%.*s", STR_ARG(ini->section), STR_ARG(left)) : left;
		ini->value = inner(line);
		return true;
	}
	return false;
}

struct ini
ini_of(struct arena *a, struct str text)
{
	return (struct ini){ .arena = a, .rest = text };
}
