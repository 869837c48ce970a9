TRUNCATE doubtful;
