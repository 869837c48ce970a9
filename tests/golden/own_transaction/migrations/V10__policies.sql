ALTER TABLE builds ENABLE ROW LEVEL SECURITY;
CREATE FUNCTION own_builds() RETURNS text LANGUAGE sql AS $$ SELECT 'own' $$;
CREATE POLICY builds_own ON builds USING (state = own_builds());
CREATE POLICY logs_own ON logs USING (true);
