UPDATE kids SET name = upper(name);
UPDATE parents SET name = upper(name);
