CREATE TABLE @other.b (id bigint PRIMARY KEY, mail text DEFAULT 'x@other.org');
CREATE INDEX b_mail ON @other.b (mail);
