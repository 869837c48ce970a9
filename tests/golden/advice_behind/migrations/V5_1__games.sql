CREATE TABLE shifts (code text, note text);
