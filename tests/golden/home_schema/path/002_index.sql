ALTER TABLE app.a ADD COLUMN x int;
CREATE INDEX ON app.b (a_id);
ALTER TABLE app.b ADD COLUMN y int;
