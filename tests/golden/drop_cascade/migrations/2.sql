DROP VIEW emails, short_emails CASCADE;
