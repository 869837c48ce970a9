DROP TABLE posts;
DROP TABLE users;
DROP TYPE mood;
