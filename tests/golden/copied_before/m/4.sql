CREATE TABLE deals (id bigint PRIMARY KEY, seen timestamptz, at timestamptz, note text, sum integer);
CREATE TABLE results (id bigint PRIMARY KEY, at timestamptz, remark text, kind text);
