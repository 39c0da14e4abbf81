"""Alembic's folder: every revision of the tables, oldest first."""
