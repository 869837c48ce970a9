DROP VIEW placed; DROP VIEW kept;
