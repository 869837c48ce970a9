CREATE TYPE size AS ENUM ('S', 'XXXL');
CREATE TABLE shirts (id bigint PRIMARY KEY, s size);
