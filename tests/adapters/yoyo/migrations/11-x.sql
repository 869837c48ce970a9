-- transactional: false
-- depends: 10-ten
INSERT INTO log (f) VALUES ('11');
CREATE INDEX CONCURRENTLY i11 ON log (f);
