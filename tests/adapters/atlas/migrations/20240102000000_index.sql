-- atlas:txmode none

CREATE INDEX CONCURRENTLY a_id_idx ON a (id);
