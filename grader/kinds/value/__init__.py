"""A value: a number, a text or a choice that the student wrote down as a variable."""
