CREATE TABLE shop.orders (id int);
