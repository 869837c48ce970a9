DROP VIEW on_call;
CREATE OR REPLACE VIEW on_call AS
WITH open AS (
  SELECT s.user_id, a.id AS alert_id, a.status
  FROM alerts a, steps s
  WHERE ((s.id = a.service_id) AND (a.status <> 'closed'))
  GROUP BY s.user_id, a.id
)
SELECT DISTINCT o.alert_id, o.status, CASE WHEN (o.user_id IS NULL) THEN c.user_id ELSE o.user_id END AS user_id
FROM (open o LEFT JOIN calls c ON ((c.at = o.alert_id)));
