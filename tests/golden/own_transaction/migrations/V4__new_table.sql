CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE logs (id bigint PRIMARY KEY, build_id bigint REFERENCES builds, mood mood);
CREATE INDEX logs_build_id_idx ON logs (build_id);
COMMENT ON TABLE counts IS 'one row only';
