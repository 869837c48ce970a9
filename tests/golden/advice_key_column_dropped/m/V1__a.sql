CREATE TABLE w (id int PRIMARY KEY, a text, c text NOT NULL, h varchar(64) NOT NULL DEFAULT '', CONSTRAINT w_policy UNIQUE (a, h));
CREATE TABLE x (id int PRIMARY KEY, a text, c text NOT NULL, h varchar(64) NOT NULL DEFAULT '', CONSTRAINT x_policy UNIQUE (a, h));
CREATE TABLE y (id int NOT NULL, a text NOT NULL, c text NOT NULL, other text, CONSTRAINT y_pkey PRIMARY KEY (id, a));
CREATE TABLE z (id int PRIMARY KEY, a text, h text, CONSTRAINT z_policy UNIQUE (a, h));
CREATE TABLE s (id int PRIMARY KEY, a text, c text NOT NULL, h text, CONSTRAINT s_policy UNIQUE (a, h));
