"""Benchmarks by name: one JSON line per measurement, reference in the same run."""
