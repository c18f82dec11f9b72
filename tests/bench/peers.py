"""The other graders: nbgrader and Otter-Grader, in an environment of their own.

Both want the images beside the notebook, where they put a course's files, and neither needs the
cell that looks for the course's own notes. Nothing else in the notebook is changed for them.
"""

import csv
import json
import os
import shutil
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.bench.checks import CHECKS
from tests.bench.solutions import IMAGES, NAME, ROOT, Solution
from tests.bench.tools import Tool

ENVIRONMENT = ROOT / "build" / "peers"
STARTUP = Path(__file__).parent / "startup" / "fit_seconds.py"
ASSIGNMENT = "happy-or-sad"
POINTS = sum(check.points for check in CHECKS)


def edition(solution: Solution) -> dict[str, Any]:
    """Fill in the notebook as the other tools' courses would release it."""
    content = solution.notebook()
    content["cells"] = [cell for cell in content["cells"] if cell["id"] != "metadata-check"]
    images = next(cell for cell in content["cells"] if cell["id"] == "sample-images")
    images["source"] = [line.replace('"../data/', '"data/') for line in images["source"]]
    return content


class Peer(Tool):
    """A grader that does not tell how long the training took."""

    def python(self) -> Path:
        """Return the Python of their environment."""
        return ENVIRONMENT / "bin" / "python"

    def environment(self) -> Mapping[str, str]:
        """Put their programs first, and have their kernels note the seconds of the training."""
        return {
            "PATH": f"{ENVIRONMENT / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "IPYTHONDIR": str(self.work / "ipython"),
            "JUPYTER_CONFIG_DIR": str(self.work / "jupyter"),
            "BENCH_FIT_SECONDS": str(self._noted),
        }

    def set_up(self) -> None:
        """Make the course."""
        if not self.python().exists():
            raise SystemExit("The other graders are not installed: `make bench` does it.")
        startup = self.work / "ipython" / "profile_default" / "startup" / STARTUP.name
        startup.parent.mkdir(parents=True)
        shutil.copy(STARTUP, startup)
        self.make_course()

    @abstractmethod
    def make_course(self) -> None:
        """Make what the tool wants of a course, and the submissions."""

    def fits(self) -> Sequence[float]:
        """Read what the kernels have noted."""
        return [float(line) for line in self._noted.read_text().split()]

    @property
    def _noted(self) -> Path:
        return self.work / "fit-seconds.txt"

    def program(self, name: str) -> str:
        """Return a program of their environment."""
        return str(ENVIRONMENT / "bin" / name)


class Nbgrader(Peer):
    """``nbgrader autograde``, with the checks as cells at the end of the notebook."""

    def make_course(self) -> None:
        """Make the source, have it released, and hand in."""
        source = self.work / "source" / ASSIGNMENT
        shutil.copytree(IMAGES, source / "data" / IMAGES.name)
        _write(source / NAME, marked(edition(self.solutions[0])))
        self.untimed("release", [self.program("nbgrader"), "generate_assignment", ASSIGNMENT])
        released = (self.work / "release" / ASSIGNMENT / NAME).read_text(encoding="utf-8")
        for solution in self.solutions:
            answers = {cell["id"]: cell["source"] for cell in edition(solution)["cells"]}
            content = json.loads(released)
            for cell in content["cells"]:
                if cell["metadata"].get("nbgrader", {}).get("solution"):
                    cell["source"] = answers[cell["id"]]
            _write(self.work / "submitted" / solution.id / ASSIGNMENT / NAME, content)

    def commands(self) -> Sequence[Sequence[str]]:
        """Grade all students."""
        return [[self.program("nbgrader"), "autograde", ASSIGNMENT]]

    def passed(self) -> int:
        """Have the grades exported and read them."""
        self.untimed("export", [self.program("nbgrader"), "export", "--to", "grades.csv"])
        with (self.work / "grades.csv").open(encoding="utf-8", newline="") as file:
            return sum(float(row["score"]) == POINTS for row in csv.DictReader(file))


def marked(content: dict[str, Any]) -> dict[str, Any]:
    """Mark the cells as nbgrader wants it: the given ones locked, and the checks at the end."""
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            own = "graded" in cell["metadata"].get("tags", [])
            cell["metadata"]["nbgrader"] = _marks(cell["id"], solution=own, locked=not own)
    for check in CHECKS:
        content["cells"].append(
            {
                "cell_type": "code",
                "execution_count": None,
                "id": f"check-{check.name}",
                "metadata": {"nbgrader": _marks(f"check-{check.name}", points=check.points)},
                "outputs": [],
                "source": check.code.splitlines(keepends=True),
            }
        )
    return content


def _marks(
    name: str, *, points: int = 0, solution: bool = False, locked: bool = True
) -> dict[str, Any]:
    marks = {"grade_id": name, "grade": bool(points), "solution": solution, "locked": locked}
    return marks | {"task": False, "schema_version": 3} | ({"points": points} if points else {})


class Otter(Peer):
    """``otter run`` for one submission after the other, with the checks as test files."""

    def make_course(self) -> None:
        """Make the zip file and hand in."""
        for check in CHECKS:
            test = self.work / "tests" / f"{check.name}.py"
            test.parent.mkdir(exist_ok=True)
            test.write_text(check.otter(), encoding="utf-8")
        shutil.copytree(IMAGES, self.work / "data" / IMAGES.name)
        command = ["generate", "--tests-dir", "tests", "--output-path", "autograder.zip", "data"]
        self.untimed("generate", [self.program("otter"), *command])
        for solution in self.solutions:
            _write(self.work / "submitted" / solution.id / NAME, edition(solution))
            (self.work / "results" / solution.id).mkdir(parents=True)

    def commands(self) -> Sequence[Sequence[str]]:
        """Grade one student after the other."""
        return [
            [
                *(self.program("otter"), "run", "--autograder", "autograder.zip"),
                *("--output-dir", f"results/{solution.id}", f"submitted/{solution.id}/{NAME}"),
            ]
            for solution in self.solutions
        ]

    def passed(self) -> int:
        """Read the results."""
        found = [
            json.loads((self.work / "results" / solution.id / "results.json").read_text())
            for solution in self.solutions
        ]
        return sum(sum(t.get("score", 0) for t in one["tests"]) == POINTS for one in found)


def _write(path: Path, content: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1), encoding="utf-8")
