CREATE TABLE cities (id ${id_type} PRIMARY KEY);
CREATE TABLE streets (id ${id_type} PRIMARY KEY, city_id ${id_city_type} NOT NULL REFERENCES cities);
CREATE INDEX streets_city_id_idx ON streets (city_id);
