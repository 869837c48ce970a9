CREATE TABLE shown (id bigint PRIMARY KEY, begun timestamptz NOT NULL, ended timestamp, a integer, b integer);
CREATE VIEW ends AS SELECT s.ended, n.value FROM shown s CROSS JOIN LATERAL json_each_text('{}') AS n;
CREATE MATERIALIZED VIEW last_end AS SELECT max(ended) FROM ends;
CREATE VIEW begins AS SELECT s.begun, n.value FROM shown s CROSS JOIN LATERAL json_each_text('{}') AS n;
