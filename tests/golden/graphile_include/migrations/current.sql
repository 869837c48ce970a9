SET lock_timeout = '2s';
--!include drop.sql
 --!include drop.sql
--! include nosuch.sql
--!include round.sql
-- the end
ALTER TABLE users ADD COLUMN age int;
