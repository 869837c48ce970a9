#ifndef TESTS_UNIT_REPORT_H
#define TESTS_UNIT_REPORT_H

#include "output/output.h"

/* A report made by hand that has one of everything; the same for every format. */
struct report *report_full(struct arena *);

/* One diagnostic whose path, message, note, label and safe SQL hold what is special in some format. */
#define HOSTILE_PATH "./a b/\"<&>'%0A::error,x:y\n\x1b[31m\xc3\xa9\xff.sql"
#define HOSTILE_PATH_SHOWN "./a b/\"<&>'%0A::error,x:y\xef\xbf\xbd\xef\xbf\xbd[31m\xc3\xa9\xef\xbf\xbd.sql"
#define HOSTILE_TEXT "100% \x1b[0m\n::error::{0} [a](b) ]]> <i>\"&'\x01\xff\r\n\xe2\x80\xae" "end"
#define HOSTILE_TEXT_ON_ONE_LINE \
	"100% \xef\xbf\xbd[0m ::error::{0} [a](b) ]]> <i>\"&'\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd \xef\xbf\xbd" "end"
struct report *report_hostile(struct arena *);

#endif
