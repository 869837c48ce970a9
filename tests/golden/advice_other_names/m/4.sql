BEGIN;
ALTER TABLE users ADD COLUMN active boolean NOT NULL DEFAULT true;
INSERT INTO users (id, email, active) VALUES (1, '', false);
UPDATE users SET active = true WHERE email <> '';
COMMIT;
