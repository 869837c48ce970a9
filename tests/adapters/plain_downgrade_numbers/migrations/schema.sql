CREATE TABLE notes (id bigint PRIMARY KEY, c2 text, c3 text, c4 text, c5 text, d5 text);
CREATE TABLE plan_downgrade_2 (id bigint PRIMARY KEY);
