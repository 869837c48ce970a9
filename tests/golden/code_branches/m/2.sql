CREATE TABLE likes (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users);
SELECT create_index_if_not_exists('likes', 'user_id', '(user_id)');
SELECT create_index_if_not_exists('likes', 'user', '(user_id, id)', true);
CREATE TABLE marks (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users);
SELECT create_index_if_not_exists('marks', 'user_id', '(user_id)', unq => (SELECT true));
