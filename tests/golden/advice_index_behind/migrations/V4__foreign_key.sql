ALTER TABLE cards ADD COLUMN lender bigint NOT NULL DEFAULT 1;
ALTER TABLE cards ADD CONSTRAINT cards_lender_fk FOREIGN KEY (lender) REFERENCES owners (id);
ALTER TABLE cards ADD COLUMN giver bigint;
ALTER TABLE cards ADD CONSTRAINT cards_giver_fk FOREIGN KEY (giver) REFERENCES owners (id);
