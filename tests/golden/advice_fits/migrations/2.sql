ALTER TABLE pages ALTER chapter TYPE varchar(3) USING to_char(chapter, 'fm000');
ALTER TABLE pages ALTER mood TYPE mood USING lower(mood)::mood;
ALTER TABLE pages ALTER former TYPE mood USING former::mood;
ALTER TABLE pages ALTER price TYPE numeric(5, 2) USING price * 100;
ALTER TABLE pages ALTER code TYPE varchar(5) USING CASE code WHEN '' THEN 'none' ELSE code END;
ALTER TABLE elsewhere ALTER code TYPE varchar(5);
