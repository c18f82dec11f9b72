"""Assignments of strangers, with the installed kit, unchanged: tests/prove grades all of them."""

import json
import shutil
import sys
from pathlib import Path

import pytest
import wheels
from happy_or_sad.submission import SOLUTION
from strangers import graded
from strangers.graded import CLASSES, EVERYBODY, Grade
from strangers.made import Student, solved
from strangers.warmup_class import SOLUTION as WARMUP
from wheels import Installed

# Trainings take time: of those, what tells an honest one from a made-up one.
TRAINED = {
    "clothes": {"solution", "starter", "made-up"},
    "fashion": {"solution", "made-up-accuracy", "test-images"},
}
NAMED = [(name, who) for name, who in EVERYBODY if name == "warmup" or who.name in TRAINED[name]]
TOLD = [(name, who) for name, who in NAMED if who.named]
OWN = [
    (name, who)
    for name, who in EVERYBODY
    if who.name in {"solution", "starter"} and name != "fashion"
]
FILES = ("strange_warmup/reference.py", "strange_warmup/warmup.ipynb", "strange_clothes/drawing.py")
OPENS = """
def can_be_read(path):
    try:
        return bool(open(path).read())
    except OSError:
        return False
return sum(map(can_be_read, {paths}))
"""
IMPORTS = """
from strange_warmup.reference import mean_prices
return mean_prices(table)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return wheels.build(tmp_path_factory.mktemp("built"))


@pytest.fixture(scope="module")
def named(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Install the kit alone, where the strangers' folders lie beside it."""
    installed = wheels.install(wheel, tmp_path_factory.mktemp("named"))
    graded.folders(installed.folder / "folders")
    return installed


@pytest.fixture(scope="module")
def own(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Install the kit, and the strangers' assignments as packages beside it."""
    installed = wheels.install(wheel, tmp_path_factory.mktemp("own"))
    graded.install(installed)
    return installed


@pytest.fixture(scope="module")
def listed(named: Installed, own: Installed) -> dict[str, str]:
    """What is told of their data before it was made, when it is made, and afterwards."""
    return {
        "named": named("grader", "data", "list", "--assignments", "folders").stdout,
        "own": own("grader", "data", "list").stdout,
        "made": named("grader", "data", "make", "clothes", "--assignments", "folders").stdout
        + own("grader", "data", "make", "clothes").stdout,
        "after": named("grader", "data", "list", "--assignments", "folders").stdout,
    }


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return graded.hand_in(NAMED, tmp_path_factory.mktemp("handed_in"))


@pytest.fixture(scope="module")
def by_name(named: Installed, listed: dict[str, str], handed_in: Path) -> dict[str, Grade]:
    assert "drew 200 images" in listed["made"]
    folders = [part for name in CLASSES for part in ("--assignments", f"folders/{name}")]
    return graded.grade(named, handed_in, named.folder / "out", *folders)


@pytest.fixture(scope="module")
def again(named: Installed, by_name: dict[str, Grade], handed_in: Path) -> dict[str, Grade]:
    """Judge what was kept of those graded by name once more, as words of their rubric changed."""
    module = named.folder / "folders" / "fashion" / "assignment.py"
    text = module.read_text("utf-8")
    assert text.count("suits ten kinds.") == 1
    module.write_text(text.replace("suits ten kinds.", "suits all ten kinds."), "utf-8")
    folders = [part for name in CLASSES for part in ("--assignments", f"folders/{name}")]
    found = graded.grade(named, handed_in, named.folder / "out", *folders)
    assert found.keys() == by_name.keys()
    return found


@pytest.fixture(scope="module")
def thieves(own: Installed) -> list[tuple[str, Student]]:
    """Submissions that open what is installed beside the kit, and import it."""
    paths = [str(own.site / name) for name in FILES]
    texts = {"opens": OPENS.format(paths=paths), "imports": IMPORTS}
    solved_so = {name: solved(WARMUP["means"], text) for name, text in texts.items()}
    return [
        ("warmup", Student(name, "", {**WARMUP, "means": cell})) for name, cell in solved_so.items()
    ]


@pytest.fixture(scope="module")
def by_entry_point(
    own: Installed,
    listed: dict[str, str],
    thieves: list[tuple[str, Student]],
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Grade]:
    assert "drew 200 images" in listed["made"]
    handed_in = graded.hand_in((*OWN, *thieves), tmp_path_factory.mktemp("handed_in"))
    (handed_in / "faces").mkdir()
    shutil.copy(SOLUTION, handed_in / "faces")
    return graded.grade(own, handed_in, own.folder / "strict", "--isolation", "strict")


@pytest.mark.parametrize(("assignment", "student"), NAMED, ids=graded.named)
def test_what_was_handed_in_for_a_named_folder_is_graded_as_written(
    by_name: dict[str, Grade], assignment: str, student: Student
) -> None:
    assert by_name[f"{assignment}/{student.name}"] == Grade.written(student)


def test_evidence_that_was_kept_is_judged_alike(
    by_name: dict[str, Grade], again: dict[str, Grade]
) -> None:
    assert again == by_name


@pytest.mark.usefixtures("by_name")
@pytest.mark.parametrize(("assignment", "student"), TOLD, ids=graded.named)
def test_how_a_grade_was_come_by_is_named(
    named: Installed, assignment: str, student: Student
) -> None:
    told = graded.told(named.folder / "out")
    assert graded.names(told[f"{assignment}/{student.name}"], student)


@pytest.mark.parametrize(("assignment", "student"), OWN, ids=graded.named)
def test_what_was_handed_in_for_an_installed_one_is_graded_as_written(
    by_entry_point: dict[str, Grade], assignment: str, student: Student
) -> None:
    assert by_entry_point[f"{assignment}/{student.name}"] == Grade.written(student)


def test_the_kits_own_assignment_is_graded_beside_them(by_entry_point: dict[str, Grade]) -> None:
    assert by_entry_point["faces"] == Grade("graded", 100, passed=True, lost=frozenset())


@pytest.mark.parametrize(("way", "options"), [("named", " --assignments folders"), ("own", "")])
def test_missing_images_are_listed_with_what_draws_them(
    listed: dict[str, str], way: str, options: str
) -> None:
    line = f"clothes  images of 10 classes  missing, `grader data make clothes{options}` draws it"
    assert line in listed[way].splitlines()


def test_drawn_images_are_listed_with_their_place(named: Installed, listed: dict[str, str]) -> None:
    place = named.folder / "folders" / "clothes" / "images"
    assert f"clothes  images of 10 classes  {place}" in listed["after"].splitlines()


@pytest.mark.usefixtures("listed")
def test_the_doctor_looks_at_assignments_of_named_folders(named: Installed) -> None:
    told = named("grader", "doctor", "--assignments", "folders").stdout
    assert str(named.folder / "folders" / "warmup" / "warmup.ipynb") in told
    assert str(named.folder / "folders" / "clothes" / "images") in told


def test_the_doctor_looks_at_installed_assignments(own: Installed) -> None:
    told = own("grader", "doctor").stdout
    assert str(own.site / "strange_warmup" / "warmup.ipynb") in told


def stolen(out: Path) -> dict[str, str]:
    """Return what was found of what each has stolen, from the reports of a class."""
    reports = [json.loads(path.read_text()) for path in out.rglob("report.json")]
    return {
        Path(report["submission"]["path"]).parent.name: check["actual"]
        for report in reports
        for check in report["checks"]
        if check["id"] == "prices_averaged"
    }


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux shuts submissions off")
@pytest.mark.usefixtures("by_entry_point")
def test_no_submission_reads_what_is_installed_of_an_assignment(own: Installed) -> None:
    found = stolen(own.folder / "strict")
    assert ") = 0: " in found["opens"]
    assert "raised PermissionError" in found["imports"]


def test_without_isolation_they_would_be_read(
    own: Installed, thieves: list[tuple[str, Student]], tmp_path: Path
) -> None:
    graded.grade(own, graded.hand_in(thieves, tmp_path), own.folder / "none", "--isolation", "none")
    found = stolen(own.folder / "none")
    assert f") = {len(FILES)}: " in found["opens"]
    assert found["imports"] == "right for all of them"
