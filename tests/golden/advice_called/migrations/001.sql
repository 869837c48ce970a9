-- +migrate Up
CREATE TABLE workflow (id bigint PRIMARY KEY);
-- +migrate StatementBegin
CREATE FUNCTION create_foreign_key() RETURNS void AS $$
begin
  alter table run add constraint fk_r foreign key (workflow_id) references workflow (id);
end;
$$ LANGUAGE plpgsql;
-- +migrate StatementEnd
