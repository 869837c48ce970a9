CREATE TABLE users (id bigint PRIMARY KEY, org_id bigint REFERENCES users);
DO $$ DECLARE n bigint; BEGIN
	SELECT max(id) INTO n FROM users;
	EXECUTE format('SELECT setval(''users_id_seq'', %s)', n);
	EXECUTE format('ALTER SEQUENCE users_id_seq RESTART WITH %s', n);
END $$;
