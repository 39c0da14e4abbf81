"""The scripted visit with simulated devices on a throw-away database."""
