CREATE TABLE slots (id bigint PRIMARY KEY, starts timestamptz NOT NULL, ends timestamptz NOT NULL, day date GENERATED ALWAYS AS ((starts AT TIME ZONE 'UTC')::date) STORED);
CREATE TABLE tokens (id bigint PRIMARY KEY, uuid uuid NOT NULL, note text);
CREATE TABLE prices (id bigint PRIMARY KEY, config jsonb NOT NULL, name text, bucket text NOT NULL, CONSTRAINT prices_name UNIQUE (name, bucket));
CREATE TABLE cases_external (id bigserial PRIMARY KEY);
CREATE TABLE cases (id bigint PRIMARY KEY, external_id bigint);
CREATE TABLE rates (id bigint PRIMARY KEY, config jsonb NOT NULL, name text);
CREATE VIEW named AS SELECT s.id, p.name FROM slots s LEFT JOIN LATERAL (SELECT rates.* FROM rates WHERE rates.id = s.id) p ON true;
