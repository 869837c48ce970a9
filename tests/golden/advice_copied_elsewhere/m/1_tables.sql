CREATE TABLE ticket (id int PRIMARY KEY, address text, country text);
CREATE TABLE vals (ticket_id int NOT NULL, field text, value text);
CREATE TABLE ext (id int PRIMARY KEY, path text);
CREATE TABLE logs (id int PRIMARY KEY, ext_id int);
CREATE TABLE profiles (id int PRIMARY KEY, link text, redeemed timestamptz);
CREATE TABLE doubtful (id int PRIMARY KEY, state text);
