CREATE INDEX t_p_idx ON t (p);
