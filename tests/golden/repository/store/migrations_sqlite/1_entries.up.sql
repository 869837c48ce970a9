CREATE TABLE entries (id integer PRIMARY KEY AUTOINCREMENT, body blob);
