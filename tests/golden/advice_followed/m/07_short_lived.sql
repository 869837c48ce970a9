ALTER TABLE tokens ALTER COLUMN note SET NOT NULL;
UPDATE tokens SET uuid = gen_random_uuid() WHERE note = 'new';
ALTER TABLE tokens DROP COLUMN note;
