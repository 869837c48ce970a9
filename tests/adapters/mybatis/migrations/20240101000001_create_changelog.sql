-- // Create Changelog
CREATE TABLE ${changelog} (id numeric(20,0) NOT NULL);

-- //@UNDO
DROP TABLE ${changelog};
