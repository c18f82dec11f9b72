"""Where kernels come from."""

from enum import StrEnum

from grader.errors import UsageError
from grader.processes.template import AVAILABLE


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

    @classmethod
    def prepared(cls, wanted: "Backend | None") -> "Backend":
        """Return the backend that is wanted, or the best one, ready or getting ready.

        A template begins to import TensorFlow at once, so the sooner this is called the better.

        Raises:
            UsageError: This system does not offer it.
        """
        backend = wanted or cls.best()
        if backend is cls.FORKED:
            if not AVAILABLE:
                raise UsageError(
                    "Kernels cannot be forked on this system. Use --kernel fresh, or leave it out."
                )
            from grader.processes.template.handle import shared

            shared().start()
        return backend

    @property
    def launcher(self) -> str:
        """Module that makes a fresh process a kernel; a fork is told by it what it is to be."""
        return {Backend.FORKED: "ipykernel_launcher", Backend.FRESH: "grader.kernel.launch"}[self]

    @property
    def provisioner(self) -> str:
        """Name of the jupyter_client provisioner."""
        return {Backend.FORKED: "grader-fork", Backend.FRESH: "local-provisioner"}[self]
