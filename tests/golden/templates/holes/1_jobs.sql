CREATE TABLE :APP_SCHEMA.jobs (id bigint PRIMARY KEY, n int, at timestamptz);
CREATE FUNCTION :APP_SCHEMA.add_job(k int) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO :APP_SCHEMA.jobs (id, n) VALUES (1, k::INT);
END $$;
CREATE ROLE worker LOGIN PASSWORD :'PASSWORD';
SELECT ARRAY[row(1, 2, now())]:::APP_SCHEMA.jobs[];
