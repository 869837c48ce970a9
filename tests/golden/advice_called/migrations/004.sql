-- +migrate Up
CREATE TABLE task (id bigint PRIMARY KEY, workflow_id bigint NOT NULL);
-- +migrate StatementBegin
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'fk_task') THEN
    alter table task add constraint fk_task foreign key (workflow_id) references workflow (id);
  END IF;
END $$;
-- +migrate StatementEnd
CREATE TABLE log (id bigint PRIMARY KEY);
INSERT INTO log SELECT generate_series(1,1000000);
