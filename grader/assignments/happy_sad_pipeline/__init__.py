"""The assignment "Happy or Sad in the Wild"."""
