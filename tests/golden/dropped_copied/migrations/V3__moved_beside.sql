ALTER TABLE flagged ADD COLUMN gone_at timestamptz;
UPDATE flagged SET gone_at = now() WHERE is_gone;
ALTER TABLE flagged DROP COLUMN is_gone;
UPDATE flagged SET note = upper(note);
ALTER TABLE flagged DROP COLUMN note;
