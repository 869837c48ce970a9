DO $$
BEGIN
	UPDATE orders SET id = id;
	COMMIT;
END
$$;
