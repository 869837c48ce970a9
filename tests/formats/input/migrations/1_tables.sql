CREATE TABLE "näive <&> tables" (id bigint, email text);
