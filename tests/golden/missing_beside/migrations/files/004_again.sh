#!/bin/sh
psql -c "CREATE INDEX files_user_id_idx ON files (user_id)"
