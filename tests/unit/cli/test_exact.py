from collections.abc import Callable, Sequence
from subprocess import CompletedProcess

import pytest

from grader.fits.options import TrainingOptions

Grader = Callable[..., CompletedProcess[str]]
COMMANDS = (("check", "class/empty.ipynb"), ("grade", "class", "--out", "out"))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("options", [(), ("--exact",)], ids=["by-default", "exact"])
def test_the_grader_trains_exactly_when_it_is_told_to(
    grader: Grader,
    monkeypatch: pytest.MonkeyPatch,
    command: Sequence[str],
    options: Sequence[str],
) -> None:
    chosen: list[bool] = []

    def note(_: object, *, memo: bool, exact: bool) -> None:
        assert memo
        chosen.append(exact)

    monkeypatch.setattr(TrainingOptions, "chosen", note)
    grader(*command, *options)
    assert chosen == [bool(options)]
