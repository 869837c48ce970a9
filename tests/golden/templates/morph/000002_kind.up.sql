{{ addColumnIfNeeded "notes" "kind" "varchar(9)" "" }} {{ createIndexIfNeeded "notes" "kind" }}
