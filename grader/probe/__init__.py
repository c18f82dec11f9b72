"""What runs inside the student's kernel: it looks, writes down what it saw, and judges nothing.

Everything here is duck-typed and standard library only, but for Keras and NumPy, which the
notebook imports as well. What a student's object answers is recorded as plain scalars.
"""
