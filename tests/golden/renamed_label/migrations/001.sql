CREATE TABLE public."Connector" (id bigint PRIMARY KEY);
CREATE TABLE JOBS (id bigint PRIMARY KEY);
ALTER TABLE "Connector" RENAME TO connector;
