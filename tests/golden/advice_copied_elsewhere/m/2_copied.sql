INSERT INTO vals (ticket_id, field, value) SELECT ticket.id, 'address', address FROM ticket;
ALTER TABLE ticket DROP COLUMN address;
DELETE FROM ext;
ALTER TABLE logs ADD CONSTRAINT logs_ext FOREIGN KEY (ext_id) REFERENCES ext (id);
