"""Makes the folder of a new assignment: an example, or from an author's own notebook."""
