CREATE TABLE rooms (id bigint PRIMARY KEY, label text NOT NULL);
CREATE TABLE doors (id bigint PRIMARY KEY, room_id bigint CONSTRAINT doors_room REFERENCES rooms (id));
CREATE TABLE locks (id bigint PRIMARY KEY, room_id bigint CONSTRAINT locks_room REFERENCES rooms (id));
