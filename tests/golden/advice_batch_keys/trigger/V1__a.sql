CREATE TABLE stamps (id text PRIMARY KEY, worker text NOT NULL);
