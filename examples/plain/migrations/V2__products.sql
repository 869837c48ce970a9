CREATE TABLE products (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	sku text NOT NULL UNIQUE,
	price numeric(10, 2) NOT NULL CHECK (price >= 0)
);

CREATE TABLE order_items (
	order_id bigint NOT NULL REFERENCES orders,
	product_id bigint NOT NULL REFERENCES products,
	quantity integer NOT NULL DEFAULT 1,
	PRIMARY KEY (order_id, product_id)
);
