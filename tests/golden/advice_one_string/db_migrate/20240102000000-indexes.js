exports.up = (db) => db.runSql('');
