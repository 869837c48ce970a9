CREATE INDEX carts_again ON carts (user_id);
