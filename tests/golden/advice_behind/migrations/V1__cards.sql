CREATE TYPE category AS ENUM ('house', 'mine');
CREATE TABLE cards (id bigint PRIMARY KEY, category category NOT NULL, parent_id bigint);
