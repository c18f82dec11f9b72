"""``grader new --from``: what is made of an author's own notebook, and what is refused."""

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from happy_or_sad.submission import ROOT

from grader.assignments.assignment import Assignment
from grader.assignments.loading import load
from grader.errors import GraderError
from grader.notebook.keys import marked_names
from grader.scaffold.folder import write
from grader.scaffold.from_notebook import files_of
from grader.scaffold.spelling import rewritten

START, END = "### START CODE HERE", "### END CODE HERE"
FUNCTION = (
    f"def area(width, height):\n    {START}\n    found = width * height\n    {END}\n"
    "    return found"
)
CALLBACK = (
    f"class Stop(keras.callbacks.Callback):\n    def on_epoch_end(self, epoch, logs=None):\n"
    f"        {START}\n        if (logs or {{}}).get('accuracy', 0) > 0.9:\n"
    f"            self.model.stop_training = True\n        {END}"
)
VALUE = f'{START}\nunit = "m2"\n{END}'
FIGURE = f"def curve(losses):\n    {START}\n    plt.plot(losses)\n    plt.bar([1], [2])\n    {END}"
FIT = f"{START}\nnet.fit(X, Y, epochs=7)\n{END}"
COMPILE = f"{START}\nnet.compile('adam', 'mse')\n{END}"
NBGRADER = (
    "def area(width):\n    ### BEGIN SOLUTION\n    return width * width\n    ### END SOLUTION"
)
LOWER = (
    "def area(width):\n    # start code here (1 line)\n    return width * width\n"
    "    # end code here"
)
MADE = {
    "a function": (FUNCTION, "area", "function"),
    "a class": (CALLBACK, "Stop", "callback"),
    "a value": (VALUE, "unit", "value"),
    "axes that the cell has": (
        f"fig, ax = plt.subplots()\n{START}\nax.plot([1, 2])\n{END}",
        "ax",
        "figure",
    ),
    "a dictionary that is filled": (f"kept = {{}}\n{START}\nkept['a'] = 1\n{END}", "kept", "value"),
    "a figure": (FIGURE, "curve", "figure"),
    "a training": (f"{FIT}", "net.fit", "training"),
    "a training that is kept": (FIT.replace("net.fit", "history = net.fit"), "net.fit", "training"),
    "a marked training": (f"# GRADED CELL: net.fit\n{FIT}", "net.fit", "training"),
    "markers of nbgrader": (NBGRADER, "area", "function"),
    "markers in small letters": (LOWER, "area", "function"),
}
REFUSED = {
    "no markers": ("def area(width):\n    return width", "has no markers"),
    "no code": ("", "expected cells of code, found none"),
    "a start alone": (f"{START}\nunit = 1", "No ### END CODE HERE follows"),
    "an end alone": (f"unit = 1\n{END}", "No ### START CODE HERE stands above"),
    "nested": (f"{START}\n{START}\nunit = 1\n{END}\n{END}", "found another start"),
    "crossed": (f"{END}\nunit = 1\n{START}", "No ### START CODE HERE stands above"),
    "no Python": (f"{START}\nunit = = 1\n{END}", "line 2: This is no Python"),
    "nothing between": (
        f"def area(width):\n    {START}\n    {END}\n    return width",
        "Write the solution of area between the markers.",
    ),
    "nothing defined": (f"{START}\nprint(1)\n{END}", "Give a name to what is to be graded"),
    "no identifier": (f"# GRADED VALUE: 2nd\n{VALUE}", "'2nd' is no name of Python"),
    "a keyword": (f"# GRADED FUNCTION: class\n{VALUE}", "'class' is no name of Python"),
    "another name": (f"# GRADED VALUE: units\n{VALUE}", "the cell defines unit"),
    "a beginning alone": ("def f(x):\n    # YOUR CODE HERE\n    return x", "where it ends"),
    "a placeholder": (f"{START}\nunit = None\n{END}", "is no solution"),
    "a loader that nobody calls": (
        f"def load():\n    {START}\n    return made.flow_from_directory('x')\n    {END}",
        "such as kept = load(...); found none",
    ),
}


def notebook(path: Path, *texts: str) -> Path:
    cells = [nbformat.v4.new_code_cell(text, id=f"c{place}") for place, text in enumerate(texts)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


def of(text: str) -> nbformat.NotebookNode:
    cell: nbformat.NotebookNode = nbformat.v4.new_code_cell(text, id="own")
    return cell


def made_of(tmp_path: Path, path: Path) -> Assignment:
    files, _ = files_of("made", path)
    write(tmp_path / "made", files)
    return load(tmp_path / "made")


@pytest.mark.parametrize(("text", "name", "kind"), MADE.values(), ids=MADE)
def test_a_cell_becomes_a_part_of_its_kind(tmp_path: Path, text: str, name: str, kind: str) -> None:
    [part] = made_of(tmp_path, notebook(tmp_path / "own.ipynb", text)).parts
    assert (part.name, part.kind) == (name, kind)


@pytest.mark.parametrize("text", [text for text, *_ in MADE.values()], ids=MADE)
def test_ruff_would_change_nothing(tmp_path: Path, text: str) -> None:
    made_of(tmp_path, notebook(tmp_path / "own.ipynb", text))
    unchanged(tmp_path / "made")


def unchanged(folder: Path) -> None:
    for width in ("88", "100"):
        command = [sys.executable, "-m", "ruff", "format", "--isolated", "--diff", "--line-length"]
        ended = subprocess.run(
            [*command, width, *folder.glob("*.py")], capture_output=True, text=True, check=False
        )
        assert (ended.returncode, ended.stdout) == (0, "")


@pytest.mark.parametrize(("text", "told"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_used_is_told_with_what_to_do(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(GraderError) as raised:
        files_of("made", notebook(tmp_path / "own.ipynb", text))
    assert told in str(raised.value)
    assert "own.ipynb" in str(raised.value)


def test_a_cell_that_only_calls_becomes_a_part_beside_that_of_the_training(tmp_path: Path) -> None:
    made = made_of(tmp_path, notebook(tmp_path / "own.ipynb", COMPILE, FIT))
    assert [(part.name, part.kind) for part in made.parts] == [
        ("net.compile", "graded_cell"),
        ("net.fit", "training"),
    ]
    assert made.trainers[0].most_epochs == 7
    unchanged(tmp_path / "made")


def test_a_comment_that_names_another_call_is_refused(tmp_path: Path) -> None:
    own = notebook(tmp_path / "own.ipynb", f"# GRADED CELL: model.fit\n{FIT}")
    with pytest.raises(GraderError, match=r"names model\.fit; the cell calls net\.fit"):
        files_of("made", own)


@pytest.mark.parametrize("end", ["", " ##", " ###", " (2 lines) ###"])
def test_hashes_at_the_end_of_a_marker_go(end: str) -> None:
    assert rewritten(f"{START}{end}\nx = 1\n{END} ###") == (
        f"{START}{end.rstrip(' #')}\nx = 1\n{END}"
    )


def test_a_notebook_is_called_as_its_heading_calls_it(tmp_path: Path) -> None:
    path = tmp_path / "own.ipynb"
    cells = [nbformat.v4.new_markdown_cell("# Week 3: *areas*\nText"), of(FUNCTION)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    assert made_of(tmp_path, path).title == "Week 3: areas"


def test_a_class_is_told_as_one_with_how_it_can_be_graded(tmp_path: Path) -> None:
    plain = CALLBACK.replace("keras.callbacks.Callback", "")
    files, told = files_of("made", notebook(tmp_path / "own.ipynb", plain))
    assert "  cell 1: Stop, a class: 1 check, 1 to be filled in" in told
    words = " ".join(files["assignment.py"].replace("#", "").split())
    assert "a function that uses it" in words


def test_what_nothing_grades_in_a_cell_is_told(tmp_path: Path) -> None:
    both = f"{START}\ndef a():\n    return 1\n\ndef b():\n    return 2\n{END}"
    _, told = files_of("made", notebook(tmp_path / "own.ipynb", both))
    assert "  cell 1: nothing grades b; give it a cell of its own, if something is to" in told


def test_two_cells_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(GraderError, match="cells 1 and 2 both define unit"):
        files_of("made", notebook(tmp_path / "own.ipynb", VALUE, VALUE))


@pytest.mark.parametrize(
    ("content", "told"), [(None, "does not exist"), ("{", "should be a notebook in JSON")]
)
def test_a_file_that_is_no_notebook_is_refused(
    tmp_path: Path, content: str | None, told: str
) -> None:
    path = tmp_path / "own.ipynb"
    if content is not None:
        path.write_text(content)
    with pytest.raises(GraderError, match=told):
        files_of("made", path)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GraderError, match="is not a file"):
        files_of("made", tmp_path)


def test_of_happy_or_sad_all_kinds_are_guessed(tmp_path: Path) -> None:
    made = made_of(tmp_path, ROOT / "notebooks" / "solutions" / "C1W4_Assignment.ipynb")
    assert [part.kind for part in made.parts] == ["callback", "loader", "training"]
    unchanged(tmp_path / "made")


def test_the_authors_notebook_stays_as_it_is(tmp_path: Path) -> None:
    path = notebook(tmp_path / "own.ipynb", NBGRADER)
    before = path.read_bytes()
    made_of(tmp_path, path)
    assert path.read_bytes() == before


def test_a_cell_without_the_comment_gets_one_in_the_copy(tmp_path: Path) -> None:
    made = made_of(tmp_path, notebook(tmp_path / "own.ipynb", FUNCTION, VALUE))
    copy = nbformat.read(made.notebook, as_version=4)
    assert [marked_names(cell) for cell in copy.cells] == [["area"], ["unit"]]


def test_a_check_that_is_not_filled_in_raises(tmp_path: Path) -> None:
    [check] = made_of(tmp_path, notebook(tmp_path / "own.ipynb", FUNCTION)).checks
    with pytest.raises(NotImplementedError, match="not written yet"):
        check.function(None)


def test_the_copy_is_known_as_the_new_assignments_notebook(tmp_path: Path) -> None:
    made = made_of(tmp_path, ROOT / "notebooks" / "solutions" / "C1W4_Assignment.ipynb")
    assert nbformat.read(made.notebook, as_version=4).metadata["grader_assignment"] == "made"
