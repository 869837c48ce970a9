CREATE TABLE req (id int PRIMARY KEY, k text NOT NULL, started timestamptz, CONSTRAINT req_k_key UNIQUE (k));
CREATE TABLE conds (id serial PRIMARY KEY, parent_id int REFERENCES conds (id), code text NOT NULL);
