-- ${flyway:timestamp}
CREATE OR REPLACE VIEW stamps AS SELECT id, email FROM users;
