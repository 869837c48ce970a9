#ifndef TEXT_XML_H
#define TEXT_XML_H

#include "text/yaml.h"

/*
 * XML as YAML has it: an element is a map, its attributes are texts, each at its value, and what stands in it is a text with
 * an empty key, whose place is all of it. An element is at its start tag, as far as that goes on its first line. Names lose what stands before a colon. Nothing outside the file is read. More
 * than 16 MiB, nesting deeper than 64 and what is not XML are mistakes. NULL: mistakes.
 */
struct yaml *xml_read(struct yaml_file *);

#endif
