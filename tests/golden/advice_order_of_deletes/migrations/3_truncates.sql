TRUNCATE parents, kids;
