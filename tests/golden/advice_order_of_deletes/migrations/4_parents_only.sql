DELETE FROM parents;
