CREATE TABLE alerts (id bigint PRIMARY KEY, status text, service_id bigint);
CREATE TABLE steps (id bigint PRIMARY KEY, user_id bigint, number integer);
CREATE TABLE calls (user_id bigint PRIMARY KEY, at integer);
CREATE VIEW on_call AS
WITH open AS (
  SELECT s.user_id, a.id AS alert_id, a.status
  FROM alerts a, steps s
  WHERE s.id = a.service_id AND a.status != 'closed'
  GROUP BY user_id, a.id
)
SELECT DISTINCT o.alert_id, status, CASE WHEN o.user_id IS NULL THEN c.user_id ELSE o.user_id END
FROM open o LEFT JOIN calls c ON c.at = o.alert_id;
