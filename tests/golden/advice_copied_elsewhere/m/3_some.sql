UPDATE profiles SET redeemed = now() WHERE link IS NOT NULL;
