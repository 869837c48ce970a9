CREATE VIEW placed AS SELECT -s.number AS number, a.id FROM alerts a JOIN steps s ON s.id = a.service_id ORDER BY number;
CREATE VIEW kept AS SELECT number AS place, a.id FROM alerts a JOIN steps s ON s.id = service_id ORDER BY number;
