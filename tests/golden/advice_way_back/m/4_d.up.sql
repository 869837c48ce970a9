CREATE TABLE notes (id bigint PRIMARY KEY, charge_id bigint);
