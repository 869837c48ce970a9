DROP VIEW named;
ALTER TABLE rates ALTER COLUMN config TYPE json;
CREATE VIEW named AS SELECT s.id, p.name FROM slots s LEFT JOIN LATERAL (SELECT rates.* FROM rates WHERE rates.id = s.id) p ON true;
