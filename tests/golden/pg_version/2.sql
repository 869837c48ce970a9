ALTER TRIGGER note ON events RENAME TO noted;
