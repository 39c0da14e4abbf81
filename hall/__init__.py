"""The service hall program: one package, one process per station, one shared database."""
