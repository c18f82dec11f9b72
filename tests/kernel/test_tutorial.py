"""Whoever does what docs/tutorial.md says, in an empty folder, sees what it shows."""

import pytest
from tutorial_page import SHOWN_FOLDER, Reader, comparable, shown


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    made = Reader(tmp_path_factory.mktemp("course"))
    made.follow()
    return made


@pytest.mark.parametrize(("command", "output"), shown())
def test_a_command_prints_what_the_tutorial_shows(
    reader: Reader, command: str, output: str
) -> None:
    printed = reader.outputs[command].replace(str(reader.folder), SHOWN_FOLDER)
    assert comparable(printed) == comparable(output)


@pytest.mark.parametrize("name", ["report.html", "report.json", "executed.ipynb"])
def test_a_report_is_where_the_tutorial_says(reader: Reader, name: str) -> None:
    assert (reader.folder / "graded/submissions/ben__clothes" / name).is_file()


def test_the_bundle_for_students_is_made(reader: Reader) -> None:
    assert (reader.folder / "clothes.zip").is_file()
