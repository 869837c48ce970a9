SET lock_timeout = '2s';
ALTER TABLE verification_tokens_of_identities ALTER COLUMN verification_flow_of_the_self_service SET NOT NULL;
ALTER TABLE verification_tokens_of_identities ADD FOREIGN KEY (id) REFERENCES verification_tokens_of_identities;
