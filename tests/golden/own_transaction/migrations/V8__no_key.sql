UPDATE counts SET n = n * 2 WHERE n % 3 = 1;
