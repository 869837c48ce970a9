SET lock_timeout = '5s';
CREATE TYPE crm.latch AS ENUM ('open', 'shut');
CREATE TABLE crm.doors (id bigint PRIMARY KEY, state crm.latch NOT NULL);
