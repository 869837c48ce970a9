SET lock_timeout = '2s';
DO $$ BEGIN
	EXECUTE 'DROP TABLE ' || 'tags';
	EXECUTE format('DROP TABLE %I.%I', 'public', 'old' || '_' || 'tags');
	EXECUTE $x$DROP TABLE IF EXISTS other$x$;
	EXECUTE 'DROP TABLE ' || current_user;
	EXECUTE 'SELEC 1';
END $$;
DO 'BEGIN DROP TABLE "it''s"; END';
