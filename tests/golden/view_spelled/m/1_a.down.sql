DROP VIEW on_call; DROP TABLE alerts; DROP TABLE steps; DROP TABLE calls;
