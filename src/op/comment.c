#include "op/failure.h"
#include "op/lower.h"
#include "op/rename.h"
#include "op/routine.h"
#include "sql/deparse.h"

/* COMMENT ON and SECURITY LABEL ON. */

struct payload {
	ObjectType object;
	struct str text;                /* STR_NONE: IS NULL */
	struct str part;                /* constraint, trigger, policy or rule of a table */
	struct str subject;             /* what is no relation, as the statement without its text says it */
	struct name other;              /* name of a function or type */
	struct str arguments;           /* of a function; STR_NONE: not given */
};

/* The object is named by the path of a relation, followed by `extra` more names. */
static bool
names_relation(ObjectType type, int *extra, enum relkind *kind)
{
	*extra = 0;
	*kind = RELATION_UNKNOWN;
	switch (type) {
	case OBJECT_TABLE: *kind = RELATION_TABLE; return true;
	case OBJECT_VIEW: *kind = RELATION_VIEW; return true;
	case OBJECT_MATVIEW: *kind = RELATION_MATVIEW; return true;
	case OBJECT_SEQUENCE: *kind = RELATION_SEQUENCE; return true;
	case OBJECT_INDEX: *kind = RELATION_INDEX; return true;
	case OBJECT_FOREIGN_TABLE: *kind = RELATION_FOREIGN; return true;
	case OBJECT_COLUMN:
	case OBJECT_TABCONSTRAINT:
	case OBJECT_TRIGGER:
	case OBJECT_POLICY:
	case OBJECT_RULE: *extra = 1; return true;
	default: return false;
	}
}

static void
lower_object(struct lowering *l, struct op *op, ObjectType type, const Node *object)
{
	struct payload *p = OP_DATA(op, struct payload);
	struct str part;
	List path;
	int extra;

	p->object = type;
	if (!names_relation(type, &extra, &op->target_kind) || !IsA(object, List))
		return;
	path = *(const List *)object;
	path.length -= extra;
	op->target = lower_name_list(l, &path);
	op->spans[SPAN_TABLE] = op->spans[SPAN_NAME] = op->target.span;
	if (extra == 0)
		return;
	part = lower_text(l, strVal(llast((const List *)object)));
	op->spans[SPAN_NAME] = locate_name(l->statement, l->statement->span, part);
	if (type == OBJECT_COLUMN) {
		op->spans[SPAN_NAME] = locate_name(l->statement, locate_rest(l->statement, op->target.span), part);
		op->column_name = part;
		op->spans[SPAN_COLUMN] = op->spans[SPAN_NAME];
	} else {
		p->part = part;
	}
}

static struct str
subject_of(struct lowering *l, const CommentStmt *st)
{
	CommentStmt copy = *st;
	struct str text;

	copy.comment = NULL;
	text = sql_deparse(l->arena, &copy);
	return str_starts(text, "COMMENT ON ") ? str_slice(text, 11, text.n - 8) : STR_NONE;
}

static void
lower_other(struct lowering *l, struct op *op, const Node *object)
{
	struct payload *p = OP_DATA(op, struct payload);

	if (op->target.name.s != NULL)
		return;
	p->other = lower_object_name(l, object);
	p->arguments = p->object == OBJECT_OPERATOR ? lower_signature(l, object) : lower_argument_types(l, object);
}

static void
lower_comment(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const CommentStmt *st = node;
	struct op *op = lower_add(l, kind);

	lower_object(l, op, st->objtype, st->object);
	OP_DATA(op, struct payload)->text = lower_text(l, st->comment);
	lower_other(l, op, st->object);
	if (op->target.name.s == NULL)
		OP_DATA(op, struct payload)->subject = subject_of(l, st);
}

static void
lower_label(struct lowering *l, const struct op_kind *kind, const void *node)
{
	const SecLabelStmt *st = node;
	struct op *op = lower_add(l, kind);

	lower_object(l, op, st->objtype, st->object);
	OP_DATA(op, struct payload)->text = lower_text(l, st->label);
	lower_other(l, op, st->object);
}

static void
bind(struct op *op, struct catalog *c)
{
	if (op->target.name.s != NULL)
		op->table = catalog_relation(c, op->target, op->target_kind);
	if (op->table != NULL && op->column_name.s != NULL)
		op->column = catalog_column(c, op->table, op->column_name);
}

/* CommentObject(); what belongs to a table is looked up under AccessShareLock (get_object_address_relobject) */
static void
effects(const struct op *op, const struct facts *f, struct effects *e)
{
	(void)f;
	if (op->table != NULL)
		effects_lock(e, op->table, OP_DATA(op, struct payload)->part.s != NULL ? ACCESS_SHARE : SHARE_UPDATE_EXCLUSIVE);
}

/* "", "column email", "constraint k": as the objects of a relation are named */
static struct str
part_name(struct arena *arena, const struct op *op)
{
	const struct payload *p = OP_DATA(op, struct payload);

	if (op->column_name.s != NULL)
		return str_printf(arena, "column %.*s", STR_ARG(op->column_name));
	if (p->part.s == NULL)
		return STR("");
	return str_printf(arena, "%s %.*s", p->object == OBJECT_TABCONSTRAINT ? "constraint" : p->object == OBJECT_TRIGGER ? "trigger"
	    : p->object == OBJECT_POLICY ? "policy" : "rule", STR_ARG(p->part));
}

bool
comment_op_writes(const struct op *comment, const struct op *dropped, struct str part)
{
	return strcmp(comment->kind->name, "comment") == 0 && OP_DATA(comment, struct payload)->text.n > 0 && op_names_same(comment, dropped) &&
	    str_eq(part_name(comment->script->arena, comment), part);
}

static bool
is_on_routine(const struct payload *p)
{
	return p->object == OBJECT_FUNCTION || p->object == OBJECT_PROCEDURE || p->object == OBJECT_ROUTINE;
}

static struct routine
routine_of(const struct payload *p)
{
	return (struct routine){ (int)p->object, p->other, p->arguments };
}

bool
comment_op_names(const struct op *comment, const struct op *dropped)
{
	const struct payload *p = OP_DATA(comment, struct payload);
	struct op named = *comment;

	if (!is_kind(comment, "comment") || p->text.n == 0 || !is_on_routine(p))
		return false;
	named.target = p->other;
	return op_names_same(&named, dropped);
}

struct str
comment_op_part(const struct op *op)
{
	return op->kind->node == T_CommentStmt || op->kind->node == T_SecLabelStmt ? OP_DATA(op, struct payload)->part : STR_NONE;
}

/* What takes the comment along. */
struct holder {
	const bool *dropped;            /* NULL: nothing does, as far as is known */
	struct str *commented;
};

static struct holder
holder_of(const struct payload *p, const struct catalog *c)
{
	const struct routine r = routine_of(p);
	struct function *f;
	struct typedef_ *t;
	struct schema *s;

	switch (p->object) {
	case OBJECT_FUNCTION:
	case OBJECT_PROCEDURE:
	case OBJECT_ROUTINE:
		f = routine_find(c, &r).function;
		return f == NULL ? (struct holder){ NULL, NULL } : (struct holder){ &f->dropped, &f->commented };
	case OBJECT_TYPE:
	case OBJECT_DOMAIN:
		t = catalog_find_type(c, p->other.schema, p->other.name);
		return t == NULL ? (struct holder){ NULL, NULL } : (struct holder){ &t->dropped, &t->commented };
	case OBJECT_SCHEMA:
		s = catalog_slot_object(&c->schemas, STR(""), p->other.name);
		return s == NULL ? (struct holder){ NULL, NULL } : (struct holder){ &s->dropped, &s->commented };
	default:
		return (struct holder){ NULL, NULL };
	}
}

/* 0: it is on something else, or on what nobody has seen made. */
static unsigned
number_of_holder(const struct payload *p, const struct catalog *c)
{
	const char *kind = object_type_word((int)p->object);
	const struct object *o = NULL;

	if (p->object == OBJECT_COLLATION || p->object == OBJECT_OPERATOR || p->object == OBJECT_PUBLICATION)
		o = catalog_find_object(c, NULL, kind, catalog_name_in_schema(c, kind, p->other.schema, object_key(c->arena, (int)p->object, p->other.name, p->arguments)));
	return o == NULL ? 0 : o->number;
}

/* What is on it by another way to name it. */
static void
remove_other(struct catalog *c, unsigned on, struct str name)
{
	const struct object *found = NULL;

	for (size_t i = 0; on != 0 && found == NULL && i < c->objects.n; i++) {
		const struct object *o = ((const struct slot *)c->objects.entries[i].value)->object;
		if (o != NULL && o->on == on && !str_eq(o->name, name))
			found = o;
	}
	if (found != NULL)
		catalog_remove_object(c, NULL, "comment", found->name);
}

static void
note_object(const struct payload *p, struct catalog *c, struct str name)
{
	unsigned on = number_of_holder(p, c);

	remove_other(c, on, name);
	if (p->text.n > 0)
		catalog_find_object(c, NULL, "comment", name)->on = on;
}

static void
note(struct op *op, struct catalog *c, const char *what)
{
	const struct payload *p = OP_DATA(op, struct payload);
	struct str name = op->table != NULL ? part_name(c->arena, op) : p->subject;
	struct holder holder = { NULL, NULL };

	if (op->table == NULL && name.s == NULL)
		return;
	if (op->table == NULL)
		holder = holder_of(p, c);
	if (holder.commented != NULL && strcmp(what, "comment") == 0) {
		if (holder.commented->s != NULL && !str_eq(*holder.commented, name))
			catalog_remove_object(c, NULL, what, *holder.commented);
		catalog_set(c, holder.commented, name);
	}
	if (p->text.n > 0)
		catalog_put_object(c, op->table, what, name, p->text);
	else
		catalog_remove_object(c, op->table, what, name);
	if (p->text.n > 0 && op->table == NULL)
		catalog_find_object(c, NULL, what, name)->gone = holder.dropped;
	if (op->table == NULL && strcmp(what, "comment") == 0)
		note_object(p, c, name);
}

static void
comment_apply(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	note(op, c, "comment");
}

static void
label_apply(struct op *op, struct catalog *c, struct session *session)
{
	(void)session;
	note(op, c, "security label");
}

/* ---- what the server refuses ---- */

static bool
has_part(const struct relation *r, ObjectType object, struct str name)
{
	if (object == OBJECT_TRIGGER)
		return catalog_find_trigger(r, name) != NULL;
	if (object == OBJECT_POLICY)
		return catalog_find_policy(r, name) != NULL;
	if (object == OBJECT_RULE)
		return str_is(name, "_RETURN") || catalog_find_object(NULL, r, "rule", name) != NULL;
	return object == OBJECT_TABCONSTRAINT && catalog_find_constraint(r, name) != NULL;
}

static enum reach
reach_of(ObjectType object)
{
	return object == OBJECT_TRIGGER ? REACH_TRIGGERS : object == OBJECT_POLICY ? REACH_POLICIES : REACH_SCHEMA;
}

/* get_object_address_relobject(); before 18 NOT NULL is no constraint */
static struct str
refused(const struct facts *f)
{
	const struct payload *p = OP_DATA(f->op, struct payload);
	const struct relation *r = f->op->table;
	bool constraint = p->object == OBJECT_TABCONSTRAINT, rule = p->object == OBJECT_RULE;

	const struct routine routine = routine_of(p);

	if (is_on_routine(p))
		return routine_missing(f, &routine);
	if (!is_settled(f, r, reach_of(p->object)) || p->part.s == NULL || has_part(r, p->object, p->part))
		return STR_NONE;
	return str_printf(f->arena, "%s \"%.*s\" for %s \"%.*s\" does not exist", constraint ? "constraint" : rule ? "rule"
	    : p->object == OBJECT_TRIGGER ? "trigger" : "policy", STR_ARG(p->part), rule ? "relation" : "table", STR_ARG(r->name));
}

/* ---- facts ---- */

static struct value
get_object_kind(const struct facts *f)
{
	switch (OP_DATA(f->op, struct payload)->object) {
	case OBJECT_TABLE: return value_text(STR("table"));
	case OBJECT_COLUMN: return value_text(STR("column"));
	case OBJECT_INDEX: return value_text(STR("index"));
	case OBJECT_VIEW: return value_text(STR("view"));
	case OBJECT_MATVIEW: return value_text(STR("materialized view"));
	case OBJECT_SEQUENCE: return value_text(STR("sequence"));
	case OBJECT_TABCONSTRAINT: return value_text(STR("constraint"));
	case OBJECT_TRIGGER: return value_text(STR("trigger"));
	case OBJECT_POLICY: return value_text(STR("policy"));
	case OBJECT_RULE: return value_text(STR("rule"));
	case OBJECT_SCHEMA: return value_text(STR("schema"));
	case OBJECT_FUNCTION: return value_text(STR("function"));
	case OBJECT_TYPE: return value_text(STR("type"));
	case OBJECT_EXTENSION: return value_text(STR("extension"));
	case OBJECT_DATABASE: return value_text(STR("database"));
	default: return value_text(STR("other"));
	}
}

static struct value
get_text(const struct facts *f)
{
	return value_text(OP_DATA(f->op, struct payload)->text);
}

static struct value
get_part(const struct facts *f)
{
	return value_text(OP_DATA(f->op, struct payload)->part);
}

static const struct field fields[] = {
	{ "object_kind", FIELD_TEXT, "table, column, index, view, materialized view, sequence, constraint, trigger, policy, rule, schema, function, type, extension, database or other",
	    get_object_kind },
	{ "text", FIELD_TEXT, "the comment or label; absent: IS NULL", get_text },
	{ "part", FIELD_TEXT, "name of the table's constraint, trigger, policy or rule; absent: another kind of object", get_part },
	{ NULL, FIELD_BOOL, NULL, NULL }
};

const struct op_kind op_kinds_comment[] = {
	{ .name = "comment", .doc = "COMMENT ON", .node = T_CommentStmt, .subtype = -1, .has = HAS_TABLE | HAS_COLUMN,
	    .size = sizeof(struct payload), .fields = fields, .lower = lower_comment, .bind = bind, .effects = effects,
	    .refused = refused, .apply = comment_apply },
	{ .name = "security_label", .doc = "SECURITY LABEL ON", .node = T_SecLabelStmt, .subtype = -1,
	    .has = HAS_TABLE | HAS_COLUMN, .size = sizeof(struct payload), .fields = fields, .lower = lower_label, .bind = bind,
	    .effects = effects, .refused = refused, .apply = label_apply },
	{ .name = NULL }
};
