#include "rule/field.h"

VEC_TYPE(name_list, struct str);

static void
add_names(struct arena *a, struct name_list *names, const struct op_kind *kind, const struct field *fields)
{
	for (; fields != NULL && fields->name != NULL; fields++)
		if (kind == NULL || field_applies(kind, fields))
			*vec_push(a, names) = str_of(fields->name);
}

static int
unknown_field(struct arena *a, struct str name, const struct op_kind *kind, struct err *err)
{
	struct name_list names = { 0 };
	struct str closest, of = kind != NULL ? str_of(kind->name) : STR("any");

	add_names(a, &names, kind, common_fields);
	if (kind != NULL)
		add_names(a, &names, kind, kind->fields);
	closest = str_closest(name, names.items, names.n);
	if (closest.s == NULL)
		return err_set(err, a, "unknown field '%.*s' of %.*s", STR_ARG(name), STR_ARG(of));
	return err_set(err, a, "unknown field '%.*s' of %.*s; did you mean '%.*s'?", STR_ARG(name), STR_ARG(of), STR_ARG(closest));
}

static const struct field *
find_common(struct str name)
{
	for (const struct field *f = common_fields; f->name != NULL; f++)
		if (str_is(name, f->name))
			return f;
	return NULL;
}

static int
resolve_own(struct arena *a, const struct op_kind *kind, bool typed, struct field_ref *ref, struct err *err)
{
	const struct field *f = field_find(kind, ref->name);
	size_t i = ref->nown;

	if (f == NULL)
		return unknown_field(a, ref->name, kind, err);
	if (!field_applies(kind, f))
		return err_set(err, a, "'%.*s' makes no sense for %s", STR_ARG(ref->name), kind->name);
	if (typed && i > 0 && f->type != ref->type)
		return err_set(err, a, "'%.*s' is of one type for %s and another for %s", STR_ARG(ref->name),
		    ref->own[0].kind->name, kind->name);
	ref->own[i].kind = kind;
	ref->own[i].field = f;
	ref->nown++;
	ref->type = ref->own[0].field->type;
	ref->doc = ref->own[0].field->doc;
	return 0;
}

int
field_resolve(struct arena *a, struct str name, const struct op_kind *const *kinds, size_t nkinds, bool typed,
    struct field_ref *ref, struct err *err)
{
	*ref = (struct field_ref){ .name = name };
	if (nkinds == 0) {
		if ((ref->common = find_common(name)) == NULL)
			return unknown_field(a, name, NULL, err);
		ref->type = ref->common->type;
		ref->doc = ref->common->doc;
		return 0;
	}
	ref->own = arena_alloc(a, nkinds * sizeof(*ref->own));
	for (size_t i = 0; i < nkinds; i++)
		if (resolve_own(a, kinds[i], typed, ref, err) < 0)
			return -1;
	return 0;
}

struct value
field_value(const struct field_ref *ref, const struct facts *f)
{
	if (ref->common != NULL)
		return ref->common->get(f);
	for (size_t i = 0; i < ref->nown; i++)
		if (ref->own[i].kind == f->op->kind)
			return ref->own[i].field->get(f);
	return value_absent();
}

static int
parse_bool(struct arena *a, struct str name, struct str text, struct value *v, struct err *err)
{
	v->yes = str_is(text, "true");
	if (v->yes || str_is(text, "false"))
		return 0;
	return err_set(err, a, "'%.*s' is a yes/no field: write true or false, not '%.*s'", STR_ARG(name), STR_ARG(text));
}

static int
parse_number(struct arena *a, struct str name, struct str text, struct value *v, struct err *err)
{
	if (str_to_int(text, &v->number) || setting_time(text, &v->number))
		return 0;
	return err_set(err, a, "'%.*s' is a number: write an integer or a time such as 5s, not '%.*s'", STR_ARG(name),
	    STR_ARG(text));
}

static int
parse_lock(struct arena *a, struct str text, struct value *v, struct err *err)
{
	struct str words[ACCESS_EXCLUSIVE], closest;

	if (lock_parse(text, &v->lock))
		return 0;
	for (enum lock l = ACCESS_SHARE; l <= ACCESS_EXCLUSIVE; l++)
		words[l - ACCESS_SHARE] = str_of(lock_words(l));
	closest = str_closest(text, words, ACCESS_EXCLUSIVE);
	if (closest.s == NULL)
		return err_set(err, a, "unknown lock mode '%.*s'", STR_ARG(text));
	return err_set(err, a, "unknown lock mode '%.*s'; did you mean '%.*s'?", STR_ARG(text), STR_ARG(closest));
}

int
value_parse(struct arena *a, struct str name, enum field_type type, struct str text, struct value *v, struct err *err)
{
	*v = (struct value){ .state = VALUE_KNOWN, .type = type, .text = text };
	switch (type) {
	case FIELD_BOOL: return parse_bool(a, name, text, v, err);
	case FIELD_NUMBER: return parse_number(a, name, text, v, err);
	case FIELD_LOCK: return parse_lock(a, text, v, err);
	case FIELD_TEXT: return 0;
	}
	return -1;
}
