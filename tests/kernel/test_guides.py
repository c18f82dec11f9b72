"""Programs in the shapes of Keras' own guides: they go in a graded kernel as in a plain one."""

import re
import shutil
from pathlib import Path

import guides
import nbformat
import pytest
from nbformat import NotebookNode

from grader.fits.label_shift import LabelShift
from grader.kernel.end_to_end import execute
from grader.kernel.job import Job, Run
from grader.kernel.kernels import Kernels
from grader.processes.limits import Limits
from grader.records import PlannedCell, Role

NAMES = list(guides.PROGRAMS)
# Other numbers of threads make other numbers; the probe of a graded kernel has set this one.
THREADS = f"""\
import tensorflow as tf
tf.config.threading.set_intra_op_parallelism_threads({Limits().threads})
tf.config.threading.set_inter_op_parallelism_threads({Limits().threads})"""
CHANCE = {
    r"\d+(ms|us|s)\b": "TIME",
    r"0x[0-9a-f]+|(?<='shared_object_id': )\d+": "ADDRESS",
    r"ipykernel_\d+/\d+\.py": "CELL",
    # TensorFlow's own library writes these past Python.
    r"(?m)^([IWE]\d{4} |WARNING: All log messages before ).*\n": "",
}


@pytest.fixture(scope="module")
def graded(kernels: Kernels, images: Path) -> Run:
    programs = [PlannedCell(code, Role.GRADED, name) for name, code in guides.PROGRAMS.items()]
    cells = [PlannedCell("None", Role.REQUIRED), *programs]
    job = Job(cells, {}, images, "faces", 1, dataset_sha256="0" * 64, epochs=2, exam=LabelShift(0))
    return kernels.run(job)


@pytest.fixture(scope="module")
def plain(images: Path, tmp_path_factory: pytest.TempPathFactory) -> list[NotebookNode]:
    place = tmp_path_factory.mktemp("plain")
    shutil.copytree(images, place / "data" / "faces")
    (place / "notebooks").mkdir()
    tagged = {"tags": ["raises-exception"]}
    cells = [
        nbformat.v4.new_code_cell(code, metadata=tagged)
        for code in (THREADS, *guides.PROGRAMS.values())
    ]
    path = place / "programs.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    shown: list[NotebookNode] = []
    execute(path, place / "notebooks", 600, shown.append)
    return shown


def told(cell: NotebookNode) -> dict[str, str]:
    """Return what a cell put out, by stream; which of two came first is due to chance."""
    found: dict[str, str] = {}
    for output in cell.outputs:
        for name in ("text", "ename", "evalue", "traceback"):
            key = f"{output.get('name', '')} {name}"
            found[key] = found.get(key, "") + masked(output.get(name, ""))
    return {key: text for key, text in found.items() if text}


def masked(said: str | list[str]) -> str:
    text = said if isinstance(said, str) else "\n".join(said)
    for pattern, word in CHANCE.items():
        text = re.sub(pattern, word, text)
    return text


@pytest.mark.parametrize("name", NAMES)
def test_a_program_goes_the_same(name: str, graded: Run, plain: list[NotebookNode]) -> None:
    place = NAMES.index(name) + 1
    assert told(graded.notebook.cells[place]) == told(plain[place])


@pytest.mark.parametrize("name", NAMES)
def test_a_program_says_something(name: str, plain: list[NotebookNode]) -> None:
    assert told(plain[NAMES.index(name) + 1])


def test_what_programs_do_is_seen(graded: Run) -> None:
    assert len(graded.evidence.fits) > len(NAMES)
    assert {fit.path for fit in graded.evidence.fits.values()} == {"grader", "kernel"}


def test_models_are_shown_images_and_nobody_sees_it(graded: Run) -> None:
    examined = [fit.examined for fit in graded.evidence.fits.values()]
    assert "predictions" in [each.by for each in examined if each]


def test_no_fault_of_the_grader_is_seen_in_them(graded: Run) -> None:
    assert graded.evidence.faults == []


def test_nothing_is_taken_for_replaced(graded: Run) -> None:
    assert graded.evidence.patched == []
