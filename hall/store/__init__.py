"""Records, engine, unit of work, audit chain, migrations and backup."""
