DROP TABLE pages_words;
DROP TABLE pages;
