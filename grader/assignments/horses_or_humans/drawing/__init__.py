"""Draws the horses, the humans and the places that they are in."""
