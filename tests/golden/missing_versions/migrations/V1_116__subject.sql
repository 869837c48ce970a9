CREATE TABLE letters (id bigint PRIMARY KEY);
COMMENT ON COLUMN templates.subject IS 'one line';
COMMENT ON COLUMN templates.language IS 'of both';
COMMENT ON COLUMN letters.subject IS 'one line';
