"""The declaration of checks, their runner, and expectations that assignments share."""

from grader.checks.declaration import Absent, Check, Expectation, ProbeFault, expect
from grader.kinds.need import Claim, Need

__all__ = ["Absent", "Check", "Claim", "Expectation", "Need", "ProbeFault", "expect"]
