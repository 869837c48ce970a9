UPDATE rates SET rate = 7 WHERE kind = 'food' AND country = 'DE';
UPDATE rates SET rate = 10 WHERE country = 'AT' AND kind = 'food';
