INSERT INTO kinds VALUES (1, 'few', 'x');
UPDATE kinds SET label = 'y' WHERE name = 'few';
UPDATE kinds SET label = 'z' WHERE shown = true;
