-- migrate:up transaction:false transaction:true
CREATE TABLE c ();
-- migrate:down note	transaction:false
DROP TABLE c;
