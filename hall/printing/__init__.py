"""A frozen document value becomes bytes or pages; no database."""
