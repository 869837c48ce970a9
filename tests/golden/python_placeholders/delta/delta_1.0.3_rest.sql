UPDATE things SET depth = depth %(id)sum WHERE id = 1;
