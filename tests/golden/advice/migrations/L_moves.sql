CREATE TABLE moves (id bigint PRIMARY KEY, place text NOT NULL);
