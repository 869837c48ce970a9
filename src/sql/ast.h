#ifndef SQL_AST_H
#define SQL_AST_H

/* The only door to libpg_query's headers; differences between 18.0 and 18.1 would live here. */
#include <pg_query.h>
#include <pg_query/pg_query_internal.h>
#include <postgres_deparse.h>
#include "nodes/memnodes.h"
#include "nodes/nodes.h"
#include "nodes/parsenodes.h"
#include "nodes/nodeFuncs.h"
#include "nodes/value.h"
#include "lib/stringinfo.h"
#include "parser/scanner.h"

#endif
