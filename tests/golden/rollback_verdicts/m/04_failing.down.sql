DROP TABLE teams;
DROP TABLE member;
