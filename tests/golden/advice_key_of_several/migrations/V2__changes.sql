UPDATE sectors SET kind = 'cc' WHERE "Size" IS NULL;
UPDATE sectors s SET kind = p.kind FROM providers p WHERE p.sp_id = s.sp_id;
DELETE FROM files;
UPDATE parts SET kind = 'cc';
