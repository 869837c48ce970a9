{{ dropColumnIfNeeded "notes" "kind" }}
