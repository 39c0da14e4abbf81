"""SQLAlchemy records, one module per subject."""
