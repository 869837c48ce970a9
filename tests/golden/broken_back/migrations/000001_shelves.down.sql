RAISE 'shelves stay';
