ALTER TABLE profiles ALTER COLUMN redeemed SET DEFAULT now();
