CREATE INDEX events_at_idx ON events (at)
	WHERE id > 0;
CREATE INDEX things_name_idx ON ${schema}.things (name);
ALTER TABLE ${schema}.things ALTER COLUMN name SET NOT NULL;
