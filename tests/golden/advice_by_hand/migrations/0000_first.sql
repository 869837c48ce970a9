CREATE TABLE "users" ("id" bigint PRIMARY KEY, "email" text NOT NULL);
CREATE TABLE "Payments" ("id" bigint PRIMARY KEY, "UserId" bigint NOT NULL, "amount" numeric NOT NULL, "payer" text);
