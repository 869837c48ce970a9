SET lock_timeout = '2s';
ALTER TABLE "Member" ADD CONSTRAINT "Member_pkey" PRIMARY KEY ("userId", "teamId");
ALTER TABLE "Member" ADD COLUMN "displayName" text NOT NULL;
