/* alone */
create unique  index
  concurrently accounts_email ON accounts (email);
DROP INDEX CONCURRENTLY IF EXISTS old_one;
