"""Trains what kernels ask for, and puts what it knows in the place of their claims."""
