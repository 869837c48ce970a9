CREATE INDEX users_email_idx ON users (email);
--> statement-breakpoint
CREATE INDEX CONCURRENTLY users_team_idx ON users (team);
