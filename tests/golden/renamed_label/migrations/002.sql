SET lock_timeout = '2s';
ALTER TABLE connector ADD COLUMN position serial;
ALTER TABLE jobs ADD COLUMN position serial;
