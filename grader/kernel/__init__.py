"""Runs planned notebooks in Jupyter kernels and brings back what happened."""
