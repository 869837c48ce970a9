CREATE TABLE users (
	id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
	handle text NOT NULL UNIQUE
);

CREATE TABLE rooms (
	id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	topic text NOT NULL
);
