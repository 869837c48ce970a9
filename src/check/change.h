#ifndef CHECK_CHANGE_H
#define CHECK_CHANGE_H

#include "adapter/adapter.h"

/* Which files a change touches. Deleted ones are none: there is nothing left to check in them. */
enum change_kind {
	CHANGE_SINCE,                   /* what differs between the merge base of a revision with HEAD and the working tree */
	CHANGE_STAGED,                  /* what differs between HEAD and the index */
	CHANGE_LISTED                   /* what a file says */
};

struct change {
	enum change_kind kind;
	struct str revision;            /* of SINCE */
	struct str_list files;          /* of LISTED */
};

/*
 * Reads a list of files: one a line, or each ended by a NUL byte if there is any; in quotes as git writes them. "-":
 * standard input. Paths are relative to the working directory. -1 with *err when it cannot be read.
 */
int change_read(struct arena *, struct str path, struct change *, struct err *);
/*
 * Adds the files of the change that are in the listing of a directory to named, as struct named_file. Of SINCE, those
 * that git neither tracks nor ignores belong to the change. Of STAGED, the listing becomes that of the index. -1 with *err when git cannot tell.
 */
int change_find(struct arena *, const struct change *, struct listing *, struct map *named, struct err *);

#endif
