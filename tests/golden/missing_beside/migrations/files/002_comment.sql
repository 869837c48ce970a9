COMMENT ON TABLE files IS 'what users upload';
