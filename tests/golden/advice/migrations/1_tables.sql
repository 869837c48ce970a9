CREATE TABLE "Member" ("userId" bigint NOT NULL, "teamId" bigint NOT NULL);
