CREATE TYPE state AS ENUM ('APPROVED', 'PENDING');
CREATE TABLE u (id int PRIMARY KEY, status varchar(36) NOT NULL CONSTRAINT u_status_check CHECK (status IN ('Pending', 'Approved')), role varchar(9), note text);
CREATE TABLE v (id int PRIMARY KEY, status varchar(36) NOT NULL, role varchar(9));
CREATE TABLE w (id int PRIMARY KEY, status varchar(36) NOT NULL CONSTRAINT w_status_check CHECK (status <> ''), role varchar(9));
