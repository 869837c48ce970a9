CREATE TYPE state AS ENUM ('pending', 'running');
CREATE TABLE task (id uuid PRIMARY KEY, entity uuid NOT NULL, queue text NOT NULL, key uuid NOT NULL, status state NOT NULL, CONSTRAINT task_once UNIQUE (key, queue));
CREATE TABLE job (id uuid PRIMARY KEY, entity uuid NOT NULL, queue text NOT NULL, key uuid NOT NULL, CONSTRAINT job_once UNIQUE (key, queue));
CREATE TABLE run (id uuid PRIMARY KEY, entity uuid NOT NULL, queue text NOT NULL, key uuid NOT NULL, CONSTRAINT run_once UNIQUE (key, queue));
CREATE TABLE ran (id uuid PRIMARY KEY, entity uuid NOT NULL, queue text NOT NULL, key uuid NOT NULL, CONSTRAINT ran_once UNIQUE (key, queue));
