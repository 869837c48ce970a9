CREATE TABLE users (id bigint PRIMARY KEY, a text, b text, c text, d text, e text, f text, g text, h text);
CREATE TABLE old (id bigint PRIMARY KEY, d text, e text);
CREATE TABLE flagged (id bigint PRIMARY KEY, is_gone boolean, note text);
