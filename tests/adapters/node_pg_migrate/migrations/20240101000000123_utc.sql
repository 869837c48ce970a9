CREATE INDEX a_name ON a (name);
