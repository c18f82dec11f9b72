"""A file that the notebook left: a table, a text, or a model that loads again."""
