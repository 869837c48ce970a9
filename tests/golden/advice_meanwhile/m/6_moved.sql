INSERT INTO blobs (key, file) SELECT 'logos/' || id, file FROM uploads;
ALTER TABLE tenants ADD COLUMN logo_key text;
UPDATE tenants SET logo_key = 'logos/' || u.id FROM uploads u WHERE u.id = tenants.logo_id;
ALTER TABLE tenants DROP COLUMN logo_id;
DROP TABLE uploads;
UPDATE people SET mail = a.mail FROM accounts a WHERE a.id = people.id;
DELETE FROM people USING accounts a WHERE a.id = people.id AND a.mail = '';
DROP TABLE accounts;
