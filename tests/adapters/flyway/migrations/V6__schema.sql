CREATE TABLE ${app.schema}.teams (id int);
