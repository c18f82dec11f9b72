"""Kinds of graded parts, one folder each: whoever adds a folder has added a kind.

A folder holds what an author asks for (``part``), how it is challenged, what is observed inside the
kernel (``inside``), the evidence of that, and what checks get of it (``view``). Nothing else of the
kit names a kind.
"""
