SET lock_timeout = '5s';
DROP INDEX crm.rooms_label_idx;
CREATE UNIQUE INDEX rooms_label_idx ON crm.rooms (label, hall);
