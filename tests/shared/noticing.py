"""Draws nowhere, and notices figures as a kernel does, without its hooks."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
from matplotlib.figure import Figure

from grader.kinds.figure import inside


@contextmanager
def noticed_figures() -> Iterator[None]:
    """Have figures noticed meanwhile; none stays open."""
    before = Figure.__init__

    def noticed(self: Figure, *args: Any, **named: Any) -> None:
        before(self, *args, **named)
        inside._recent.append(self)

    mpl.use("agg")
    inside._recent.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Figure, "__init__", noticed)
        yield
    plt.close("all")
