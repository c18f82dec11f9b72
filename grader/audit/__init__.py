"""Whether a rubric tells right from wrong: the solution is changed in small ways, and graded."""
