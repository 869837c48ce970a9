DROP INDEX orders_idx, carts_idx, roles_idx;
ALTER TABLE notes RENAME TO remarks;
ALTER TABLE unseen ADD COLUMN user_id bigint REFERENCES users;
