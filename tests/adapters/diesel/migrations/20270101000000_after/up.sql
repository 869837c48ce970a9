COMMENT ON TABLE crates IS 'packages';
