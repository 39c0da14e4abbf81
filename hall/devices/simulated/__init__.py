"""Device ends that speak the real bytes behind pseudo-terminals; demo and development mode only."""
