UPDATE users SET email = lower(email) WHERE id < 100;
