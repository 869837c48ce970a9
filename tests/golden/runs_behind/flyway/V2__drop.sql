DROP VIEW emails;
DROP VIEW names;
DROP VIEW stamps;
DROP VIEW lists;
DROP FUNCTION total();
DROP FUNCTION rest();
DROP FUNCTION most();
