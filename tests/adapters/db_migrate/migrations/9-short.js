// reads the files of sqls/
