#include <string.h>

#include "base/buf.h"
#include "op/lower.h"
#include "op/operators.h"
#include "op/type_reference.h"
#include "sql/expr.h"
#include "sql/ident.h"

/* table.column%TYPE: the type of the column takes its place when the statement runs (LookupTypeName). */

/* ---- what it is ---- */

/* Those of the grammar that the server knows by another name. */
static bool
is_keyword_type(struct str name)
{
	static const char *const names[] = { "int2", "int4", "int8", "float4", "float8", "bool", "numeric", "varchar", "varbit", "time", "timetz",
		"timestamp", "timestamptz", "interval", NULL };

	return str_among(name, names);
}

static List *
type_names(struct lowering *l, struct type t)
{
	List *names = list_make1(makeString(str_c(l->arena, t.name)));

	if (t.builtin ? is_keyword_type(t.name) : t.schema.s != NULL)
		names = lcons(makeString(t.builtin ? pstrdup("pg_catalog") : str_c(l->arena, t.schema)), names);
	return names;
}

static struct type_reference
reference_of(struct lowering *l, const TypeName *t)
{
	List path = *t->names;
	struct type_reference r = { .column = lower_text(l, strVal(llast(t->names))) };

	path.length--;
	names_from_list(l->arena, &path, &r.table.schema, &r.table.name);
	return r;
}

static struct type
system_column_type(struct str name)
{
	const char *type = str_is(name, "ctid") ? "tid" : str_is(name, "tableoid") ? "oid" : str_is(name, "xmin") || str_is(name, "xmax") ? "xid" : "cid";

	return type_make(STR("pg_catalog"), str_of(type), NULL, 0, 0);
}

/* name STR_NONE: not known */
static struct type
column_type(const struct relation *table, struct str name)
{
	const struct column *column = table != NULL ? catalog_find_column(table, name) : NULL;

	if (column != NULL)
		return column->type;
	return table != NULL && is_system_column(name) ? system_column_type(name) : (struct type){ .name = STR_NONE };
}

static void
exchange(struct lowering *l, TypeName *t)
{
	struct type_reference r;
	struct type type;

	if (t == NULL || !t->pct_type || list_length(t->names) < 2)
		return;
	l->refers_to_types = true;
	if (l->script->catalog == NULL)
		return;
	r = reference_of(l, t);
	type = column_type(catalog_find_relation(l->script->catalog, r.table), r.column);
	if (type.name.s == NULL && l->lost_type.column.s == NULL)
		l->lost_type = r;
	if (!type_known(type))
		return;
	t->names = type_names(l, type);
	if (type.dims > 0)
		t->arrayBounds = list_make1(makeInteger(-1));
	t->pct_type = false;
}

/* ---- where it stands ---- */

static void
exchange_all(struct lowering *l, Node *node)
{
	ListCell *cell;

	if (node == NULL)
		return;
	switch (nodeTag(node)) {
	case T_TypeName:
		exchange(l, (TypeName *)node);
		break;
	case T_FunctionParameter:
		exchange(l, ((FunctionParameter *)node)->argType);
		break;
	case T_ObjectWithArgs:
		exchange_all(l, (Node *)((ObjectWithArgs *)node)->objargs);
		exchange_all(l, (Node *)((ObjectWithArgs *)node)->objfuncargs);
		break;
	case T_DefElem:
		exchange_all(l, ((DefElem *)node)->arg);
		break;
	case T_List:
		foreach (cell, (List *)node)
			exchange_all(l, lfirst(cell));
		break;
	default:
		break;
	}
}

void
lower_type_references(struct lowering *l, Node *node)
{
	switch (nodeTag(node)) {
	case T_CreateFunctionStmt:
		exchange_all(l, (Node *)((CreateFunctionStmt *)node)->parameters);
		exchange(l, ((CreateFunctionStmt *)node)->returnType);
		break;
	case T_AlterFunctionStmt:
		exchange_all(l, (Node *)((AlterFunctionStmt *)node)->func);
		break;
	case T_DropStmt:
		exchange_all(l, (Node *)((DropStmt *)node)->objects);
		break;
	case T_RenameStmt:
		exchange_all(l, ((RenameStmt *)node)->object);
		break;
	case T_AlterObjectSchemaStmt:
		exchange_all(l, ((AlterObjectSchemaStmt *)node)->object);
		break;
	case T_AlterOwnerStmt:
		exchange_all(l, ((AlterOwnerStmt *)node)->object);
		break;
	case T_AlterObjectDependsStmt:
		exchange_all(l, ((AlterObjectDependsStmt *)node)->object);
		break;
	case T_CommentStmt:
		exchange_all(l, ((CommentStmt *)node)->object);
		break;
	case T_GrantStmt:
		exchange_all(l, (Node *)((GrantStmt *)node)->objects);
		break;
	case T_DefineStmt:
		exchange_all(l, (Node *)((DefineStmt *)node)->args);
		exchange_all(l, (Node *)((DefineStmt *)node)->definition);
		break;
	default:
		break;
	}
}

/* ---- on a catalog ---- */

static size_t
number_in_statement(const struct op *op)
{
	size_t n = 0;

	for (size_t i = 0; i < op->script->ops.n && op->script->ops.items[i] != op; i++)
		n += op->script->ops.items[i]->statement == op->statement;
	return n;
}

void
type_reference_bind(struct op *op, const struct catalog *c)
{
	struct arena *arena = op->script->arena;
	struct script *script = NEW(arena, struct script);
	struct diags unheard = { .arena = arena };
	size_t number = number_in_statement(op);

	script->catalog = c;
	script->code = op->script->code;
	script->at = op->script->at;
	script->caller = op->script->caller;
	script->bindings = op->script->bindings;
	lower_source(arena, op->statement->source, op->statement->span, &unheard, script);
	if (number >= script->ops.n || script->ops.items[number]->kind != op->kind)
		return;
	op->lost_type = script->ops.items[number]->lost_type;
	if (op->kind->size > 0)
		memcpy(op->data, script->ops.items[number]->data, op->kind->size);
}

struct str
type_reference_words(struct lowering *l, const TypeName *t)
{
	struct buf b = BUF(l->arena);
	const ListCell *cell;

	foreach (cell, t->names) {
		buf_c(&b, b.n > 0 ? "." : "");
		sql_put_ident(&b, str_of(strVal(lfirst(cell))));
	}
	buf_c(&b, "%TYPE");
	return buf_text(&b);
}

bool
type_reference_stays(struct str arguments)
{
	return str_find(arguments, STR("%TYPE")) != (size_t)-1;
}
