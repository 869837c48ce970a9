UPDATE /* SCHEMA */.users SET email = '' WHERE email IS NULL;
