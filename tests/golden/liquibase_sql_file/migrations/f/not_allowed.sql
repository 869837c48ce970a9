UPDATE tasks SET state = lower(state)
