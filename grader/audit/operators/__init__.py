"""What makes mutants: each operator makes one kind of mistake, wherever the solution has room."""
