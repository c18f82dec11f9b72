"""What a notebook does, as far as it was observed: by this, one mutant is told from another.

Two behave alike if all that was observed of them is the same: what ``fit`` was asked for and what
came of it to the last digit, how parts answered to the same trials, what values they have. Left out
is what is measured, such as seconds, and how Keras numbers the names of layers.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter

from grader.attempt import Attempt
from grader.evidence import Evidence
from grader.records import Execution

_EVIDENCE = TypeAdapter(Evidence)
_EXECUTION = TypeAdapter(Execution)
# Seconds, which differ each time.
_MEASURED = frozenset({"wall_s", "cpu_s"})
Tree = Mapping[str, Any]


def observed(attempt: Attempt) -> Tree:
    """Return what was observed in a run, as plain data that can be compared."""
    evidence = _EVIDENCE.dump_python(attempt.run.evidence, mode="json")
    execution = _EXECUTION.dump_python(attempt.run.execution, mode="json")
    made = (fit["trained"] or {} for fit in evidence["fits"].values())
    trained = [each["model"] for each in made if each.get("model")]
    for model in [*evidence["models"].values(), *trained]:
        for layer in model["layers"]:
            del layer["name"]
    tree = _steady({**evidence, "execution": execution["cells"], "seed": attempt.seed})
    return dict(tree)


def behaviour(attempts: Sequence[Attempt]) -> str:
    """Return what was observed of a notebook in all of its runs, as one text.

    Args:
        attempts: The runs that were made of it.
    """
    return json.dumps([observed(each) for each in attempts], sort_keys=True)


def _steady(value: Any) -> Any:  # noqa: ANN401 - plain data of any kind
    if isinstance(value, Mapping):
        return {key: _steady(each) for key, each in value.items() if key not in _MEASURED}
    return [_steady(each) for each in value] if isinstance(value, list | tuple) else value
