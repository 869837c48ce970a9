COMMENT ON COLUMN templates.sender IS 'an address';
