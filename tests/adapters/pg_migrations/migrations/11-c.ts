export default async (db) => {};
