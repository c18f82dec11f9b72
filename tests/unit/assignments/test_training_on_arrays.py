"""Whether there are the arrays that an assignment names to train on."""

from pathlib import Path

import pytest
import shapes

from grader.assignments.loading import load
from grader.errors import DatasetError
from grader.images import Images, Prepared


def prepared(folder: Path, data: str) -> Images:
    module = shapes.MODULE.replace("loader=train,", f"data={data!r},")
    return Prepared({}, lambda _: None).of(load(shapes.write(folder / "shapes", module)))


def test_a_split_with_labels_can_be_trained_on(tmp_path: Path) -> None:
    assert prepared(tmp_path, "test").array_counts == {"test": (10, 2)}


def test_what_a_file_does_not_have_is_told_before_anything_is_graded(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"expected in test/train; found such in test\. Name"):
        prepared(tmp_path, "test/train")
