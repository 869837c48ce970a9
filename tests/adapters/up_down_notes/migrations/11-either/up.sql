CREATE INDEX {{ if not .Transactional }}CONCURRENTLY{{ end }} ON orders (id);
