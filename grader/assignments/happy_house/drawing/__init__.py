"""Draws the pictures of the front door of the Happy House."""
