SELECT set_config('app.state', 'old', true);
UPDATE builds SET state = current_setting('app.state');
ALTER TABLE builds ADD CONSTRAINT builds_state_known CHECK (state IN ('old', 'new')) NOT VALID;
