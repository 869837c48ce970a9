CREATE TABLE app.u (id int);
