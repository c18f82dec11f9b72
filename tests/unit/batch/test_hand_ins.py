"""Whatever is handed in has a line in the table: no student vanishes."""

import csv
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from at_hand import CHOICE

from grader.batch import submissions
from grader.batch.local import Grading, grade_all
from grader.isolation.choice import Isolation
from grader.kernel.kernels import Kernels
from grader.pipeline import Pipeline
from grader.processes.backend import Backend

Make = Callable[..., Path]
# A notebook of another assignment: known as one, and rejected without being run.
NOTEBOOK = '{"cells": [{"cell_type": "code", "metadata": {}, "source": "x = 1"}], "nbformat": 4}'
AS_NOTEBOOKS = [
    "a.ipynb.txt", "a.ipynb.json", "a.ipynb (1)", "a.ipynb.1", "a.ipynb.bak", "a.ipynb.orig",
    "a.ipynb.download", "a.ipynb.crdownload", "a.ipynb_", "a.json", "a.txt", "a.md", "a.py", "a.nb",
    "a.ipnb", "a.ipython", "a", "notebook", "a.ipynb copy", "Kopie von a", "a (final) (2)",
    "a.csv", "a.log", "a.html", "a.xml", "a.dat",
]  # fmt: skip
NAMES = [
    *AS_NOTEBOOKS, "b.ipynb", "b.IPYNB", "b.Ipynb", "b b.ipynb", "b'b.ipynb", "\u00fcbung.ipynb",
    "\u4f5c\u4e1a.ipynb", "-b.ipynb", "b;b.ipynb", "b\nb.ipynb", "b.ipynb.zip", "b.zip", "b.7z",
    "b.rar", "b.tar", "b.tar.gz", "b.tgz", "b.pdf", "b.doc", "b.docx", "b.odt", "b.rtf", "b.pages",
    "b.html", "b.htm", "b.mhtml", "b.gdoc", "b.url", "b.webloc", "b.lnk", "b.r", "b.jl", "b.pyc",
    "b.png", "b.jpg", "b.HEIC", "b.mp4", "b.csv", "b.npy", "b.h5", "b.keras", "b.pkl", "b.xlsx",
    "b.exe", "b.part", "b.crdownload", "b.backup", "b", "B", "Makefile.txt", "CON", "b%20b", "b...",
    "nbgrader_config", "b" * 250,
]  # fmt: skip
each_name = pytest.mark.parametrize("name", NAMES)


def lines(folder: Path, *more: Path) -> list[str]:
    return [entry.shown_path for entry in submissions.find([folder, *more])]


@pytest.fixture
def graded(make: Make) -> Callable[..., list[dict[str, str]]]:
    def grade(*names: str) -> list[dict[str, str]]:
        klass = make(*names)
        out = klass.parent / "out"
        pipeline = Pipeline(Kernels(Backend.best(), Isolation.NONE), CHOICE)
        grade_all(Grading(pipeline, out, quiet=True), submissions.find([klass], out))
        with (out / "grades.csv").open(newline="") as file:
            return list(csv.DictReader(file))

    return grade


def test_there_are_many_names() -> None:
    assert len({name.casefold() for name in NAMES}) > 75


@each_name
def test_a_file_in_a_students_folder_has_a_line(make: Make, name: str) -> None:
    assert lines(make("ann/a.ipynb", f"bob/{name}")) == ["ann/a.ipynb", f"bob/{name}"]


@each_name
def test_a_file_among_notebooks_has_a_line(make: Make, name: str) -> None:
    assert name in lines(make("0.ipynb", name))


@each_name
def test_a_file_in_a_section_has_a_line(make: Make, name: str) -> None:
    folder = make("week/ann/a.ipynb", "week/eve/a.ipynb", f"week/bob/{name}")
    assert f"week/bob/{name}" in lines(folder)


def test_every_line_gets_into_the_table(graded: Callable[..., list[dict[str, str]]]) -> None:
    students = [f"s{number:02}/{name}" for number, name in enumerate(NAMES)]
    assert {row["verdict"] for row in graded(*students)} == {"rejected"}
    assert len(graded()) == len(NAMES)


def test_every_line_has_a_name_of_its_own(make: Make) -> None:
    found = submissions.find([make(*NAMES)])
    assert len({entry.id.casefold() for entry in found}) == len(NAMES)


@pytest.mark.parametrize("name", AS_NOTEBOOKS)
def test_a_notebook_is_known_whatever_it_is_called(klass: Path, make: Make, name: str) -> None:
    make("ann/a.ipynb")
    (klass / "ann" / name).write_text(NOTEBOOK)
    assert sorted(lines(klass)) == sorted([f"ann/{name}", "ann/a.ipynb"])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
def test_a_notebook_is_known_in_any_encoding(klass: Path, make: Make, encoding: str) -> None:
    make("ann/a.ipynb")
    (klass / "ann" / "b.txt").write_text(NOTEBOOK, encoding)
    assert lines(klass) == ["ann/a.ipynb", "ann/b.txt"]


def test_a_notebook_that_breaks_off_is_known(klass: Path, make: Make) -> None:
    make("ann/a.ipynb")
    (klass / "ann" / "b.txt").write_text(NOTEBOOK[:40])
    assert lines(klass) == ["ann/a.ipynb", "ann/b.txt"]


# What lies beside


@pytest.mark.parametrize(
    "names",
    [
        ["helper.py"], ["face.png"], ["a.pdf", "a.html", "a.zip"], ["sub/helper.py"],
        [f"images/{n}.png" for n in range(80)], ["data/happy/1.png", "data/sad/1.png"], ["notes"],
    ],
    ids=["module", "picture", "exports", "package", "images", "dataset", "notes"],
)  # fmt: skip
def test_what_lies_beside_a_students_notebook_has_no_line(make: Make, names: list[str]) -> None:
    folder = make("ann/a.ipynb", "bob/a.ipynb", *(f"ann/{name}" for name in names))
    assert lines(folder) == ["ann/a.ipynb", "bob/a.ipynb"]


def test_what_lies_beside_is_named(make: Make) -> None:
    folder = make("ann/a.ipynb", "ann/helper.py", "ann/images/1.png")
    assert submissions.search([folder]).beside == ["ann/helper.py", "ann/images/"]


def test_what_lies_beside_is_named_as_it_can_be_printed(make: Make) -> None:
    folder = make("ann/a.ipynb", "ann/\x1b[31m.py")
    assert submissions.search([folder]).beside == ["ann/?[31m.py"]


def test_a_folder_of_images_has_one_line(make: Make) -> None:
    names = [f"bob/images/{n}.png" for n in range(80)]
    assert lines(make("ann/a.ipynb", *names)) == ["ann/a.ipynb", "bob"]


def test_a_kit_that_is_handed_in_as_a_whole_has_one_line(make: Make) -> None:
    folder = make(
        "ann/notebooks/a.ipynb", "ann/add_metadata.py", "ann/data/happy/1.png",
        "ann/data/sad/1.png", "ann/grader/__init__.py", "ann/grader/cli.py", "ann/README.md",
    )  # fmt: skip
    assert lines(folder) == ["ann/notebooks/a.ipynb"]


def test_lists_of_whoever_gathers_the_class_have_no_line(make: Make) -> None:
    folder = make("ann/a.ipynb", "manifest.json", "roster.csv", "submission_metadata.yml")
    assert lines(folder) == ["ann/a.ipynb"]


def test_what_belongs_to_a_repository_has_no_line(make: Make) -> None:
    names = ("README.md", "LICENSE", "requirements.txt", ".github/ci.yml", "src/a.py", "src/b.txt")
    assert lines(make("a.ipynb", *names)) == ["a.ipynb"]


# Folders


def test_an_empty_folder_of_a_student_has_a_line(make: Make) -> None:
    folder = make("ann/a.ipynb")
    (folder / "bob").mkdir()
    assert lines(folder) == ["ann/a.ipynb", "bob"]


@pytest.mark.parametrize("name", [".DS_Store", ".ipynb_checkpoints/a-checkpoint.ipynb"])
def test_a_folder_of_what_is_hidden_has_a_line(make: Make, name: str) -> None:
    assert lines(make("ann/a.ipynb", f"bob/{name}")) == ["ann/a.ipynb", "bob"]


def test_a_folder_without_a_notebook_has_one_line(make: Make) -> None:
    assert lines(make("ann/a.ipynb", "bob/a.docx", "bob/b.png")) == ["ann/a.ipynb", "bob"]


def test_a_folder_called_a_notebook_has_a_line(make: Make) -> None:
    assert lines(make("ann/a.ipynb", "bob.ipynb/a.docx", "bob.ipynb/b")) == [
        "ann/a.ipynb", "bob.ipynb",
    ]  # fmt: skip


def test_a_class_without_any_notebook_has_its_lines(make: Make) -> None:
    assert lines(make("ann.zip", "bob.py")) == ["ann.zip", "bob.py"]


def test_a_zip_beside_the_only_notebook_of_a_section_has_a_line(make: Make) -> None:
    assert lines(make("week/ann/a.ipynb", "week/bob/a.zip")) == [
        "week/ann/a.ipynb", "week/bob/a.zip",
    ]  # fmt: skip


def test_students_of_a_flat_section_have_their_lines(make: Make) -> None:
    folder = make(*(f"week/{name}" for name in ("a.ipynb", "b.ipynb", "c.zip", "d.py")))
    assert lines(folder) == ["week/a.ipynb", "week/b.ipynb", "week/c.zip", "week/d.py"]


def test_folders_that_are_named_each_have_a_line(make: Make) -> None:
    folder = make("ann/a.ipynb", "ann/helper.py", "bob/a.docx", "bob/b.png")
    assert lines(folder / "ann", folder / "bob") == ["ann/a.ipynb", "bob"]


def test_results_among_folders_that_are_named_are_left_out(make: Make) -> None:
    results = ("graded/submissions/a/report.html", "graded/submissions/a/report.json")
    folder = make("ann/a.ipynb", *results, "graded/grades.csv")
    assert lines(folder / "ann", folder / "graded") == ["ann/a.ipynb"]


MOODLE = "Anna Muster_12345_assignsubmission_file_"


def test_a_student_of_moodle_may_hand_in_several_notebooks(make: Make) -> None:
    folder = make(f"{MOODLE}/a.ipynb", f"{MOODLE}/b.ipynb", f"{MOODLE}/c.py", "Bob_1/x.pdf")
    assert lines(folder) == [f"{MOODLE}/a.ipynb", f"{MOODLE}/b.ipynb", "Bob_1/x.pdf"]


def test_files_of_canvas_have_their_lines(make: Make) -> None:
    names = ["ann_1_2_C1W4-1.ipynb", "bob_LATE_3_4_C1W4.zip", "cat_5_6_C1W4.py"]
    assert lines(make(*names)) == names


def test_a_folder_is_rejected_with_what_is_in_it(make: Make) -> None:
    [entry] = submissions.find([make("bob/a.docx", "bob/b.png")])
    report = Pipeline(Kernels(Backend.best(), Isolation.NONE), CHOICE).grade(entry).report
    assert report.issues[0].message == "Expected a notebook in the folder, found a.docx, b.png."


# What is nobody's


@pytest.mark.parametrize("first", ["a.ipynb", "ann/a.ipynb"])
def test_rejected_results_of_an_earlier_grading_are_left_out(make: Make, first: str) -> None:
    results = [
        f"old/submissions/{n}/{file}" for n in "ab" for file in ("report.html", "report.json")
    ]
    tables = ("old/grades.csv", "old/grades.edited-1.csv", "old/junit.xml")
    folder = make(first, *results, *tables)
    assert (lines(folder), submissions.search([folder]).beside) == ([first], [])


def test_results_in_the_class_itself_are_left_out(make: Make) -> None:
    folder = make("a.ipynb", "submissions/a/report.html", "submissions/a/report.json", "grades.csv")
    assert (lines(folder), submissions.search([folder]).beside) == (["a.ipynb"], [])


def test_a_report_that_a_student_hands_in_has_a_line(make: Make) -> None:
    assert lines(make("ann/a.ipynb", "bob/report.html")) == ["ann/a.ipynb", "bob/report.html"]


def test_a_notebook_keeps_its_name_whatever_lies_beside_it(make: Make) -> None:
    found = submissions.find([make("a", "a.ipynb", "a.IPYNB.txt")])
    assert {entry.shown_path: entry.id for entry in found}["a.ipynb"] == "a"


def test_what_lies_deeper_than_anybody_works_does_not_stop_a_class(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make("ann/a.ipynb")
    monkeypatch.chdir(folder)
    for _ in range(110):
        Path("deep" * 10).mkdir()
        os.chdir("deep" * 10)
    assert lines(folder)[0] == "ann/a.ipynb"
