DROP VIEW on_call;
CREATE VIEW on_call AS SELECT user_id, at FROM calls;
