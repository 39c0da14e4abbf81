"""Composition root: settings → log → store → workers → devices → windows. Nothing else wires."""
