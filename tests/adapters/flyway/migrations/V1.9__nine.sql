-- VACUUM is a word here
SELECT 1;
