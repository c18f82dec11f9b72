from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from grader import machine

HUGE = 64 * 10**9


@pytest.fixture(autouse=True)
def cgroups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(machine, "CGROUPS", tmp_path)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: SimpleNamespace(available=HUGE))
    return tmp_path


def limit(folder: Path, **files: object) -> None:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name.replace("__", ".")).write_text(f"{content}\n")


def test_without_a_container_all_memory_is_available() -> None:
    assert machine.available_memory() == HUGE


def test_a_container_s_limit_counts(cgroups: Path) -> None:
    limit(cgroups, memory__max=3000, memory__current=1000, memory__stat="anon 1000")
    assert machine.available_memory() == 2000


def test_an_older_container_s_limit_counts(cgroups: Path) -> None:
    names = {"memory__limit_in_bytes": 3000, "memory__usage_in_bytes": 1000}
    limit(cgroups / "memory", **names, memory__stat="total_inactive_file 500")
    assert machine.available_memory() == 2500


def test_pages_of_files_can_be_had_back(cgroups: Path) -> None:
    stat = "anon 400\ninactive_file 600"
    limit(cgroups, memory__max=3000, memory__current=1000, memory__stat=stat)
    assert machine.available_memory() == 2600


def test_a_container_without_limit_has_all(cgroups: Path) -> None:
    limit(cgroups, memory__max="max", memory__current=1000, memory__stat="")
    assert machine.available_memory() == HUGE


def test_there_is_at_least_one_core() -> None:
    assert machine.cores() >= 1
