DROP TABLE app.jobs;
