DROP TABLE IF EXISTS old_events;
DELETE FROM events WHERE v = 'x';
