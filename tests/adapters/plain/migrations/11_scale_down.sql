ALTER TABLE tags ADD COLUMN scale_down boolean;
