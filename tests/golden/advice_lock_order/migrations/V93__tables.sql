CREATE TABLE plans (id int PRIMARY KEY, frequency text);
CREATE TABLE payments (id bigint PRIMARY KEY, plan_id int REFERENCES plans, due date, tries int);
CREATE INDEX payments_due ON payments (due);
CREATE INDEX payments_tries ON payments (tries);
CREATE INDEX plans_frequency ON plans (frequency);
CREATE TABLE refunds (id bigint PRIMARY KEY, payment_id bigint CONSTRAINT refunds_payment REFERENCES payments);
