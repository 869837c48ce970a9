-- dbopt-migrate: allow rule, rule2 because it is small
/* dbopt-migrate: allow-file rule because y
   dbopt-migrate: allow nope */

-- squawk-ignore-file rule -- y
ALTER TABLE t ADD a int; -- dbopt-migrate: allow rule because y
-- squawk-ignore: rule, rule
-- pgsafe:ignore rule reason
ALTER TABLE t -- atlas:nolint
	ADD b int
-- dbopt-migrate: deny
; /* dbopt-migrate allow */ ALTER TABLE u -- atlas:nolint rule DS102
