"""Grades deep-learning notebooks and explains the grade."""

__version__ = "0.1.0"
