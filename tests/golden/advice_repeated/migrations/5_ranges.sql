UPDATE places SET kind = gen_random_uuid();
UPDATE parts SET name = gen_random_uuid();
UPDATE named SET name = lower(name);
UPDATE labels SET label = lower(label);
UPDATE elsewhere SET label = lower(label);
