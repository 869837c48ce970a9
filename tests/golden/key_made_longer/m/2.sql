UPDATE catalogs SET name = name || '_' || gen_random_uuid() WHERE gone;
UPDATE catalogs SET place = place + 1 WHERE NOT gone;
