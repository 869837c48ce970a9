CREATE TYPE flag_new AS ENUM ('ALL');
CREATE TABLE invites (id bigint PRIMARY KEY, f flag_new);
UPDATE prefs SET y = 'ALL' WHERE y = 'NONE' AND id < 100;
INSERT INTO invites VALUES (1, 'ALL');
ALTER TABLE prefs ALTER COLUMN y TYPE flag_new USING y::text::flag_new;
CREATE VIEW shown AS SELECT id, y FROM prefs;
GRANT SELECT ON shown TO PUBLIC;
CREATE TABLE others (id bigint PRIMARY KEY);
