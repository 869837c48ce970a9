#!/bin/sh
# A server takes the advice on the examples, in words too, and on what real histories had in them when it did not.
cd "$(dirname "$0")/../.." || exit
if found=$("$BUILD/tests/oracle/advice" --server --examples tests/oracle/advised examples/*/migrations 2>&1); then
	echo "ok 1 - advice on a server"
else
	echo "not ok 1 - advice on a server"
fi
printf '%s\n' "$found" | sed 's/^/# /'
echo 1..1
