UPDATE sectors SET sector_num = sector_num + 1000000, kind = 'x';
UPDATE sectors SET kind = 'y', sp_id = 7;
