"""Assignments: how they are declared, found and recognised; each has a folder of its own."""
