CREATE INDEX hooks_internal_idx ON hooks (internal);
