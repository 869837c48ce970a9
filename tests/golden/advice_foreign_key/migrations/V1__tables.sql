CREATE TABLE singers (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE songs (id bigint PRIMARY KEY, singer_id bigint NOT NULL, writer_id bigint NOT NULL REFERENCES singers, title text NOT NULL);
