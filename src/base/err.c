#include <stdarg.h>

#include "base/err.h"

int
err_set(struct err *err, struct arena *arena, const char *fmt, ...)
{
	va_list args;

	if (err) {
		va_start(args, fmt);
		err->message = str_vprintf(arena, fmt, args);
		va_end(args);
	}
	return -1;
}
