exports.up = (pgm) => pgm.createTable("f", {});
