ALTER TABLE crm.t ALTER email TYPE text COLLATE crm.german;
ALTER TABLE crm.t ALTER a TYPE text COLLATE "C";
