DROP INDEX pins_data;
CREATE UNIQUE INDEX pins_data ON pins (data_id);
DROP INDEX data_id;
CREATE UNIQUE INDEX data_id ON data (hash);
INSERT INTO pins (id, data_id, space) SELECT id, data_id, '' FROM old_pins;
