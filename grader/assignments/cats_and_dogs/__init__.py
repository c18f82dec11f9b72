"""The assignment "Cats and Dogs"."""
