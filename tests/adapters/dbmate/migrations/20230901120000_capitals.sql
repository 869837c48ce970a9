-- Migrate:Up
CREATE TABLE f ();
-- migrate:down
