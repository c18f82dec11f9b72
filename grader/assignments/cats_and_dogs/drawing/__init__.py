"""Draws the animals of the dataset."""
