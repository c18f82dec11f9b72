"""The example that a new assignment begins with."""
