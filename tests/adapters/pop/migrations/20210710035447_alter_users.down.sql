ALTER TABLE ONLY "{{ index .Options "Namespace" }}".users DROP COLUMN name;
