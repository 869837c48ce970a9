CREATE TABLE members (team bigint, person bigint);
