CREATE TABLE logs (id bigint PRIMARY KEY, header_id bigint NOT NULL);
CREATE INDEX logs_id_index ON logs (id);
