CREATE TABLE users (id bigint PRIMARY KEY, org_id bigint REFERENCES users);
DO $$ DECLARE n bigint; BEGIN
	SELECT max(id) INTO n FROM users;
	EXECUTE format('SELECT make_index(%s)', n);
END $$;
