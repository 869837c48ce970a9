CREATE TABLE raw_v (id int PRIMARY KEY, archived boolean NOT NULL DEFAULT false, total_epochs real NOT NULL DEFAULT 0);
CREATE VIEW validations AS SELECT * FROM raw_v WHERE NOT archived;
