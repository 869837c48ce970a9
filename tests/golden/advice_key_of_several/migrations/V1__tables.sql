CREATE TABLE sectors (sp_id bigint NOT NULL, sector_num bigint NOT NULL, kind text, "Size" integer, PRIMARY KEY (sp_id, sector_num));
CREATE TABLE providers (sp_id bigint PRIMARY KEY, kind text);
CREATE TABLE files (owner bigint NOT NULL, path text NOT NULL, version bigint, kind text, UNIQUE (owner, path, version));
CREATE TABLE parts (owner bigint NOT NULL, at timestamptz NOT NULL, kind text);
CREATE UNIQUE INDEX parts_owner_at_key ON parts (owner, at DESC);
