"""What the notebook "Happy or Sad in the Wild" imports writes scraped files, and tells parts."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from happy_sad_pipeline.submission import ROOT

from grader.assignments.happy_sad_pipeline.sorting import clean, find_doubles, sort_files

PICTURES = np.random.default_rng(1).random((6, 4, 4, 3))
LABELS = np.array([0, 1, 1, 0, 1, 0])


@pytest.fixture(scope="module")
def beside() -> ModuleType:
    path = ROOT / "notebooks" / "wild_pictures.py"
    spec = importlib.util.spec_from_file_location("wild_pictures", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def scraped(beside: ModuleType, tmp_path: Path) -> Path:
    beside.make_scraped(str(tmp_path / "scraped"))
    return tmp_path / "scraped"


def test_scraped_files_are_of_all_four_sorts(scraped: Path) -> None:
    counts = {what: len(files) for what, files in sort_files(str(scraped)).items()}
    assert counts == {"keep": 16, "convert": 6, "list": 2, "remove": 6}


def test_scraped_files_have_doubles_under_one_label_and_under_both(scraped: Path) -> None:
    counts = {what: len(groups) for what, groups in find_doubles(str(scraped)).items()}
    assert counts == {"one label": 2, "both labels": 1}


def test_scraped_files_are_written_again_as_they_were(beside: ModuleType, scraped: Path) -> None:
    before = {path.name: path.read_bytes() for path in scraped.glob("sad/*")}
    beside.make_scraped(str(scraped))
    assert {path.name: path.read_bytes() for path in scraped.glob("sad/*")} == before


def test_a_picture_is_converted_as_the_grader_does_it(beside: ModuleType, scraped: Path) -> None:
    path = scraped / "happy" / "scan.tif"
    kept = path.read_bytes()
    beside.to_png(str(path))
    converted = (scraped / "happy" / "scan.tif.png").read_bytes()
    (scraped / "happy" / "scan.tif.png").unlink()
    path.write_bytes(kept)
    clean(str(scraped), change=True)
    assert (scraped / "happy" / "scan.tif.png").read_bytes() == converted


def test_nothing_is_written_over_by_a_conversion(beside: ModuleType, scraped: Path) -> None:
    there = scraped / "happy" / "scan.tif.png"
    there.write_bytes(b"somebody's")
    with pytest.raises(FileExistsError):
        beside.to_png(str(scraped / "happy" / "scan.tif"))
    assert there.read_bytes() == b"somebody's"
    assert (scraped / "happy" / "scan.tif").exists()


def batches(size: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    for place in range(0, len(LABELS), size):
        yield PICTURES[place : place + size], LABELS[place : place + size]


def test_a_picture_has_one_name_in_whatever_batch_it_comes(beside: ModuleType) -> None:
    alone = beside.pictures_in(zip(PICTURES, LABELS, strict=True))
    assert beside.pictures_in(batches(4)) == beside.pictures_in(batches(5)) == alone


@pytest.mark.parametrize("labels", [LABELS[:, None], np.eye(2)[LABELS]], ids=["column", "one-hot"])
def test_a_name_begins_with_the_label(beside: ModuleType, labels: np.ndarray) -> None:
    assert beside.pictures_in([(PICTURES, labels)]) == beside.pictures_in(batches(6))
    assert [name[:2] for name in beside.pictures_in(batches(6))] == 3 * ["0:"] + 3 * ["1:"]


def test_what_was_trained_on_before_is_told_of_the_test(
    beside: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    beside.show_parts([[["a", "b"], ["c", "b"]], [["d"], ["d"]], [["c"], ["c"]]])
    lines = capsys.readouterr().out.splitlines()[1:]
    assert [line.split() for line in lines] == [
        ["1", "2", "1", "1", "0"],
        ["2", "2", "1", "1", "1"],
    ]
