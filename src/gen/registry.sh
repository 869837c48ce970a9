#!/bin/sh
# usage: registry.sh DIR TYPE NAME...
# Prints the registry of the family in src/DIR, whose members are the files NAME.c: the constants TYPE_NAME,
# or for operations the arrays op_kinds_NAME, since one file may hold several kinds.
set -eu

dir=$1 type=$2
shift 2
[ -e "src/$dir/$dir.h" ] || exit 0

case $type in
op_kind) member=op_kinds_ array='[]' address= ;;
*) member=${type}_ array= address='&' ;;
esac

printf '#include "%s/%s.h"\n\n' "$dir" "$dir"
for name; do
	echo "extern const struct $type $member$name$array;"
done
printf '\nconst struct %s *const %s_registry[] = {\n' "$type" "${type%_kind}"
for name; do
	echo "	$address$member$name,"
done
printf '\t0,\n};\n\n'
