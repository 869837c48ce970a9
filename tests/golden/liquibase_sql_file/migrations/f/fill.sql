-- what stands for all
UPDATE tasks SET label = 'x' || id;
