DROP TABLE {{.prefix}}notes;
