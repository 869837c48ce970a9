-- +migrate Up notransaction
CREATE TABLE run3 (id bigint PRIMARY KEY, workflow_id bigint NOT NULL);
-- +migrate StatementBegin
DO $$ BEGIN
    alter table run3 add constraint fk_r3 foreign key (workflow_id) references workflow (id);
END $$;
-- +migrate StatementEnd
CREATE TABLE other3 (id bigint PRIMARY KEY);
