CREATE TABLE trips (name text NOT NULL, start_at timestamp);
CREATE TABLE stays (id bigint PRIMARY KEY, start_at timestamp);
