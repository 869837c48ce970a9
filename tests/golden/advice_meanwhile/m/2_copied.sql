SET lock_timeout = '2s';
ALTER TABLE asg ADD COLUMN new_id int; 
UPDATE asg a SET new_id = d.id FROM deps d WHERE d.name = a.id;
ALTER TABLE asg DROP COLUMN id; ALTER TABLE asg RENAME COLUMN new_id TO id; ALTER TABLE asg ALTER COLUMN id SET NOT NULL;
