DROP INDEX pins_data;
CREATE UNIQUE INDEX pins_data ON pins (data_id, space);
DROP INDEX data_id;
CREATE UNIQUE INDEX data_id ON data (hash, id);
