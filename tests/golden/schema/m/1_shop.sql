CREATE SCHEMA shop;
CREATE TYPE shop.state AS ENUM ('new', 'paid');
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE TABLE shop.customers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email varchar(200) NOT NULL UNIQUE
);
CREATE TABLE shop.orders (
    id serial PRIMARY KEY,
    customer_id bigint REFERENCES shop.customers ON DELETE CASCADE,
    "order" positive,
    state shop.state DEFAULT 'new',
    at timestamptz DEFAULT now(),
    CHECK ("order" < 1000)
);
CREATE INDEX ON shop.orders (customer_id, lower(state::text)) WHERE state <> 'paid';
CREATE VIEW shop.open_orders AS SELECT id, customer_id FROM shop.orders WHERE state = 'new';
CREATE FUNCTION shop.touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.at = now(); RETURN NEW; END $$;
CREATE TRIGGER touch BEFORE UPDATE ON shop.orders FOR EACH ROW EXECUTE FUNCTION shop.touch();
ALTER TABLE shop.orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON shop.orders FOR SELECT USING (customer_id = 1);
CREATE TABLE log (at date NOT NULL, line text) PARTITION BY RANGE (at);
CREATE TABLE log_2026 PARTITION OF log FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
