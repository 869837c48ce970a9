#include "sql/ast.h"

#include "sql/deparse.h"

struct str
sql_deparse(struct arena *arena, const void *statement)
{
	RawStmt *raw = makeNode(RawStmt);
	StringInfoData text;
	struct str result = STR_NONE;
	MemoryContext own = CurrentMemoryContext;

	raw->stmt = (Node *)(uintptr_t)statement;
	initStringInfo(&text);
	PG_TRY();
	{
		deparseRawStmt(&text, raw);
		result = str_copy(arena, str_of(text.data));
	}
	PG_CATCH();
	{
		if (geterrcode() == ERRCODE_OUT_OF_MEMORY)
			PG_RE_THROW();
		MemoryContextSwitchTo(own);
		FlushErrorState();
	}
	PG_END_TRY();
	return result;
}

struct str
sql_deparse_behind(struct arena *arena, const void *statement, const char *head)
{
	struct str text = sql_deparse(arena, statement);

	return str_starts(text, head) ? str_slice(text, str_of(head).n, text.n) : text;
}
