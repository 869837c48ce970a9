ALTER TABLE mails ADD COLUMN sent boolean;
