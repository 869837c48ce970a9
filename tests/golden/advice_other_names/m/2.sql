ALTER TABLE notes ADD CONSTRAINT concept_id FOREIGN KEY (concept_id) REFERENCES concepts (concept_id);
ALTER TABLE notes ADD CONSTRAINT parent_id FOREIGN KEY (parent_id) REFERENCES concepts (concept_id);
