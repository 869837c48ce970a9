SET lock_timeout = '1s';
ALTER TABLE amounts ALTER gas TYPE varchar(40);
