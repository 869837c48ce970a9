ALTER TABLE users ADD COLUMN IF NOT EXISTS mark uuid DEFAULT gen_random_uuid();
ALTER TABLE users ADD COLUMN IF NOT EXISTS "Mark" bigserial;
