TRUNCATE prices, plans;
