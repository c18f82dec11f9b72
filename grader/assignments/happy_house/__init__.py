"""The assignment "The Happy House"."""
