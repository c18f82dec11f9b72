"""The declaration of checks, their runner, and expectations that assignments share."""

from grader.checks.declaration import Absent, Check, Expectation, Need, ProbeFault, expect

__all__ = ["Absent", "Check", "Expectation", "Need", "ProbeFault", "expect"]
