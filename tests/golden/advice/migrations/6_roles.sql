\set billing_password `cat billing.secret`
CREATE ROLE billing LOGIN PASSWORD :'billing_password';
CREATE ROLE mailing LOGIN PASSWORD 'secret';
