-- VACUUM is a word here
SELECT 1;
SELECT 1;  
