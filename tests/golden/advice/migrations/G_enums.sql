SET lock_timeout = '5s';
ALTER TYPE crm.latch RENAME TO latch_old;
CREATE TYPE crm.latch AS ENUM ('locked', 'open', 'ajar', 'broken');
ALTER TABLE crm.doors ALTER COLUMN state TYPE crm.latch USING state::text::crm.latch;
DROP TYPE crm.latch_old;
