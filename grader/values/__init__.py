"""Python values as text that two processes which do not trust each other can exchange.

What a student's function is called with goes into its kernel, and what it returned comes out of
it. The text is JSON; reading it makes nothing but plain values, arrays and tables, and runs no code
of anybody's: there is no pickle, and no class that a text could name.
"""
