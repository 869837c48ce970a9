ALTER TYPE mood ADD VALUE 'mixed';
