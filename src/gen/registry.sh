#!/bin/sh
# usage: registry.sh DIR TYPE
# Prints the registry of the family in src/DIR, whose members are the constants TYPE_NAME of the files NAME.c, or for
# operations the arrays op_kinds_NAME, since one file may hold several kinds.  Files without one help the others.
set -eu

dir=$1 type=$2

case $type in
op_kind) member=op_kinds_ array='[]' address= ;;
*) member=${type}_ array= address='&' ;;
esac

# shellcheck disable=SC2046
set -- $(sed -n "s/^const struct $type $member\([a-z0-9_]*\)[ []*.*=.*/\1/p" "src/$dir"/*.c | LC_ALL=C sort)

printf '#include "%s/%s.h"\n\n' "$dir" "$dir"
for name; do
	echo "extern const struct $type $member$name$array;"
done
printf '\nconst struct %s *const %s_registry[] = {\n' "$type" "${type%_kind}"
for name; do
	echo "	$address$member$name,"
done
printf '\t0,\n};\n\n'
