"""The hostile class in every setting: without isolation, with its floor, with all; by two users.

``python -m tests.prove.attacks --write docs/isolation.md`` runs it, as root, where it can harm
nobody: each setting has processes, sockets, shared memory, mounts and temporary files of its own
(``hostile.apart``), and a list of all that is outside of a run is made before and after. It ends
with 1 if an attack does not end as it must, or if anything outside has changed.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hostile import HELD, SEALED, apart
from hostile.batch import Setting

from tests.prove.results import publish

USERS, LAYERS = ("root", "ordinary user"), ("none", "floor", "all")
HEAD = f"""\
| graded by | layers | of {len(SEALED)} that isolation is to stop | of {len(HELD)} that is stopped \
anyway | not to be had here | changed outside |
|---|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Struck:
    """What became of the class in one setting.

    Args:
        setting: The setting.
        results: By attack.
        differences: What has changed outside of the runs.
    """

    setting: Setting
    results: dict[str, dict[str, Any]]
    differences: list[str]

    @property
    def isolated(self) -> bool:
        """Whether there was any isolation."""
        return self.setting.layers != "none"

    @property
    def skipped(self) -> dict[str, str]:
        """What the system does not offer that an attack needs, by attack."""
        return {
            name: result["skipped"] for name, result in self.results.items() if "skipped" in result
        }

    def ended(self, attacks: tuple[Any, ...]) -> str:
        """Say how some of the class ended."""
        made = [self.results[one.id] for one in attacks if one.id in self.results]
        succeeded = sum(one.get("harmed", False) for one in made)
        failed = sum("skipped" not in one for one in made) - succeeded
        words = ((succeeded, "succeed"), (failed, "fail"))
        return ", ".join(f"{number} {word}" for number, word in words if number)

    @property
    def row(self) -> str:
        """A line of the table."""
        lacking = sorted(set(self.skipped.values()))
        skipped = f"{len(self.skipped)}: {', '.join(lacking)}" if lacking else ""
        number = len(self.differences)
        changed = f"{number} thing{'' if number == 1 else 's'}" if number else "nothing"
        cells = (self.setting.user, self.setting.layers, self.ended(SEALED), self.ended(HELD))
        return f"| {' | '.join((*cells, skipped, changed))} |\n"

    def faults(self) -> Iterator[str]:
        """Yield all that is not as it must be."""
        sealed = {one.id for one in SEALED}
        missing = {one.id for one in self.setting.attacks} - set(self.results)
        yield from (f"{name} was not run" for name in sorted(missing))
        for name, result in self.results.items():
            if "skipped" in result:
                continue
            if not self.isolated and name in sealed:
                yield from () if result["harmed"] else (f"{name} did not succeed",)
            else:
                yield from (f"{name}: {problem}" for problem in result["problems"])
        yield from self.differences if self.isolated else ()


def strike(setting: Setting) -> Struck:
    """Run the class in a setting."""
    results: dict[str, dict[str, Any]] = {}
    differences: list[str] = []
    for made in apart.run(setting):
        differences += made.get("differences", ())
        if "id" in made:
            results[made["id"]] = made
    return Struck(setting, results, differences)


def main() -> None:
    """Run the class in all settings, print a table, and say what is not as it must be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path, help="a page whose table is replaced")
    parser.add_argument("--stride", type=int, default=1, help="run every so many attacks")
    parser.add_argument("--user", choices=USERS, action="append")
    parser.add_argument("--layers", choices=LAYERS, action="append")
    asked = parser.parse_args()
    if not apart.possible():
        sys.exit("Only root, on Linux and with util-linux, can become both users and see all.")
    table, faults = HEAD, 0
    for user in asked.user or USERS:
        for layers in asked.layers or LAYERS:
            struck = strike(Setting(user, layers, asked.stride))
            table += struck.row
            print(struck.row, end="", flush=True)
            for name, need in struck.skipped.items():
                print(f"  not to be had here: {name}, which needs {need}", flush=True)
            for fault in struck.faults():
                faults += 1
                print(f"  NOT AS IT MUST BE: {fault}", flush=True)
    publish(table, asked.write)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
