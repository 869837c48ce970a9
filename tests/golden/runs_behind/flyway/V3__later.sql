CREATE VIEW lists AS SELECT id, email FROM users;
