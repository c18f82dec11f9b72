"""Where kernels come from."""

from enum import StrEnum

from grader.kernel.template.handle import AVAILABLE


class Backend(StrEnum):
    """How a kernel is started: forked from a template, or as a fresh process.

    Both do the same job with the same results; a fork is ready sooner.
    """

    FORKED = "forked"
    FRESH = "fresh"

    @classmethod
    def best(cls) -> "Backend":
        """Return the quickest one that this system offers."""
        return cls.FORKED if AVAILABLE else cls.FRESH

    @property
    def provisioner(self) -> str:
        """Name of the jupyter_client provisioner."""
        return {Backend.FORKED: "grader-fork", Backend.FRESH: "local-provisioner"}[self]
