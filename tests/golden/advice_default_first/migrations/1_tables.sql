CREATE TABLE u (id bigint primary key, a int, b text);
CREATE TABLE w (id bigint primary key, a int, b text, c text);
