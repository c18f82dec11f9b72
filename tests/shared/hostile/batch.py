"""Runs the hostile class in one setting, a line of JSON for what became of each attack.

``python -m hostile.batch SETTING``, the setting as JSON; ``apart`` starts it.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import running

from grader.isolation.choice import Isolation
from grader.kernel.kernels import Kernels
from grader.processes.backend import Backend
from hostile import HELD, SEALED, striking
from hostile.attack import Attack
from hostile.needs import NEEDS

# How long a cell may take that is not to be too slow: all settings are run, whatever else runs.
PATIENT_S = 15.0


@dataclass(frozen=True)
class Setting:
    """Who grades the class, and how it is isolated.

    Args:
        user: ``root``, or ``ordinary user``.
        layers: Of isolation: ``none``, ``floor`` or ``all``.
        stride: Every so many attacks are run.
    """

    user: str
    layers: str
    stride: int = 1

    @property
    def attacks(self) -> tuple[Attack, ...]:
        """What is run."""
        return (*SEALED, *HELD)[:: self.stride]

    def kernels(self) -> Kernels:
        """Return kernels for it."""
        if self.layers == "floor":
            return striking.with_floor(Isolation.STRICT)
        isolation = Isolation.NONE if self.layers == "none" else Isolation.STRICT
        return Kernels(Backend.best(), isolation)


def struck(setting: Setting) -> Iterator[dict[str, Any]]:
    """Run the attacks, and yield what became of each."""
    with tempfile.TemporaryDirectory() as name, setting.kernels() as kernels:
        folder = Path(name)
        (folder / "images").mkdir()
        images = running.draw(folder / "images")
        go = partial(_go, images)
        running.start(kernels, images, "print('ready')")
        for number, attack in enumerate(setting.attacks):
            missing = attack.needs if not NEEDS[attack.needs]() else ""
            if missing and setting.layers == "none":
                yield {"id": attack.id, "skipped": missing}
                continue
            (folder / str(number)).mkdir()
            open_ = setting.layers == "none" and attack in SEALED
            how = striking.succeeds if open_ else striking.strike
            made = asdict(how(go, attack, kernels, folder / str(number)))
            yield {"id": attack.id, **made, "problems": sorted(made["problems"])}


def _go(images: Path, *cells: Any, using: Kernels, **limits: Any) -> Any:
    if limits["cell_s"] == striking.LIMITS["cell_s"]:
        limits["cell_s"] = PATIENT_S
    return running.start(using, images, *cells, **limits)


def main() -> None:
    """Run the class that the command line names."""
    setting = Setting(**json.loads(sys.argv[1]))
    for result in struck(setting):
        print(json.dumps(result), flush=True)  # noqa: T201 - what is asked for


if __name__ == "__main__":
    main()
