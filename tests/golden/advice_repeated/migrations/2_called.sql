CREATE FUNCTION set_rate(new_country text, new_rate numeric) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	UPDATE rates SET rate = new_rate WHERE country = new_country AND kind = 'full';
END $$;
SELECT set_rate('DE', 19);
SELECT set_rate('FR', 20);
SELECT set_rate('AT', 20);
DROP FUNCTION set_rate(text, numeric);
