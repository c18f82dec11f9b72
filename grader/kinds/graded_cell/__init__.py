"""A cell that is the student's and does something, of which nothing is observed by itself."""
