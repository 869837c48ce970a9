CREATE VIEW placed AS SELECT -s.number AS number, a.id FROM alerts a JOIN steps s ON s.id = a.service_id ORDER BY s.number;
CREATE VIEW kept AS SELECT s.number AS place, a.id FROM alerts a JOIN steps s ON s.id = a.service_id ORDER BY s.number;
