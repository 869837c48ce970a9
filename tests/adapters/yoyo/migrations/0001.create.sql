-- a comment

CREATE TABLE log (n serial, f text);
