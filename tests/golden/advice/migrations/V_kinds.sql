CREATE TABLE tagged (id bigint PRIMARY KEY, tag_id bigint NOT NULL REFERENCES tags);
CREATE INDEX tagged_tag_id_idx ON tagged (tag_id);
ALTER TABLE kinds ADD CONSTRAINT kinds_tag_id_fkey FOREIGN KEY (tag_id) REFERENCES tags NOT VALID;
CREATE INDEX kinds_tag_id_idx ON kinds (tag_id);
