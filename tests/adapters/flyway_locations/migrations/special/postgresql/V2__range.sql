CREATE INDEX ON orders USING gist (int8range(id, id));
