"""Qt widgets and nothing else."""
