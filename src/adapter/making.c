#include "adapter/adapter.h"

struct making
making_of(struct arena *arena, const struct source *file)
{
	return (struct making){ .arena = arena, .file = file, .text = BUF(arena), .sql = BUF(arena) };
}

static void
add_piece(struct making *m, struct place outer, bool verbatim)
{
	*vec_push(m->arena, &m->pieces) = (struct excerpt){ (uint32_t)m->text.n, outer.span, verbatim, outer.source == m->file ? NULL : outer.source };
}

static void
take(struct making *m, struct place place)
{
	size_t end = (size_t)place.span.off + place.span.len;

	if (place.span.len == 0)
		return;
	add_piece(m, place, true);
	buf_str(&m->text, str_slice(place.source->text, place.span.off, end));
	buf_str(&m->sql, str_slice(place.source->sql, place.span.off, end));
}

void
making_take(struct making *m, struct span span)
{
	take(m, (struct place){ m->file, span });
}

void
making_put_at(struct making *m, struct str text, struct place instead_of)
{
	const struct source *file = instead_of.source;

	if (text.n == 0)
		return;
	add_piece(m, instead_of, false);
	buf_str(&m->text, text);
	/* What is no SQL in the file, as the rows of a COPY, is none here. */
	if (file->sql.s[instead_of.span.off] == file->text.s[instead_of.span.off])
		buf_str(&m->sql, text);
	else
		buf_repeat(&m->sql, ' ', text.n);
}

void
making_put(struct making *m, struct str text, struct span instead_of)
{
	making_put_at(m, text, (struct place){ m->file, instead_of });
}

void
making_join(struct making *m, const struct source *source, struct span span)
{
	size_t end = (size_t)span.off + span.len;

	if (source == m->file || source->outer == NULL) {
		take(m, (struct place){ source, span });
		return;
	}
	for (size_t i = 0; i < source->npieces; i++) {
		const struct excerpt *piece = &source->pieces[i];
		const struct source *of = piece->source != NULL ? piece->source : source->outer;
		size_t next = i + 1 < source->npieces ? source->pieces[i + 1].off : source->text.n;
		size_t from = piece->off > span.off ? piece->off : span.off, to = next < end ? next : end;
		if (from >= to)
			continue;
		if (piece->verbatim)
			making_join(m, of, span_of(piece->outer.off + from - piece->off, piece->outer.off + to - piece->off));
		else
			making_put_at(m, str_slice(source->text, from, to), place_in_file((struct place){ of, piece->outer }));
	}
}

struct source *
making_end(struct making *m)
{
	struct source *made;

	if (m->pieces.n == 0)
		add_piece(m, (struct place){ m->file, span_of(0, m->file->text.n) }, false);
	made = source_inside(m->arena, m->file, buf_text(&m->text), m->pieces.items, m->pieces.n);
	made->sql = buf_text(&m->sql);
	return made;
}
