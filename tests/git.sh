# For tests that make repositories: git as if on a machine of its own, in the current directory.
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_PREFIX
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_CEILING_DIRECTORIES="${PWD%/*}" HOME="$PWD"
export GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.org GIT_AUTHOR_DATE='2024-01-02T03:04:05Z'
export GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@example.org GIT_COMMITTER_DATE='2024-01-02T03:04:05Z'

# title WORDS...: what comes next.
title() { echo "== $*"; }

# commit WORD: all there is.
commit() { git add -A && git commit -qm "$1"; }

RULES="-r drop-column -r drop-table"
# found COMMAND...: the rules and places of what it finds, its closing line, its status.
found()
{
	"$@" $RULES >out 2>&1
	status=$?
	grep -E '^(error|warning|info)|^ +-->|^[0-9]+ |^No |^dbopt' out
	rm out
	echo "status $status"
}
