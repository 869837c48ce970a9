#ifndef SCHEMA_JSON_H
#define SCHEMA_JSON_H

#include "output/tree.h"
#include "schema/schema.h"

/* The lists "publications", "statistics" and "objects" of the document. */
void schema_json_objects(struct tree *, const struct contents *);

#endif
