"""Has ``Model.fit`` trained by the grader, and plays to the student's code what came of it.

Points come from what the grader trained, never from what this side says of it: all here is so that
honest code goes on as if ``fit`` had trained where it was called.
"""

from grader.probe.fitting.fit import Way, install

__all__ = ["Way", "install"]
