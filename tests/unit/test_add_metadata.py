import ast
import copy
import errno
import importlib.util
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
NAME = "C1W4_Assignment.ipynb"
RELEASED = (ROOT / "notebooks" / NAME).read_bytes()
DETECTED = "Grader metadata detected! You can proceed with the lab!"
NEEDED = (
    "grader/__init__.py",
    "grader/errors.py",
    "grader/notebook/__init__.py",
    "grader/notebook/files.py",
    "grader/notebook/keys.py",
    "grader/notebook/markers.py",
    "grader/notebook/metadata.py",
    "grader/notebook/source.py",
    "grader/notebook/volume.py",
)


@pytest.fixture
def script(kit: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.delenv("NO_COLOR", raising=False)
    spec = importlib.util.spec_from_file_location("add_metadata", ROOT / "add_metadata.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "HOME", kit)
    return module


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    """Make a kit of nothing but the notebooks."""
    (tmp_path / "notebooks" / "solutions").mkdir(parents=True)
    for name in (NAME, f"solutions/{NAME}"):
        shutil.copy(ROOT / "notebooks" / name, tmp_path / "notebooks" / name)
    return tmp_path


@pytest.fixture
def notebook(kit: Path) -> Path:
    return kit / "notebooks" / NAME


def strip(path: Path, **extra: Any) -> bytes:
    content = json.loads(RELEASED)
    content["metadata"] = {}
    for cell in content["cells"]:
        cell["metadata"] = {}
    content.update(extra)
    path.write_text(json.dumps(content, indent=1), "utf-8")
    return path.read_bytes()


def run(script: ModuleType, path: Path) -> int:
    code: int = script.main(["--filename", str(path)])
    return code


def files_beside(path: Path) -> set[str]:
    return {entry.name for entry in path.parent.iterdir()} - {path.name, "solutions"}


def test_a_complete_notebook_gets_one_green_line(
    script: ModuleType, notebook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(script, notebook) == 0
    assert capsys.readouterr() == (f"\033[32m{DETECTED}\033[0m\n", "")


def test_the_line_is_plain_where_no_colour_is_wanted(
    script: ModuleType,
    notebook: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    run(script, notebook)
    assert capsys.readouterr().out == f"{DETECTED}\n"


def test_a_complete_notebook_is_not_touched(script: ModuleType, notebook: Path) -> None:
    os.utime(notebook, ns=(1, 1))
    run(script, notebook)
    assert (notebook.read_bytes(), notebook.stat().st_mtime_ns) == (RELEASED, 1)
    assert files_beside(notebook) == set()


def test_a_byte_order_mark_and_other_line_ends_are_no_obstacle(
    script: ModuleType, notebook: Path
) -> None:
    content = b"\xef\xbb\xbf" + RELEASED.replace(b"\n", b"\r\n")
    notebook.write_bytes(content)
    assert run(script, notebook) == 0
    assert notebook.read_bytes() == content


def test_missing_metadata_is_added(script: ModuleType, notebook: Path) -> None:
    strip(notebook)
    assert run(script, notebook) == 0
    assert json.loads(notebook.read_bytes()) == json.loads(RELEASED) | {
        "metadata": {"grader_assignment": "happy-or-sad", "grader_version": "1"}
    }


def test_a_notebook_is_found_complete_after_metadata_was_added(
    script: ModuleType, notebook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    strip(notebook)
    run(script, notebook)
    capsys.readouterr()
    assert run(script, notebook) == 0
    assert DETECTED in capsys.readouterr().out


def test_the_student_is_told_what_was_added_and_what_to_do(
    script: ModuleType, notebook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    strip(notebook)
    run(script, notebook)
    told = capsys.readouterr().out
    assert DETECTED not in told
    assert "notebook: grader_assignment, grader_version" in told
    assert "(image_generator): deletable, tags" in told
    assert "C1W4_Assignment.backup-1.ipynb" in told
    assert "WITHOUT saving" in told
    assert "File > Reload Notebook from Disk" in told


def test_the_file_as_it_was_is_kept(script: ModuleType, notebook: Path) -> None:
    before = strip(notebook)
    run(script, notebook)
    assert notebook.with_name("C1W4_Assignment.backup-1.ipynb").read_bytes() == before
    assert files_beside(notebook) == {"C1W4_Assignment.backup-1.ipynb"}


def test_an_earlier_backup_is_never_overwritten(script: ModuleType, notebook: Path) -> None:
    notebook.with_name("C1W4_Assignment.backup-1.ipynb").write_text("precious")
    before = strip(notebook)
    run(script, notebook)
    assert notebook.with_name("C1W4_Assignment.backup-1.ipynb").read_text() == "precious"
    assert notebook.with_name("C1W4_Assignment.backup-2.ipynb").read_bytes() == before


def test_the_mode_of_the_file_stays(script: ModuleType, notebook: Path) -> None:
    strip(notebook)
    notebook.chmod(0o640)
    run(script, notebook)
    assert stat.S_IMODE(notebook.stat().st_mode) == 0o640


def test_a_link_stays_a_link(script: ModuleType, notebook: Path, tmp_path: Path) -> None:
    strip(notebook)
    link = tmp_path / "link.ipynb"
    link.symlink_to(notebook)
    assert run(script, link) == 0
    assert link.is_symlink()
    assert b"happy-or-sad" in notebook.read_bytes()


def test_the_file_is_written_as_jupyter_does(script: ModuleType, notebook: Path) -> None:
    strip(notebook)
    run(script, notebook)
    content = json.loads(notebook.read_bytes())
    expected = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
    assert notebook.read_bytes() == expected.encode()


def test_sources_keep_the_form_that_they_had(script: ModuleType, notebook: Path) -> None:
    cells = copy.deepcopy(json.loads(RELEASED)["cells"])
    for cell in cells[::2]:
        cell["source"] = "".join(cell["source"]).replace("\n", "\r\n")
    strip(notebook, cells=cells)
    assert run(script, notebook) == 0
    after = json.loads(notebook.read_bytes())["cells"]
    assert [cell["source"] for cell in after] == [cell["source"] for cell in cells]


def test_half_a_surrogate_pair_survives(script: ModuleType, notebook: Path) -> None:
    cells = [*json.loads(RELEASED)["cells"], _code("x = '\ud83d'")]
    strip(notebook, cells=cells)
    assert run(script, notebook) == 0
    assert json.loads(notebook.read_bytes())["cells"][-1] == _code("x = '\ud83d'")


def _code(source: str) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": {}, "outputs": [], "source": source}


def test_zeros_behind_a_notebook_do_no_harm(script: ModuleType, notebook: Path) -> None:
    notebook.write_bytes(RELEASED + b"\0" * 99)
    assert run(script, notebook) == 0


@pytest.fixture
def student(kit: Path) -> Path:
    """Make what a student gets: the notebook, without its solution."""
    shutil.rmtree(kit / "notebooks" / "solutions")
    return kit / "notebooks" / NAME


def lose_tags(notebook: Path) -> None:
    content = json.loads(RELEASED)
    for cell in content["cells"]:
        cell["metadata"].pop("tags", None)
    notebook.write_text(json.dumps(content), "utf-8")


def test_a_notebook_is_not_its_own_reference(
    script: ModuleType, student: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lose_tags(student)
    assert run(script, student) == 2
    assert f"Expected an untouched copy of {NAME} in " in capsys.readouterr().err


@pytest.mark.parametrize("name", ["notebooks/../notebooks", "link"])
def test_a_notebook_is_known_by_any_of_its_paths(
    script: ModuleType, kit: Path, student: Path, name: str
) -> None:
    (kit / "link").symlink_to("notebooks")
    assert student.is_file()
    assert run(script, kit / name / NAME) == 2


def test_a_backup_is_no_reference_either(script: ModuleType, student: Path) -> None:
    lose_tags(student)
    shutil.copy(student, student.with_name("C1W4_Assignment.backup-1.ipynb"))
    assert run(script, student) == 2


def test_an_untouched_copy_is_one(
    script: ModuleType, student: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (student.parent / ".released").mkdir()
    shutil.copy(student, student.parent / ".released" / NAME)
    lose_tags(student)
    run(script, student)
    assert "lacked metadata that the grader needs" in capsys.readouterr().out


DEEP = b'{"nbformat": 4, "cells": [], "metadata": ' + b'{"a":' * 99_000 + b"1" + b"}" * 99_001


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b" \r\n", "is empty"),
        (RELEASED[:5000], "not all of it"),
        (RELEASED.replace(b'"cells": [', b'"cells": ', 1), "line "),
        (b"<html></html>", "should be a notebook in JSON"),
        (RELEASED.decode().encode("utf-16"), "UTF-8"),
        (b'{"nbformat": 4, "caf\xe9": 1}', "UTF-8"),
        (b"[]", "other JSON"),
        (b'"text"', "other JSON"),
        (b'{"cells": []}', "other JSON"),
        (b'{"nbformat": 3, "worksheets": [{"cells": []}]}', "format 3"),
        (b'{"nbformat": 5, "cells": []}', "format 5"),
        (b'{"nbformat": 4}', "malformed"),
        (b'{"nbformat": 4, "cells": [], "metadata": []}', "malformed"),
        (b'{"nbformat": 4, "cells": ["x"]}', "cell 1"),
        (b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": 1}]}', "cell 1"),
        (b'{"nbformat": 4, "cells": [{"source": "x"}]}', "cell 1"),
        (b'{"nbformat": 4, "cells": []}', "no graded cell"),
        (DEEP, "not all of it"),
        (b'{"nbformat": ' + b"4" * 9999 + b"}", "not all of it"),
    ],
)
def test_what_is_no_notebook_of_an_assignment_is_refused_in_one_line(
    script: ModuleType,
    notebook: Path,
    capsys: pytest.CaptureFixture[str],
    content: bytes,
    words: str,
) -> None:
    notebook.write_bytes(content)
    assert run(script, notebook) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert str(notebook) in err
    assert words in err
    assert notebook.read_bytes() == content
    assert files_beside(notebook) == set()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("absent.ipynb", "does not exist"),
        (".", "is not a file"),
        ("C1W4_Assignment.ipynb/x", "does not exist"),
        ("n" * 5000, "cannot be read"),
    ],
)
def test_what_is_no_file_is_refused_in_one_line(
    script: ModuleType,
    notebook: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    words: str,
) -> None:
    assert run(script, notebook.parent / name) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert words in err


def test_a_refusal_names_the_functions_that_were_expected(
    script: ModuleType, notebook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    strip(notebook, cells=[_code("def happy(): pass")])
    assert run(script, notebook) == 2
    assert "myCallback, image_generator, train_happy_sad_model" in capsys.readouterr().err


def test_a_kit_without_notebooks_says_so(
    script: ModuleType, notebook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alone = shutil.move(notebook, tmp_path / NAME)
    shutil.rmtree(notebook.parent)
    assert run(script, Path(alone)) == 2
    assert "Download the course's files again" in capsys.readouterr().err


@pytest.mark.parametrize("broken", ["mkstemp", "fsync", "copystat", "replace"])
def test_a_file_that_cannot_be_replaced_stays_as_it_was(
    script: ModuleType,
    notebook: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    broken: str,
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = strip(notebook)
    owner = {"mkstemp": tempfile, "fsync": os, "copystat": shutil, "replace": Path}[broken]
    monkeypatch.setattr(owner, broken, fail)
    assert run(script, notebook) == 2
    assert os.strerror(errno.ENOSPC) in capsys.readouterr().err
    assert notebook.read_bytes() == before
    assert not [name for name in files_beside(notebook) if name.endswith(".tmp")]


def test_half_a_backup_is_not_left_behind(
    script: ModuleType, notebook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    strip(notebook)
    backup = notebook.with_name("C1W4_Assignment.backup-1.ipynb")
    read = Path.read_bytes

    def fail_late(path: Path) -> bytes:
        if backup.exists():
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", fail_late)
    assert run(script, notebook) == 2
    assert files_beside(notebook) == set()


def test_a_file_that_may_not_be_read_is_refused(
    script: ModuleType,
    notebook: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(_path: Path) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert run(script, notebook) == 2
    assert "cannot be read: Permission denied" in capsys.readouterr().err


def start(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    options = [sys.executable, "-B", "-W", "error", *command]
    return subprocess.run(options, cwd=cwd, capture_output=True, text=True, check=False)


def copy_needed(target: Path) -> None:
    for name in NEEDED:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, target / name)


def test_the_script_runs_as_the_notebook_calls_it(kit: Path) -> None:
    copy_needed(kit)
    shutil.copy(ROOT / "add_metadata.py", kit)
    done = start("-S", "../add_metadata.py", "--filename", NAME, cwd=kit / "notebooks")
    assert (done.returncode, done.stderr) == (0, "")
    assert DETECTED in done.stdout


def test_the_script_runs_where_the_kit_is_installed(kit: Path, tmp_path: Path) -> None:
    site = tmp_path / "site-packages"
    copy_needed(site)
    home = site / "grader" / "kit"
    shutil.move(kit / "notebooks", home / "notebooks")
    shutil.copy(ROOT / "add_metadata.py", home)
    done = start("-S", "../add_metadata.py", "--filename", NAME, cwd=home / "notebooks")
    assert (done.returncode, done.stderr) == (0, "")
    assert DETECTED in done.stdout


def test_a_failure_is_the_exit_code_of_the_script(tmp_path: Path) -> None:
    done = start(ROOT / "add_metadata.py", "--filename", "absent.ipynb", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


def test_a_module_of_the_student_does_not_get_in_the_way(kit: Path) -> None:
    (kit / "notebooks" / "json.py").write_text("raise SystemExit('mine')")
    done = start(ROOT / "add_metadata.py", "--filename", NAME, cwd=kit / "notebooks")
    assert done.returncode == 0


def test_the_script_needs_nothing_but_the_standard_library() -> None:
    report = (
        "import runpy, sys; runpy.run_path('add_metadata.py');"
        "known = sys.stdlib_module_names | {'__main__', 'grader'};"
        "print(sorted({name.partition('.')[0] for name in sys.modules} - known),"
        "sorted(name for name in sys.modules if name.startswith('grader')))"
    )
    done = start("-I", "-S", "-c", report, cwd=ROOT)
    allowed = {name.removesuffix("/__init__.py").removesuffix(".py") for name in NEEDED}
    foreign, _, own = done.stdout.strip().partition("] [")
    assert foreign == "["
    assert set(ast.literal_eval(f"[{own}")) <= {name.replace("/", ".") for name in allowed}


@pytest.mark.parametrize("name", ["add_metadata.py", *NEEDED])
def test_an_older_python_understands_what_the_script_needs(name: str) -> None:
    tree = ast.parse((ROOT / name).read_text("utf-8"), feature_version=(3, 8))
    unions = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    assert not any(isinstance(argument, ast.BinOp) for call in unions for argument in _types(call))
    assert not any(keyword.arg == "slots" for keyword in _keywords(tree))


def _types(call: ast.Call) -> list[ast.expr]:
    is_check = isinstance(call.func, ast.Name) and call.func.id == "isinstance"
    return call.args[1:] if is_check else []


def _keywords(tree: ast.Module) -> list[ast.keyword]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.keyword)]


def test_a_file_larger_than_the_grader_accepts_is_refused(
    script: ModuleType, notebook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with notebook.open("r+b") as file:
        file.truncate(50 * 1024 * 1024 + 1)
    assert run(script, notebook) == 2
    assert "Clear its outputs" in capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    [
        "def image_generator(): pass\n",
        "# GRADED FUNCTION: myCallback\n",
        "import os, numpy as np\n",
    ],
)
def test_more_code_than_the_grader_accepts_is_refused(
    script: ModuleType, notebook: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    content = json.loads(RELEASED)
    content["cells"] += [{"cell_type": "code", "metadata": {}, "source": text * 1_000}] * 20
    notebook.write_text(json.dumps(content), "utf-8")
    assert run(script, notebook) == 2
    assert "at most 10,000 are accepted" in capsys.readouterr().err


def test_two_thousand_cells_take_no_time(script: ModuleType, notebook: Path) -> None:
    content = json.loads(RELEASED)
    more = {"cell_type": "code", "metadata": {}, "source": "x = [1, 2, 3]  # image\n" * 300}
    content["cells"] += [more] * 1960
    notebook.write_text(json.dumps(content), "utf-8")
    start = time.perf_counter()
    run(script, notebook)
    assert time.perf_counter() - start < 5
