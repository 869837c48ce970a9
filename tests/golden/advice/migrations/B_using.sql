SET lock_timeout = '5s';
ALTER TABLE crm.notes ALTER COLUMN mood TYPE mood USING mood::mood;
ALTER TABLE crm.notes ALTER COLUMN "Size" TYPE integer
  USING CASE WHEN notes.mood = 'mood' THEN length("Size") + coalesce(crm.notes.length::int, 0) ELSE crm.notes."Size"::int END;
ALTER TABLE crm.notes ALTER COLUMN length TYPE varchar(5) USING substr(notes::text, 1, 5);
