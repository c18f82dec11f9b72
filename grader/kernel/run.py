"""Runs a planned notebook in a fresh kernel and brings back what happened."""

import asyncio

from grader.errors import KernelFault
from grader.evidence import load, parse
from grader.kernel.driver import Driver
from grader.kernel.job import Job, Run
from grader.kernel.workspace import workspace

__all__ = ["Job", "Run", "run"]


def run(job: Job) -> Run:
    """Run a job in a work folder and a kernel of its own.

    Raises:
        KernelFault: The work folder or the kernel could not be made.
    """
    try:
        with workspace(job.dataset, job.folder) as place:
            driver = Driver(job, place)
            asyncio.run(driver.drive())
            return driver.result(parse(load(place.evidence)))
    except OSError as error:
        raise KernelFault(
            f"The work folder could not be made or read: {error}. Is there room on the disk, and "
            "is the dataset complete?"
        ) from error
