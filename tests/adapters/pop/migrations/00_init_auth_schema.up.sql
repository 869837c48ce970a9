CREATE TABLE {{ index .Options "Namespace" }}.users (id bigint PRIMARY KEY);
