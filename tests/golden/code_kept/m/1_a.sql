CREATE TABLE posts (id bigint PRIMARY KEY, n int);
CREATE FUNCTION inner_one() RETURNS void LANGUAGE plpgsql AS $$ BEGIN UPDATE posts SET n = 1; END $$;
