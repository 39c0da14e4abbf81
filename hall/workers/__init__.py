"""Threads: the only package that starts any."""
