"""Puts into plain data what a call of ``fit`` asks for, so that the grader can train it itself.

What is here is right for whoever uses Keras honestly. It need not be safe: what it produces is read
as if anybody had written it. Nothing outside the probe is imported, for nothing else can be here.
"""
