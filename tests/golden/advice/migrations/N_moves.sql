UPDATE moves SET place = 'north' WHERE place = 'n';
UPDATE moves SET place = 'south' WHERE place = 's';
