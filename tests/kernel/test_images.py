"""A submission is graded on the images alone, whatever lies beside them."""

import shutil
from pathlib import Path

import strays
from at_hand import ASSIGNMENTS
from happy_or_sad.submission import ROOT

from grader.kernel.kernels import Kernels
from grader.pipeline import Choice, Entry, Pipeline


def test_what_lies_beside_the_images_costs_no_points(kernels: Kernels, tmp_path: Path) -> None:
    images = Path(shutil.copytree(ROOT / "data" / "happy_or_sad", tmp_path / "images"))
    for add in strays.HARMLESS.values():
        add(images)
    solution = ROOT / "notebooks" / "solutions" / "C1W4_Assignment.ipynb"
    choice = Choice(ASSIGNMENTS, {"happy-or-sad": images})
    graded = Pipeline(kernels, choice).grade(Entry(solution, "solution", solution.name))
    assert graded.report.score.earned == graded.report.score.possible
