/* License:
 */
-- +migrate Up
CREATE TABLE licensed (id bigint PRIMARY KEY);
-- +migrate Down
DROP TABLE licensed;
