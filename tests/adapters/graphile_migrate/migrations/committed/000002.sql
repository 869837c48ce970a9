--! Previous: sha1:aa
--! Hash: sha1:bb

--!no-transaction
CREATE INDEX CONCURRENTLY a_id_idx ON a (id);
