ALTER TABLE counts ADD COLUMN at timestamptz;
DROP TRIGGER IF EXISTS counted_four ON builds;
CREATE TRIGGER counted_four AFTER INSERT ON builds FOR EACH ROW EXECUTE FUNCTION count_one();
ALTER TABLE counts ADD COLUMN by text;
