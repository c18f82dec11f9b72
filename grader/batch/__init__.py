"""Grades many submissions: finds them, names them, writes what came of them."""
