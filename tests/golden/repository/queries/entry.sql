SELECT * FROM entries WHERE id = ?
