#include "check/baseline.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/err.h"
#include "output/layout.h"

enum { FINGERPRINT = 16 };

VEC_TYPE(diag_list, const struct diag *);

static bool
hexadecimal(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!((s.s[i] >= '0' && s.s[i] <= '9') || (s.s[i] >= 'a' && s.s[i] <= 'f')))
			return false;
	return true;
}

static int
read_line(struct baseline *b, struct str line)
{
	struct str fingerprint = str_slice(line, 0, FINGERPRINT);

	if (line.n == 0 || line.s[0] == '#')
		return 0;
	if (fingerprint.n < FINGERPRINT || !hexadecimal(fingerprint) || (line.n > FINGERPRINT && line.s[FINGERPRINT] != ' '))
		return -1;
	map_at(&b->entries, fingerprint);
	return 0;
}

int
baseline_read(struct arena *a, struct str path, struct baseline *b, struct err *err)
{
	struct source *source = source_read(a, path, err);

	*b = (struct baseline){ .entries = MAP(a) };
	if (source == NULL)
		return -1;
	for (unsigned i = 1; i <= source->nlines; i++)
		if (read_line(b, str_trim(source_line(source, i))) != 0)
			return err_set(err, a, "%.*s:%u: not a line of a baseline: 16 hexadecimal digits, then a space",
			    STR_ARG(source->path), i);
	return 0;
}

static struct str
path_of(const struct diag *d)
{
	return d->nlabels > 0 && d->labels[0].at.source != NULL ? d->labels[0].at.source->path : STR("-");
}

static int
compare(const void *x, const void *y)
{
	const struct diag *a = *(const struct diag *const *)x, *b = *(const struct diag *const *)y;
	int order = str_cmp_natural(path_of(a), path_of(b));

	if (order == 0)
		order = str_cmp(a->rule, b->rule);
	return order != 0 ? order : str_cmp(a->fingerprint, b->fingerprint);
}

static void
write_entry(struct buf *out, const struct diag *d)
{
	struct str path = utf8_printable(out->arena, path_of(d));

	buf_printf(out, "%.*s %.*s ", STR_ARG(d->fingerprint), STR_ARG(d->rule));
	for (size_t i = 0; i < path.n; i++)
		buf_char(out, path.s[i] == '\n' || path.s[i] == '\t' ? '?' : path.s[i]);
	buf_char(out, '\n');
}

void
baseline_write(struct buf *out, const struct diags *diags)
{
	struct diag_list list = { 0 };

	for (size_t i = 0; i < diags->list.n; i++)
		if (!diags->list.items[i]->unchecked)
			*vec_push(out->arena, &list) = diags->list.items[i];
	if (list.n > 0)
		qsort(list.items, list.n, sizeof(*list.items), compare);
	buf_c(out, "# Known findings, which `dbopt-migrate check --baseline FILE` leaves out.\n"
		"# Made by `dbopt-migrate baseline`; what follows a fingerprint is for reading.\n");
	for (size_t i = 0; i < list.n; i++)
		write_entry(out, list.items[i]);
}

void
baseline_apply(struct baseline *b, struct diags *diags)
{
	struct diag **items = diags->list.items;
	size_t n = 0;

	for (size_t i = 0; i < diags->list.n; i++) {
		if (!items[i]->unchecked && map_has(&b->entries, items[i]->fingerprint)) {
			*map_at(&b->entries, items[i]->fingerprint) = b;
			b->known++;
		} else
			items[n++] = items[i];
	}
	diags->list.n = n;
	for (size_t i = 0; i < b->entries.n; i++)
		b->gone += b->entries.entries[i].value == NULL;
}
