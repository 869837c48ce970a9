CREATE TABLE kept_ids AS SELECT id FROM users_kept;
CREATE TABLE kept_few AS SELECT * FROM users_kept LIMIT 1000;
CREATE TABLE kept_alike AS SELECT DISTINCT ON (address) * FROM users_kept;
CREATE TABLE kept_some AS SELECT * FROM users_kept WHERE id > 1000;
INSERT INTO old_notes SELECT * FROM users_kept ON CONFLICT DO NOTHING;
DROP TABLE users_kept;
