CREATE TABLE customers (id bigint PRIMARY KEY);
CREATE TABLE orders (id serial, customer_id bigint, at date NOT NULL, total integer) PARTITION BY RANGE (at);
CREATE INDEX orders_total_idx ON orders (total);
CREATE TABLE orders_2024 PARTITION OF orders FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE orders_2025 PARTITION OF orders FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE drafts (id bigserial PRIMARY KEY, customer_id bigint);
CREATE FUNCTION note_order() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER noted AFTER INSERT ON orders FOR EACH STATEMENT EXECUTE FUNCTION note_order();
