COMMENT ON COLUMN files.user_id IS 'who did';
