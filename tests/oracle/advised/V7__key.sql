ALTER TABLE members ADD PRIMARY KEY (team, person);
