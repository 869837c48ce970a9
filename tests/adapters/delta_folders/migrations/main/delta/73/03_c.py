def run_create(cur, engine):
    pass
