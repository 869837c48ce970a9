CREATE TABLE repo (id serial PRIMARY KEY, name citext NOT NULL);
