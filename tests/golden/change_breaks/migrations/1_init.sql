CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (user_id bigint CONSTRAINT orders_user REFERENCES users);
CREATE TABLE carts (user_id bigint CONSTRAINT carts_user REFERENCES users);
CREATE TABLE notes (user_id bigint CONSTRAINT notes_user REFERENCES users);
-- dbopt-migrate: allow unindexed-key because it is small
CREATE TABLE roles (user_id bigint CONSTRAINT roles_user REFERENCES users);
-- dbopt-migrate: allow nonsense
CREATE INDEX orders_idx ON orders (user_id);
CREATE INDEX carts_idx ON carts (user_id);
CREATE INDEX roles_idx ON roles (user_id);
