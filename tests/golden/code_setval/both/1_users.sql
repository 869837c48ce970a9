CREATE TABLE users (id bigint PRIMARY KEY, org_id bigint REFERENCES users);
DO $$ DECLARE n bigint; BEGIN
	SELECT max(id) INTO n FROM users;
	EXECUTE format('SELECT setval(''users_id_seq'', %s), make_index(1)', n);
END $$;
