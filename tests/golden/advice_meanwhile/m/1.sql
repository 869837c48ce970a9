CREATE TABLE deps (id int PRIMARY KEY, name text UNIQUE NOT NULL); CREATE TABLE asg (vid bigserial PRIMARY KEY, id text NOT NULL);
CREATE TABLE ds (id int PRIMARY KEY, subgraph text NOT NULL);
CREATE TABLE a (analysis_id int, goal_id int, CONSTRAINT a_pk PRIMARY KEY (analysis_id, goal_id));
