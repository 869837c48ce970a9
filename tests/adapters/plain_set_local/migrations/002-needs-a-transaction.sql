SET LOCAL lock_timeout = '2s';
ALTER TABLE shops ADD COLUMN town text;
