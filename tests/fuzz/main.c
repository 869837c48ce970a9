/*
 * usage: TARGET [-m COUNT] [FILE...] [-s SEED...]
 *
 * Stands in for a fuzzer's engine: runs the target on each file, then on all seeds, then on that many mutants of files
 * and seeds, the same ones every time. Prints TAP. The mutant at hand is in TARGET.mutant, for when it kills the target.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

enum { MUTANT_MAX = 1 << 14 };

struct text {
	uint8_t *s;
	size_t n;
};

static struct text *texts;
static size_t ntexts;
static uint64_t state = 88172645463325252u;

static int
read_all(const char *path, struct text *text)
{
	FILE *f = fopen(path, "rb");
	long end;

	*text = (struct text){ NULL, 0 };
	if (f && fseek(f, 0, SEEK_END) == 0 && (end = ftell(f)) >= 0 && fseek(f, 0, SEEK_SET) == 0 &&
		(text->s = malloc((size_t)end + 1)))
		text->n = fread(text->s, 1, (size_t)end, f);
	if (f)
		fclose(f);
	return text->s != NULL;
}

/* xorshift64 */
static size_t
below(size_t n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return n > 0 ? (size_t)(state % n) : 0;
}

static int
word_char(uint8_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c >= 0x80;
}

/* A word, a sign, or a run of lines of a text. */
static struct text
piece(const struct text *t)
{
	size_t from = below(t->n), to = from;

	if (t->n == 0)
		return *t;
	if (below(4) == 0) {
		while (from > 0 && t->s[from - 1] != '\n' && t->s[from - 1] != ';')
			from--;
		for (size_t lines = 1 + below(3); to < t->n && lines > 0; to++)
			lines -= t->s[to] == '\n' || t->s[to] == ';';
	} else {
		while (from > 0 && word_char(t->s[from]) && word_char(t->s[from - 1]))
			from--;
		while (to < t->n && word_char(t->s[to]))
			to++;
		to += to == from;
	}
	return (struct text){ t->s + from, to - from };
}

static struct text
new_piece(void)
{
	static const char *const signs[] = { "'", "\"", "$$", "/*", "*/", "--", ";", "(", ")", ",", "\\", "\n", " ", ".", "E'", "U&\"",
		"BEGIN ATOMIC ", "CASE ", "END ", "\xff", "\xc3\xa9", "\xef\xbb\xbf", "2147483648", "NULL", "\\.", "COPY t FROM stdin;\n",
		"BEGIN; ", "COMMIT; ", "ROLLBACK; ", "SAVEPOINT s; ", "ROLLBACK TO s; ", "CASCADE", "IF EXISTS ", "-- given\n", "-- migration\n" };

	if (below(3) == 0) {
		const char *sign = signs[below(sizeof signs / sizeof *signs)];
		return (struct text){ (uint8_t *)(uintptr_t)sign, strlen(sign) };
	}
	return piece(&texts[below(ntexts)]);
}

/* Puts a piece in the place of cut bytes at some offset. */
static void
splice(struct text *t, size_t at, size_t cut, struct text with)
{
	uint8_t copy[MUTANT_MAX];

	if (t->n - cut + with.n > MUTANT_MAX)
		return;
	memcpy(copy, with.s, with.n);
	memmove(t->s + at + with.n, t->s + at + cut, t->n - at - cut);
	memcpy(t->s + at, copy, with.n);
	t->n += with.n - cut;
}

static void
mutate(struct text *t)
{
	struct text old = piece(t);
	size_t at = t->n > 0 ? (size_t)(old.s - t->s) : 0;

	switch (below(6)) {
	case 0: splice(t, at, old.n, (struct text){ t->s, 0 }); break;
	case 1: splice(t, at, 0, new_piece()); break;
	case 2: splice(t, below(t->n), 0, old); break;
	case 3:
		if (t->n > 0)
			t->s[below(t->n)] ^= (uint8_t)(1u << below(8));
		break;
	default: splice(t, at, old.n, new_piece()); break;
	}
}

static void
keep(const char *name, const struct text *t)
{
	char path[4096];
	FILE *f;

	snprintf(path, sizeof path, "%s.mutant", name);
	if ((f = fopen(path, "wb")) == NULL)
		return;
	fwrite(t->s, 1, t->n, f);
	fclose(f);
}

/* Each in a block of its very own size, so that a sanitizer sees where it ends. */
static void
run_mutant(const char *name)
{
	static uint8_t bytes[MUTANT_MAX];
	const struct text *from = &texts[below(ntexts)];
	struct text t = { bytes, from->n < MUTANT_MAX ? from->n : MUTANT_MAX };
	uint8_t *exact;

	memcpy(bytes, from->s, t.n);
	for (size_t n = 1 + below(4); n > 0; n--)
		mutate(&t);
	keep(name, &t);
	if ((exact = malloc(t.n > 0 ? t.n : 1)) == NULL)
		return;
	memcpy(exact, t.s, t.n);
	LLVMFuzzerTestOneInput(exact, t.n);
	free(exact);
}

static int results, failed;

static void
result(int ok, const char *what, const char *more)
{
	printf("%sok %d - %s%s\n", ok ? "" : "not ", ++results, what, more);
	fflush(stdout);
	failed |= !ok;
}

int
main(int argc, char **argv)
{
	unsigned long mutants = 0;
	int seeds = 0;

	if ((texts = calloc((size_t)argc, sizeof *texts)) == NULL)
		return 1;
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "-m") == 0 && i + 1 < argc) {
			mutants = strtoul(argv[++i], NULL, 10);
		} else if (strcmp(argv[i], "-s") == 0) {
			seeds = i;
		} else if (!read_all(argv[i], &texts[ntexts])) {
			result(0, argv[i], ": cannot be read");
		} else {
			LLVMFuzzerTestOneInput(texts[ntexts].s, texts[ntexts].n);
			ntexts++;
			if (seeds == 0)
				result(1, argv[i], "");
		}
	}
	if (seeds > 0)
		result(seeds + 1 < argc, "seeds", "");
	for (unsigned long i = 0; i < mutants && ntexts > 0; i++)
		run_mutant(argv[0]);
	if (mutants > 0)
		result(1, "mutants", "");
	printf("1..%d\n", results);
	while (ntexts > 0)
		free(texts[--ntexts].s);
	free(texts);
	return failed;
}
