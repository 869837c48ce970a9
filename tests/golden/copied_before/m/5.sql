DO $$
DECLARE
	r record;
BEGIN
	FOR r IN SELECT id, d.at, note AS words, sum FROM deals d WHERE sum IS NOT NULL LOOP
		INSERT INTO results (id, at, remark) VALUES (r.id, r.at, upper(r.words));
		UPDATE deals SET sum = r.sum + 1 WHERE id = r.id;
	END LOOP;
END $$;
ALTER TABLE deals DROP COLUMN at, DROP COLUMN note, DROP COLUMN sum, DROP COLUMN seen;
