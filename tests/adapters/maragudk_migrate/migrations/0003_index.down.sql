DROP INDEX hooks_internal_idx;
