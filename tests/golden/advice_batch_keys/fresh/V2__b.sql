ALTER TABLE trips ADD COLUMN end_at timestamp;
UPDATE trips SET end_at = start_at;
ALTER TABLE stays ADD COLUMN end_at timestamp, ADD COLUMN n int;
UPDATE stays SET end_at = start_at;
UPDATE stays SET n = 4 WHERE start_at > '2020-01-01';
UPDATE stays SET n = 3 WHERE id > 5;
