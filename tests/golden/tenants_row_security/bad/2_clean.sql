UPDATE notes SET body = '-' WHERE body = '';
