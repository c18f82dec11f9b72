"""Draws the faces of "Happy or Sad in the Wild"."""
