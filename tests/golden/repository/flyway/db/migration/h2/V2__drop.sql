DROP TABLE [entries];
