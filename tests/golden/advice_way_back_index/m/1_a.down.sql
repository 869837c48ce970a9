DROP TABLE old_pins; DROP TABLE data; DROP TABLE pins;
