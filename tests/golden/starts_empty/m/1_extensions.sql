CREATE EXTENSION postgis;
CREATE EXTENSION pg_cron;
GRANT SELECT ON geometry_columns TO reader;
DELETE FROM cron.job WHERE jobname = 'nightly';
DROP TABLE timescaledb_information.jobs;
DROP TABLE orders;
