"""Digests of an assignment, by which a changed rubric is told from the one that graded."""

from grader.assignments.digests.digest import Digests, digests

__all__ = ["Digests", "digests"]
