-- Whose is it?
CREATE TABLE attachments (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	task_id bigint NOT NULL,
	file_name text NOT NULL
);
CREATE INDEX attachments_task_id_idx ON attachments (task_id);
