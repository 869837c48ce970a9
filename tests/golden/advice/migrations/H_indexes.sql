SET lock_timeout = '5s';
CREATE TABLE crm.rooms (id bigint NOT NULL, hall integer NOT NULL, label text NOT NULL);
CREATE INDEX rooms_label_idx ON crm.rooms (label);
CREATE UNIQUE INDEX rooms_id_idx ON crm.rooms (id);
