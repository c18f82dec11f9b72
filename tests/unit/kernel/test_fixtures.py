"""What stands around all parts of a kind in one run, while they are looked at."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from grader.checked import PartEvidence
from grader.evidence import Evidence, Loader
from grader.kernel.challenges import Challenges
from grader.kernel.job import Job
from grader.kinds.challenge import OtherImagesError, SplitCopy
from grader.kinds.kind import GradedPart
from grader.kinds.loader.part import ImageLoader
from grader.kinds.value.evidence import ValueEvidence
from grader.kinds.value.part import Value
from grader.records import CellStatus, PlannedCell, Role

CELL = PlannedCell("a = b = load = 1", Role.GRADED, "a")
DATASET, COPIES = Path("dataset"), (Path("copy"), Path("another"))


class Bells:
    """A fixture that rings as long as it is shown; what is of value 1 has not heard it."""

    def __init__(self) -> None:
        self.rings = 0
        self.log: list[object] = []

    @contextmanager
    def shown(self) -> Iterator[None]:
        self.rings += 1
        yield
        self.rings -= 1

    def compare(self, record: PartEvidence, split: str | None) -> PartEvidence:
        assert split is None
        if ValueEvidence.model_validate(record).value == "1":
            raise OtherImagesError
        return record.model_copy(update={"value": "heard"})


BELLS = Bells()


class Listening(Value):
    """A value that is looked at while bells ring."""

    @classmethod
    def fixture(
        cls,
        dataset: Path | None,
        copies: Sequence[Path],
        others: Sequence[SplitCopy],
        make_folder: Callable[[], AbstractContextManager[Path]],
    ) -> AbstractContextManager[Any]:
        @contextmanager
        def made() -> Iterator[Bells]:
            BELLS.log += [(dataset, *copies, *others), "made"]
            with make_folder() as folder:
                assert folder.is_dir()
                yield BELLS
            BELLS.log.append("gone")

        return made()


@pytest.fixture(autouse=True)
def fresh_bells() -> None:
    BELLS.rings, BELLS.log = 0, []


def challenges(*parts: GradedPart) -> Challenges:
    return Challenges(Job((CELL,), {each.name: each for each in parts}, DATASET, "d", 1))


def test_several_parts_of_a_kind_have_one_fixture_for_as_long_as_the_run() -> None:
    with challenges(Listening("a"), Listening("b")).set_up(COPIES):
        assert BELLS.log == [(DATASET, *COPIES), "made"]
    assert BELLS.log[-1] == "gone"


def test_it_is_shown_while_a_part_of_its_kind_is_looked_at() -> None:
    made = challenges(Listening("a"))
    with made.set_up(COPIES):
        with made.shown(made.requests(0, CellStatus.DONE)):
            assert BELLS.rings == 1
        assert BELLS.rings == 0


def test_it_is_not_shown_while_others_are_looked_at() -> None:
    made = challenges(Listening("a"))
    with made.set_up(COPIES), made.shown([]):
        assert BELLS.rings == 0


def compared(value: str) -> Evidence:
    made, evidence = challenges(Listening("a")), Evidence()
    evidence.add(ValueEvidence(kind="value", name="a", outcome="value", value=value))
    with made.set_up(COPIES):
        pass
    made.compare(evidence, lambda _, __: b"")
    return evidence


def test_what_was_observed_is_compared_with_it() -> None:
    found = compared("2").find(ValueEvidence, "a")
    assert found is not None
    assert found.value == "heard"


def test_who_has_seen_something_else_is_named_and_not_believed() -> None:
    evidence = compared("1")
    assert (dict(evidence.parts), evidence.foreign, evidence.tampered) == ({}, ["a"], {})


def test_where_there_are_no_images_loaders_are_looked_at_as_they_are() -> None:
    loader = ImageLoader("load", variable="a")
    cell = PlannedCell("a = load()", Role.REQUIRED, calls=frozenset({"load"}))
    made, evidence = Challenges(Job((cell,), {"load": loader}, None, "d", 1)), Evidence()
    asked = made.requests(0, CellStatus.DONE)
    with made.set_up(()), made.shown(asked):
        evidence.add(Loader(kind="loader", name="load", type="any", batch_shape=(1, 8, 8, 3)))
    made.compare(evidence, lambda _, __: b"")
    assert [each["kind"] for each in asked] == ["loader"]
    assert evidence.find(Loader, "load") is not None
