"""What notebooks are run with."""

from pathlib import Path
from typing import Any

import pytest
import recording
from variants import Variant

from grader.assignments import happy_or_sad
from grader.attempts import Images, attempts
from grader.kernel.job import Job


class Kernels:
    """Runs nothing, and notes what it was to run."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []

    def run(self, job: Job) -> Any:
        self.jobs.append(job)
        raise InterruptedError


def test_no_more_epochs_are_made_than_the_rubric_needs(tmp_path: Path) -> None:
    planned = recording.plan(Variant("solution", "it is right").notebook(), tmp_path)
    images, kernels = Images.of(happy_or_sad.dataset, None), Kernels()
    with pytest.raises(InterruptedError):
        attempts(happy_or_sad, planned, images, kernels, lambda _: None)  # type: ignore[arg-type]
    assert [job.epochs for job in kernels.jobs] == [happy_or_sad.target.most_epochs]
