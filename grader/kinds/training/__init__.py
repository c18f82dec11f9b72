"""A function that builds a model, trains it and returns its History."""
