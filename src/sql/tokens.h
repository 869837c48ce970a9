#ifndef SQL_TOKENS_H
#define SQL_TOKENS_H

/* The grammar's token numbers. They are macros with short names, so only the splitter includes this, before our own headers. */
#include "sql/ast.h"
#include "gram.h"
#undef NEW

#endif
