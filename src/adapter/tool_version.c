#include "adapter/adapter.h"

/*
 * Which version of a tool a project uses, by what its files say: "flyway/flyway:6.0.8", 'org.flywaydb:flyway-core:8.5.13',
 * "<flyway.version>8.5.13<", 'sqlx = { version = "0.8" }', or <version> or version = in the line below the tool's name.
 */

static const char *const files[] = { "docker-compose.yml", "docker-compose.yaml", "compose.yml", "compose.yaml", "pom.xml", "build.gradle",
	"build.gradle.kts", "build.sbt", "Cargo.toml", "Cargo.lock" };

static bool
is_digit(struct str text, size_t i)
{
	return i < text.n && text.s[i] >= '0' && text.s[i] <= '9';
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int
read_number(struct str text, size_t *i)
{
	int n = 0;

	for (; is_digit(text, *i) && n < 10000; ++*i)
		n = 10 * n + (text.s[*i] - '0');
	return n;
}

/* The first "8.5" of a line, as 8005; 0: there is none. */
static int
version_in(struct str line)
{
	for (size_t i = 0; i < line.n; i++) {
		bool starts = is_digit(line, i) && (i == 0 || (!is_letter(line.s[i - 1]) && !is_digit(line, i - 1) && line.s[i - 1] != '.'));
		size_t at = i;
		int major = starts ? read_number(line, &at) : 0;
		if (starts && at < line.n && line.s[at] == '.' && is_digit(line, at + 1)) {
			at++;
			return 1000 * major + read_number(line, &at);
		}
	}
	return 0;
}

static size_t
first_of(struct str line, const char *const *names)
{
	size_t at = (size_t)-1;

	for (; *names != NULL && at == (size_t)-1; names++)
		at = str_find(line, str_of(*names));
	return at;
}

/* 0: it says none. */
static int
newest_in(struct str text, const char *const *names)
{
	bool named = false;
	int newest = 0;
	struct str line;

	while (str_cut(&text, '\n', &line)) {
		size_t at = first_of(line, names);
		bool below = named && (str_find(line, STR("<version>")) != (size_t)-1 || str_starts(str_trim(line), "version = "));
		int version = at != (size_t)-1 ? version_in(str_slice(line, at, line.n)) : below ? version_in(line) : 0;
		newest = version > newest ? version : newest;
		named = at != (size_t)-1;
	}
	return newest;
}

/* The newest that they say; 0: they say none. */
static int
newest_of(const struct listing *l, const char *const *names)
{
	int newest = 0;

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		struct str text = listing_nearest(l, files[i]);
		int version = text.s != NULL ? newest_in(text, names) : 0;
		newest = version > newest ? version : newest;
	}
	return newest;
}

bool
tool_is_older(const struct listing *l, const char *const *names, int major, int minor)
{
	int newest = newest_of(l, names);

	return newest > 0 && newest < 1000 * major + minor;
}

bool
tool_may_be_older(const struct listing *l, const char *const *names, int major, int minor)
{
	return newest_of(l, names) < 1000 * major + minor;
}
