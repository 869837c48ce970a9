-- down migration is by hand
CREATE TABLE k ();
