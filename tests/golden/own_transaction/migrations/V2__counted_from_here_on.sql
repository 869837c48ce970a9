CREATE TRIGGER counted_too AFTER INSERT ON builds FOR EACH ROW EXECUTE FUNCTION count_one();
INSERT INTO counts (n) SELECT count(*) FROM builds;
COMMENT ON TABLE counts IS 'one row';
