DROP INDEX logs_id_index;
DROP TABLE logs;
