SET search_path = '{{ .Schema }}'; CREATE TABLE orders (id bigint PRIMARY KEY);
