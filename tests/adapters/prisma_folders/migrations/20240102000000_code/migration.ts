export const migration = {};
