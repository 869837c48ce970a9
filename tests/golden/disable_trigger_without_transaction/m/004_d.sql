SET lock_timeout = '2s';
CREATE EXTENSION moddatetime;
CREATE TRIGGER users_stamp BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION moddatetime (stamp);
