CREATE TYPE message_state AS ENUM ('sent', 'read');

CREATE TABLE messages (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	room_id integer NOT NULL REFERENCES rooms,
	user_id uuid NOT NULL REFERENCES users,
	state message_state NOT NULL DEFAULT 'sent',
	body text NOT NULL
);
CREATE INDEX messages_room_id_idx ON messages (room_id, id);
