ALTER TABLE users
	ADD COLUMN a text,
	DROP COLUMN email;
