// generateSql()
