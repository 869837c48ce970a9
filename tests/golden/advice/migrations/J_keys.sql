SET lock_timeout = '5s';
DROP INDEX crm.rooms_id_idx;
ALTER TABLE crm.rooms ADD PRIMARY KEY (id);
