"""The report on one submission: one document, rendered as text, HTML and JUnit XML."""
