CREATE TABLE crates (id serial PRIMARY KEY, name varchar NOT NULL);
