CREATE TRIGGER counted_three AFTER INSERT ON builds FOR EACH ROW EXECUTE FUNCTION count_again();
COMMENT ON TRIGGER counted_three ON builds IS 'for the third page';
COMMENT ON TABLE builds IS 'of all branches';
