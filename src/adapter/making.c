#include "adapter/adapter.h"

struct making
making_of(struct arena *arena, const struct source *file)
{
	return (struct making){ .arena = arena, .file = file, .text = BUF(arena), .sql = BUF(arena) };
}

static void
add_piece(struct making *m, struct span outer, bool verbatim)
{
	*vec_push(m->arena, &m->pieces) = (struct excerpt){ (uint32_t)m->text.n, outer, verbatim };
}

void
making_take(struct making *m, struct span span)
{
	size_t end = (size_t)span.off + span.len;

	if (span.len == 0)
		return;
	add_piece(m, span, true);
	buf_str(&m->text, str_slice(m->file->text, span.off, end));
	buf_str(&m->sql, str_slice(m->file->sql, span.off, end));
}

void
making_put(struct making *m, struct str text, struct span instead_of)
{
	if (text.n == 0)
		return;
	add_piece(m, instead_of, false);
	buf_str(&m->text, text);
	/* What is no SQL in the file, as the rows of a COPY, is none here. */
	if (m->file->sql.s[instead_of.off] == m->file->text.s[instead_of.off])
		buf_str(&m->sql, text);
	else
		buf_repeat(&m->sql, ' ', text.n);
}

void
making_join(struct making *m, const struct source *source, struct span span)
{
	size_t end = (size_t)span.off + span.len;

	if (source == m->file) {
		making_take(m, span);
		return;
	}
	for (size_t i = 0; i < source->npieces; i++) {
		const struct excerpt *piece = &source->pieces[i];
		size_t next = i + 1 < source->npieces ? source->pieces[i + 1].off : source->text.n;
		size_t from = piece->off > span.off ? piece->off : span.off, to = next < end ? next : end;
		if (from >= to)
			continue;
		if (piece->verbatim)
			making_join(m, source->outer, span_of(piece->outer.off + from - piece->off, piece->outer.off + to - piece->off));
		else
			making_put(m, str_slice(source->text, from, to), place_in_file((struct place){ source->outer, piece->outer }).span);
	}
}

struct source *
making_end(struct making *m)
{
	struct source *made;

	if (m->pieces.n == 0)
		add_piece(m, span_of(0, m->file->text.n), false);
	made = source_inside(m->arena, m->file, buf_text(&m->text), m->pieces.items, m->pieces.n);
	made->sql = buf_text(&m->sql);
	return made;
}
