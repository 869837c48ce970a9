--! Previous: sha1:5cafb557072d0d54e9fe358d6d27a87721c8d268
--! Hash: sha1:7903c255bdd4af1a92459e66e8ad50cd977ed714
CREATE TABLE h (id int);
