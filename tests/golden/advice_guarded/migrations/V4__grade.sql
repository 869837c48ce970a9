ALTER TABLE users ADD COLUMN IF NOT EXISTS grade integer CHECK (grade > 0);
