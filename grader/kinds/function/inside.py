"""Calls a student's function inside the kernel."""

from collections.abc import Mapping
from typing import Any

from grader.kinds.calling import look_by_calls
from grader.probe.notebook import Notebook


def look(asked: Mapping[str, Any], notebook: Notebook) -> None:
    """Call the function and write down what came of each call.

    Args:
        asked: Its ``name``, the ``calls``, and how much time there is.
        notebook: Where it is.
    """
    look_by_calls("function", asked, notebook)
