--! Previous: sha1:0b71f0bd3574ac598033a5706bb3fb53488684cf
--! Hash: sha1:df9b13ab6f6d102598671f2733098be8e8f4542c

--!no-transaction
CREATE INDEX CONCURRENTLY a_id_idx ON a (id);
