# a comment
-- atlas:txmode none
  
CREATE INDEX CONCURRENTLY a_id_too ON a (id);
