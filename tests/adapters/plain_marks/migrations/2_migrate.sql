-- +migrate Up notransaction
CREATE TABLE b ();
-- +migrate Down
DROP TABLE b;
