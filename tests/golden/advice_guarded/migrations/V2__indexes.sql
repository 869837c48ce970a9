CREATE INDEX IF NOT EXISTS users_kind_idx ON users (kind);
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_class WHERE relname = 'users_old_idx') THEN CREATE INDEX users_old_idx ON users (old); END IF; END $$;
