CREATE INDEX t_a ON ${schema}.t (a);
ALTER TABLE ${schema}.t ALTER COLUMN a SET NOT NULL;
