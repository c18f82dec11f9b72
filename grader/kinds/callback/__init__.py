"""A class of callbacks that end a training above an accuracy."""
