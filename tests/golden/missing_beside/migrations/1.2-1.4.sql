COMMENT ON TABLE notes IS 'what users write';
