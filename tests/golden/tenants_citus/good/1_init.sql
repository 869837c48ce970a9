CREATE TABLE accounts (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE currencies (code text PRIMARY KEY);
CREATE TABLE stores (account_id bigint NOT NULL REFERENCES accounts (id), id bigint NOT NULL, PRIMARY KEY (account_id, id));
CREATE TABLE products (account_id bigint NOT NULL, id bigint NOT NULL, store_id bigint, sku text NOT NULL,
	PRIMARY KEY (account_id, id), UNIQUE (account_id, sku),
	FOREIGN KEY (account_id, store_id) REFERENCES stores (account_id, id) ON DELETE SET NULL (store_id));
CREATE TABLE orders (account_id bigint NOT NULL REFERENCES accounts (id), id bigint NOT NULL, product_id bigint,
	PRIMARY KEY (account_id, id), FOREIGN KEY (account_id, product_id) REFERENCES products (account_id, id));
CREATE TABLE payments (account_id bigint NOT NULL REFERENCES accounts (id), id bigint NOT NULL, PRIMARY KEY (account_id, id));
CREATE TABLE refunds (account_id bigint NOT NULL, id bigint NOT NULL, payment_id bigint,
	PRIMARY KEY (account_id, id), FOREIGN KEY (account_id, payment_id) REFERENCES payments (account_id, id));
SELECT create_reference_table('currencies');
SELECT create_distributed_table('accounts', 'id');
SELECT create_distributed_table('stores', 'account_id');
SELECT create_distributed_table('products', 'account_id');
SELECT create_distributed_table('orders', 'account_id');
SELECT create_distributed_table('payments', 'account_id');
SELECT create_distributed_table('refunds', 'account_id');
