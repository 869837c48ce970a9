DROP TABLE IF EXISTS older_events;
