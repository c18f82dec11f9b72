"""Submissions that get at points without what these are for, and honest ones that look alike.

There is a module for each way; ``docs/training.md`` has the table of them.
"""
