"""What can go wrong for an ordinary user; each message says what to do next."""


class GraderError(Exception):
    """An ordinary mistake or obstacle, told to the user in one line without a traceback."""


class RejectedError(GraderError):
    """A file that cannot be graded as a submission: the reason, and the student's next step.

    Args:
        code: Stable, machine-readable name of the reason, such as ``not-json``.
        reason: What was expected and what was found.
        fix: What the student should do next.
    """

    def __init__(self, code: str, reason: str, fix: str) -> None:
        super().__init__(f"{reason} {fix}")
        self.code = code
        self.reason = reason
        self.fix = fix


class DatasetError(GraderError):
    """A dataset that is missing, incomplete or not the one that was expected."""


class UsageError(GraderError):
    """A command that cannot be carried out as it was typed."""


class FullDiskError(UsageError):
    """A file that cannot be written while the disk is full, which it need not be for long."""


class KernelFault(GraderError):  # noqa: N818 - a fault is ours, an error may be the student's
    """The kernel could not be started or driven, through no fault of the submission."""
