"""What an author changes after a class was graded: what is judged again, graded again, or left."""

import shutil
from collections.abc import Callable
from pathlib import Path

import changing
import nbformat
import pytest
from changing import Graded, grade, notebook
from PIL import Image

from grader.assignments.assignment import Assignment
from grader.assignments.loading import load
from grader.batch import output
from grader.batch.signatures import Signatures
from grader.report.document import Report

Edit = Callable[[Path], None]
LEFT = "1 of 1 were graded before and stay as they are"
JUDGED = "1 was judged again: the rubric has changed."
WORDED = "1 was judged again: titles or hints have changed."
ANOTHER = "1 is graded again: another assignment, or another version of it, has graded before."
OBSERVED = "1 is graded again: what is run and observed has changed."


def nothing(_: Path) -> None:
    pass


def replaced(old: str, new: str, file: str = "assignment.py") -> Edit:
    def edit(folder: Path) -> None:
        text = (folder / file).read_text("utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), "utf-8")

    return edit


def both(one: Edit, other: Edit) -> Edit:
    def edit(folder: Path) -> None:
        one(folder)
        other(folder)

    return edit


def in_notebook(given: str) -> Edit:
    return lambda folder: nbformat.write(notebook(given), folder / "shirts.ipynb")


def other_line_ends(folder: Path) -> None:
    for path in (*folder.glob("*.py"), folder / "most.json"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def unused_module(folder: Path) -> None:
    (folder / "unused.py").write_text("1 / 0\n")


def another_image(folder: Path) -> None:
    Image.new("RGB", (8, 8), "green").save(folder / "images" / "long" / "0.png")


BODY = "return batches(loader, SIZE)"
EDITS: dict[str, tuple[Edit, str]] = {
    "nothing": (nothing, LEFT),
    "a comment": (replaced("SIZE = 4", "# of a batch\nSIZE = 4  # images"), LEFT),
    "formatting": (replaced("(1, 2)", "(\n        1,\n        2,\n    )"), LEFT),
    "quotes": (replaced('"images"', "'images'"), LEFT),
    "line ends": (other_line_ends, LEFT),
    "a helper's docstring": (replaced("Batches are of a size", "?", "rules.py"), LEFT),
    "a module's docstring": (replaced("Long sleeves", "Sleeves"), LEFT),
    "the rest of a check's docstring": (replaced("It is asked twice", "Asked twice"), LEFT),
    "a module that nothing imports": (unused_module, LEFT),
    "a comment in a given cell": (in_notebook("import keras  # of version 3"), LEFT),
    "a hint": (replaced("How many come", "How many images come"), WORDED),
    "a docstring": (replaced("Images come in batches of 4.", "Batches have 4 images."), WORDED),
    "the title": (replaced('title="Shirts"', 'title="All shirts"'), WORDED),
    "points": (replaced("points=30", "points=25"), JUDGED),
    "a check's code": (replaced(BODY, "return batches(loader, 5)"), JUDGED),
    "a constant that a check uses": (replaced("SIZE = 4", "SIZE = 5"), JUDGED),
    "a helper that a check uses": (replaced("min(size, MOST)", "size", "rules.py"), JUDGED),
    "a file that a helper reads": (replaced("100", "2", "most.json"), JUDGED),
    "a check's name": (replaced("def batch_size", "def size_of_batches"), JUDGED),
    "a check's group": (replaced('group("loading")', 'group("images")'), JUDGED),
    "what a check asks for": (both(
        replaced("(model.model,", "(model.model, images.dataset,"),
        replaced("flattened(model: Model)", "flattened(model: Model, _: object)"),
    ), JUDGED),
    "that a check is required": (replaced("points=30,", "points=30, required=True,"), JUDGED),
    "the pass mark": (replaced("pass_mark=0.5", "pass_mark=0.6"), JUDGED),
    "points and a hint": (replaced('points=30, hint="How', 'points=31, hint="What'), JUDGED),
    "a goal": (replaced("at_least=0.9", "at_least=0.8"), OBSERVED),
    "a goal's deadline": (replaced("by_epoch=10", "by_epoch=9"), OBSERVED),
    "how many epochs are looked at": (replaced("most_epochs=10", "most_epochs=12"), OBSERVED),
    "a part's cases": (replaced("((2, 3),)", "((2, 4),)"), OBSERVED),
    "a part's draws": (replaced("draws=1", "draws=2"), OBSERVED),
    "how a part's arguments are drawn": (replaced("integers(9)", "integers(8)"), OBSERVED),
    "a reference": (replaced("times(width, height)", "times(height, width)"), OBSERVED),
    "a helper of a reference": (replaced("one * other", "other * one", "rules.py"), OBSERVED),
    "a limit": (replaced("cell_s=60.0", "cell_s=61.0"), OBSERVED),
    "seeds": (replaced("seeds=(1, 2)", "seeds=(1, 3)"), OBSERVED),
    "a given cell": (in_notebook("import keras, math"), OBSERVED),
    "a class of the data": (replaced('("long", "short")', '("short", "long")'), OBSERVED),
    "an image": (another_image, "1 is graded again: the images have changed."),
    "the version": (replaced('title="Shirts",', 'title="Shirts", version="2",'), ANOTHER),
}  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the assignment, a class of one, and its results."""
    folder = tmp_path_factory.mktemp("changed")
    changing.write(folder / "shirts")
    (folder / "class").mkdir()
    nbformat.write(notebook(), folder / "class" / "ann.ipynb")
    first = grade([load(folder / "shirts")], folder / "class", folder / "out")
    assert first.runs == 1
    return folder


def original(place: Path, tmp_path: Path) -> Assignment:
    """Load the assignment as another process would: nothing of it was run."""
    return changing.change(place / "shirts", tmp_path / "original", nothing)


@pytest.fixture
def out(place: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(place / "out", tmp_path / "out"))


Regrade = Callable[[Edit], Graded]


@pytest.fixture
def regrade(place: Path, out: Path, tmp_path: Path) -> Regrade:
    def regrade(edit: Edit) -> Graded:
        changed = changing.change(place / "shirts", tmp_path / "changed", edit)
        return grade([changed], place / "class", out)

    return regrade


@pytest.mark.parametrize("name", EDITS)
def test_what_is_changed_touches_what_depends_on_it(
    regrade: Regrade, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    edit, expected = EDITS[name]
    graded = regrade(edit)
    told = [*graded.remarks, *capsys.readouterr().out.splitlines()]
    said = [each for each in told if "again" in each]
    assert [each.partition(";")[0] for each in said] == [expected]
    assert graded.runs == (1 if expected not in (LEFT, JUDGED, WORDED) else 0)


def report_of(out: Path) -> Report:
    path = output.submission_folder(out, "ann") / output.REPORT
    return Report.model_validate_json(path.read_bytes())


def test_a_changed_rubric_gives_the_grade_that_it_would_give_at_first(
    place: Path, regrade: Regrade, out: Path, tmp_path: Path
) -> None:
    regrade(replaced(BODY, "return batches(loader, 5)"))
    grade(
        [changing.change(tmp_path / "changed", tmp_path / "copy", nothing)],
        place / "class",
        tmp_path / "fresh",
    )
    again, fresh = report_of(out), report_of(tmp_path / "fresh")
    assert again == fresh
    assert (again.score.earned, again.score.possible) == (70, 100)


def test_what_was_judged_again_stays_as_it_is_then(
    place: Path, regrade: Regrade, out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    regrade(EDITS["points"][0])
    capsys.readouterr()
    grade([changing.change(tmp_path / "changed", tmp_path / "copy", nothing)], place / "class", out)
    assert capsys.readouterr().out.startswith(LEFT)


def test_what_was_judged_again_is_judged_again_by_the_next_rubric(
    tmp_path: Path, place: Path, regrade: Regrade, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    regrade(EDITS["points"][0])
    capsys.readouterr()
    back = grade([original(place, tmp_path)], place / "class", out)
    assert (back.runs, JUDGED in capsys.readouterr().out) == (0, True)
    assert report_of(out) == report_of(place / "out")


RAISES = replaced(BODY, "return batches(loader)")


def test_a_check_that_failed_by_its_authors_mistake_is_judged_by_the_mended_one(
    tmp_path: Path, place: Path, regrade: Regrade, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = regrade(RAISES)
    assert (broken.runs, report_of(out).score.pending) == (1, 30)
    mended = grade([original(place, tmp_path)], place / "class", out)
    assert (mended.runs, JUDGED in capsys.readouterr().out) == (0, True)
    assert report_of(out) == report_of(place / "out")


RENAMED = (
    ("assignment.py", 'id="shirts"', 'id="areas"'),
    ("assignment.py", '"load"', '"read"'),
    ("assignment.py", '"train"', '"fitted"'),
    ("assignment.py", '"area"', '"size"'),
    ("shirts.ipynb", "load(", "read("),
    ("shirts.ipynb", "train(", "fitted("),
    ("shirts.ipynb", "area(", "size("),
    ("shirts.ipynb", "FUNCTION: load", "FUNCTION: read"),
    ("shirts.ipynb", "FUNCTION: train", "FUNCTION: fitted"),
    ("shirts.ipynb", "FUNCTION: area", "FUNCTION: size"),
)


def test_what_one_assignment_changes_leaves_the_submissions_of_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changing.write(tmp_path / "shirts")
    areas = changing.write(tmp_path / "areas")
    for file, old, new in RENAMED:
        text = (areas / file).read_text("utf-8")
        (areas / file).write_text(text.replace(old, new), "utf-8")
    (tmp_path / "class").mkdir()
    nbformat.write(notebook(), tmp_path / "class" / "ann.ipynb")
    shutil.copy(tmp_path / "areas" / "shirts.ipynb", tmp_path / "class" / "bob.ipynb")
    made = [load(tmp_path / name) for name in ("shirts", "areas")]
    first = grade(made, tmp_path / "class", tmp_path / "out")
    graded = [each.assignment.id for each in first.klass.reports if each.assignment]
    assert graded == ["shirts", "areas"]
    changed = changing.change(tmp_path / "areas", tmp_path / "new", EDITS["points"][0])
    capsys.readouterr()
    again = grade([original(tmp_path, tmp_path), changed], tmp_path / "class", tmp_path / "out")
    told = capsys.readouterr().out
    assert ("1 of 2 were graded before" in told, JUDGED in told, again.runs) == (True, True, 0)


def test_the_executed_notebook_and_the_evidence_stay(regrade: Regrade, out: Path) -> None:
    folder = output.submission_folder(out, "ann")
    before = {name: (folder / name).read_bytes() for name in (output.EXECUTED, output.EVIDENCE)}
    regrade(EDITS["points"][0])
    assert {name: (folder / name).read_bytes() for name in before} == before


def test_the_table_of_grades_has_the_grade_of_now(regrade: Regrade, out: Path) -> None:
    regrade(replaced("points=30", "points=130"))
    assert ",200,200," in (out / output.GRADES).read_text()


def test_another_submission_is_graded_again_and_why_is_said(
    place: Path, out: Path, tmp_path: Path
) -> None:
    klass = Path(shutil.copytree(place / "class", tmp_path / "class"))
    made = notebook()
    made.cells.append(nbformat.v4.new_code_cell("1"))
    nbformat.write(made, klass / "ann.ipynb")
    graded = grade([original(place, tmp_path)], klass, out)
    expected = (1, ["1 is graded again: the submission has changed."])
    assert (graded.runs, graded.remarks) == expected


def test_a_report_without_digests_is_graded_again(place: Path, out: Path, tmp_path: Path) -> None:
    path = output.submission_folder(out, "ann")
    report = report_of(out)
    made = report.provenance.model_copy(update={"digests": None})
    content = report.model_copy(update={"provenance": made}).to_json()
    (path / output.REPORT).write_text(content)
    signature = changing.SIGNED.sign_results(content.encode(), None)
    (path / output.SIGNATURE).write_text(signature)
    graded = grade([original(place, tmp_path)], place / "class", out)
    told = "1 is graded again: it is not known by which rubric it was graded."
    assert (graded.runs, graded.remarks) == (1, [told])


def change_file(name: str, change: Callable[[bytes], bytes]) -> Edit:
    def damage(folder: Path) -> None:
        (folder / name).write_bytes(change((folder / name).read_bytes()))

    return damage


def sign_anew_with_another_key(folder: Path) -> None:
    report, evidence = (folder / n for n in (output.REPORT, output.EVIDENCE))
    own = changing.SIGNED.sign(report.read_bytes())
    other = Signatures(bytes(32)).sign_evidence(report.read_bytes(), evidence.read_bytes())
    (folder / output.SIGNATURE).write_text(f"{own}\n{other}\n")


DAMAGE: dict[str, Edit] = {
    "missing": lambda folder: (folder / output.EVIDENCE).unlink(),
    "cut": change_file(output.EVIDENCE, lambda content: content[:-1]),
    "edited": change_file(output.EVIDENCE, lambda content: content[:-1] + b"x"),
    "empty": change_file(output.EVIDENCE, lambda _: b""),
    "not signed": change_file(output.SIGNATURE, lambda content: content[:65]),
    "signed by another": sign_anew_with_another_key,
    "signed as a report": change_file(output.SIGNATURE, lambda content: content[:65] * 2),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_by_evidence_that_nobody_vouches_for_nothing_is_judged(
    regrade: Regrade, out: Path, capsys: pytest.CaptureFixture[str], damage: Edit
) -> None:
    damage(output.submission_folder(out, "ann"))
    graded = regrade(EDITS["points"][0])
    assert (
        graded.runs,
        "1 was graded again: what was observed is not kept" in capsys.readouterr().out,
    ) == (1, True)


def test_without_evidence_what_has_not_changed_is_left(regrade: Regrade, out: Path) -> None:
    (output.submission_folder(out, "ann") / output.EVIDENCE).unlink()
    assert regrade(EDITS["nothing"][0]).runs == 0
