"""The assignment "Horses or Humans"."""
