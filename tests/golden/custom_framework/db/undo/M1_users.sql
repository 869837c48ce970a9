DROP TABLE @{app}.users;
