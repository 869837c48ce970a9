CREATE TABLE parents (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE kids (id bigint PRIMARY KEY, parent_id bigint NOT NULL REFERENCES parents, name text);
CREATE INDEX ON kids (parent_id);
CREATE TABLE trees (id bigint PRIMARY KEY, up bigint REFERENCES trees);
CREATE TABLE leaves (id bigint PRIMARY KEY, tree_id bigint REFERENCES trees ON DELETE CASCADE);
CREATE INDEX ON trees (up);
CREATE INDEX ON leaves (tree_id);
