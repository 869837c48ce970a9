ALTER TABLE ONLY "{{ index .Options "Namespace" }}".users ADD COLUMN name text;
