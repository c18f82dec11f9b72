"""The assignment "Happy or Sad"."""
