-- run by hand after a restore
SELECT 1;
