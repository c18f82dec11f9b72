import tempfile
from importlib import metadata
from pathlib import Path

import pytest

from grader import datasets, examination, machine, resources
from grader.assignments.catalog import Catalog
from grader.errors import GraderError
from grader.examination import Finding, examine
from grader.processes.backend import Backend

pytestmark = pytest.mark.usefixtures("few_assignments")


def find(name: str) -> Finding:
    [found] = [finding for finding in examine() if finding.name == name]
    return found


def fail(*_: object, **__: object) -> None:
    raise GraderError("It is missing.")


def test_python_is_named_with_its_version() -> None:
    assert find("python").found == machine.python()


@pytest.mark.parametrize("package", examination.PACKAGES)
def test_a_package_is_named_with_its_version(package: str) -> None:
    assert find(package) == Finding(package, metadata.version(package))


def test_a_missing_package_can_be_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examination, "PACKAGES", ("no-such-package",))
    found = find("no-such-package")
    assert (found.good, found.found, found.remedy) == (False, "not installed", examination.INSTALL)


@pytest.mark.parametrize(("available", "good"), [(1_600_000_000, True), (1_599_999_999, False)])
def test_memory_is_enough_or_not(
    monkeypatch: pytest.MonkeyPatch, available: int, *, good: bool
) -> None:
    monkeypatch.setattr(machine, "available_memory", lambda: available)
    assert find("memory").good is good


def test_memory_for_one_allows_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "available_memory", lambda: 1_600_000_000)
    assert find("workers").found == "1 submissions at a time"


@pytest.mark.parametrize("backend", Backend)
def test_the_kind_of_kernels_is_named(monkeypatch: pytest.MonkeyPatch, backend: Backend) -> None:
    monkeypatch.setattr(Backend, "best", lambda: backend)
    assert find("kernels").found.startswith(backend)


def test_the_processor_is_named() -> None:
    assert find("processor").found.startswith(machine.processor())


def test_the_work_folder_is_tried() -> None:
    assert find("work folder").found == f"{tempfile.gettempdir()} is writable"


def test_a_work_folder_that_cannot_be_written_has_a_remedy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nonexistent")
    assert (find("work folder").good, "TMPDIR" in find("work folder").remedy) == (False, True)


def test_every_assignment_has_its_notebook() -> None:
    assert find("assignment happy-or-sad").good


def test_an_assignment_that_cannot_be_used_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    reason = "clothes.py, line 3: clothes has no check."
    monkeypatch.setattr(examination, "catalog", lambda _: Catalog({}, {"clothes": reason}))
    found = find("assignment clothes")
    assert (found.good, found.found) == (False, reason)


def test_every_dataset_is_as_released() -> None:
    assert find("dataset happy-or-sad").good


def test_a_damaged_dataset_can_be_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datasets, "verify", lambda *_: ["a.png: damaged", "b.png: damaged"])
    found = find("dataset happy-or-sad")
    assert (found.good, found.found, found.remedy) == (
        False,
        "2 problems, first: a.png: damaged",
        "Draw it again: grader data make happy-or-sad",
    )


def test_a_missing_dataset_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "dataset", fail)
    assert not find("dataset happy-or-sad").good


@pytest.mark.parametrize("there", [False, True])
def test_a_split_that_is_drawn_on_first_use_is_not_missing_before(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    there: bool,  # noqa: FBT001
) -> None:
    place = tmp_path / "train_happy.h5"
    if there:
        place.touch()
    monkeypatch.setattr(examination, "expected_at", lambda *_: place)
    found = find("dataset happy-house/train")
    assert ("not drawn yet" in found.found) == (not there)
    assert there or found.good


def test_a_machine_without_proc_has_a_processor_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "read_text", refuse)
    assert machine.processor()
