ALTER TABLE halls ADD COLUMN size bigint CONSTRAINT halls_size_check CHECK (size >= 0);
CREATE TABLE hall_references (hall_id bigint NOT NULL REFERENCES halls (id), size bigint);
CREATE INDEX hall_references_hall_id_idx ON hall_references (hall_id);
