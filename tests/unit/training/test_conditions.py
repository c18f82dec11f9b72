from dataclasses import replace
from pathlib import Path

import pytest
from descriptions import of_files

from grader.training import conditions as module
from grader.training.conditions import conditions
from grader.training.description import (
    Architecture,
    Compile,
    Description,
    FitArguments,
    LayerSpec,
    LoaderSpec,
    ObjectSpec,
)
from grader.training.results import PriorFit, Reply, TrainingPlan

DESCRIPTION = Description(
    LoaderSpec({"rescale": 0.5}, {"batch_size": 10, "target_size": (8, 8)}, ("a", "b"), "0" * 64),
    None,
    Architecture((LayerSpec(ObjectSpec("InputLayer", {"shape": (8, 8, 3)})),), 0, (0,)),
    Compile(ObjectSpec("Adam"), ObjectSpec("BinaryCrossentropy")),
    FitArguments(epochs=3),
)
PLAN = TrainingPlan(seed=1)


def test_the_order_of_arguments_does_not_matter() -> None:
    loader = LoaderSpec(
        {"rescale": 0.5}, {"target_size": (8, 8), "batch_size": 10}, ("a", "b"), "0" * 64
    )
    other = replace(DESCRIPTION, loader=loader)
    assert conditions(other, "d", PLAN) == conditions(DESCRIPTION, "d", PLAN)


@pytest.mark.parametrize(
    "plan",
    [
        TrainingPlan(seed=2),
        TrainingPlan(seed=1, epochs=5),
        TrainingPlan(seed=1, threads=2),
        TrainingPlan(seed=1, exact=True),
        TrainingPlan(seed=1, targets=(0.9,)),
        TrainingPlan(seed=1, targets=(0.9, 1.0)),
        TrainingPlan(seed=1, exchanged=True),
        TrainingPlan(seed=1, mirrored=True),
    ],
)
def test_another_plan_is_another_training(plan: TrainingPlan) -> None:
    assert conditions(DESCRIPTION, "d", plan) != conditions(DESCRIPTION, "d", PLAN)


def test_the_same_training_in_more_memory_is_the_same() -> None:
    larger = replace(PLAN, memory_bytes=2 * PLAN.memory_bytes)
    assert conditions(DESCRIPTION, "d", larger) == conditions(DESCRIPTION, "d", PLAN)


def test_splits_that_lie_in_each_other_s_place_make_another_training() -> None:
    plans = [
        replace(PLAN, splits={"train": f"here/{one}", "validation": f"here/{other}"})
        for one, other in (("a", "b"), ("b", "a"))
    ]
    assert conditions(DESCRIPTION, "d", plans[0]) != conditions(DESCRIPTION, "d", plans[1])


def test_where_the_copies_of_splits_are_is_no_other_training() -> None:
    plans = [replace(PLAN, splits={"train": f"{at}/a"}) for at in ("here", "there")]
    assert conditions(DESCRIPTION, "d", plans[0]) == conditions(DESCRIPTION, "d", plans[1])


def test_another_split_is_another_training() -> None:
    loader = replace(of_files(DESCRIPTION.loader), folder="data/d/validation")
    other = replace(DESCRIPTION, loader=loader)
    assert conditions(other, "d", PLAN) != conditions(DESCRIPTION, "d", PLAN)


def test_more_time_is_no_other_training() -> None:
    plan = replace(PLAN, seconds=5)
    assert conditions(DESCRIPTION, "d", plan) == conditions(DESCRIPTION, "d", PLAN)


def test_another_description_is_another_training() -> None:
    other = replace(DESCRIPTION, fit=FitArguments(epochs=4))
    assert conditions(other, "d", PLAN) != conditions(DESCRIPTION, "d", PLAN)


def test_another_dataset_is_another_training() -> None:
    assert conditions(DESCRIPTION, "e", PLAN) != conditions(DESCRIPTION, "d", PLAN)


def test_another_processor_is_another_training(monkeypatch: pytest.MonkeyPatch) -> None:
    before = conditions(DESCRIPTION, "d", PLAN)
    monkeypatch.setattr(module, "processor", lambda: "another")
    assert conditions(DESCRIPTION, "d", PLAN) != before


def test_another_version_is_another_training(monkeypatch: pytest.MonkeyPatch) -> None:
    before = conditions(DESCRIPTION, "d", PLAN)
    monkeypatch.setattr(module, "version", lambda _: "0")
    assert conditions(DESCRIPTION, "d", PLAN) != before


@pytest.mark.parametrize("replies", [(), (Reply(),), (Reply(stop=True),)])
def test_what_was_trained_before_makes_another_training(replies: tuple[Reply, ...]) -> None:
    others = [(), [PriorFit(DESCRIPTION, (Reply(), Reply()))]]
    keys = {conditions(DESCRIPTION, "d", PLAN, turns) for turns in others}
    assert conditions(DESCRIPTION, "d", PLAN, [PriorFit(DESCRIPTION, replies)]) not in keys


def test_where_a_training_begins_makes_another_training() -> None:
    turns = [[PriorFit(DESCRIPTION, (Reply(),), apart)] for apart in (False, True)]
    assert len({conditions(DESCRIPTION, "d", PLAN, each) for each in turns}) == 2


def of_arrays(folder: Path, labels: bytes) -> TrainingPlan:
    folder.mkdir()
    (folder / "x.npy").write_bytes(b"samples")
    (folder / "y.npy").write_bytes(labels)
    return replace(PLAN, arrays={"digits": str(folder)}, data="digits")


def test_the_same_arrays_elsewhere_are_the_same_training(tmp_path: Path) -> None:
    one, other = (of_arrays(tmp_path / name, b"labels") for name in ("one", "other"))
    assert conditions(DESCRIPTION, "d", one) == conditions(DESCRIPTION, "d", other)


def test_other_arrays_of_the_same_name_are_another_training(tmp_path: Path) -> None:
    one, other = (of_arrays(tmp_path / name, name.encode()) for name in ("one", "other"))
    assert conditions(DESCRIPTION, "d", one) != conditions(DESCRIPTION, "d", other)


def test_what_is_to_be_trained_on_belongs_to_a_training(tmp_path: Path) -> None:
    plan = of_arrays(tmp_path / "one", b"labels")
    assert conditions(DESCRIPTION, "d", plan) != conditions(
        DESCRIPTION, "d", replace(plan, data="")
    )
