${ignoreIfProd} ALTER TABLE orders DROP CONSTRAINT note_given;
