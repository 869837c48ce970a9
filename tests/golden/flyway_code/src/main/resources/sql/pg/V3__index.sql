SET lock_timeout = '2s';
COMMENT ON COLUMN users.leader_id IS 'a team';
