DROP INDEX CONCURRENTLY users_id_email_idx;
