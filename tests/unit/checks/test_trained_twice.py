"""A model that two functions train in turn is for each of them what it was in its training."""

from dataclasses import replace

import pytest
from made_parts import trained

from grader.checks.observed import Observation
from grader.checks.set_up import settings_of
from grader.checks.trusted import Observed
from grader.evidence import (
    ByGrader,
    Compilation,
    ConvolutionInput,
    Fit,
    Layer,
    Loader,
    Model,
    collect,
)
from grader.kinds.loader.part import ImageLoader
from grader.kinds.loader.view.used import scale
from grader.records import Execution, ExecutionStatus, Layout, Plan

LOADERS = [ImageLoader(name, variable=name) for name in ("load", "load_augmented")]
TRAINERS = [replace(trained(name), loader=each)
            for name, each in zip(("train", "train_again"), LOADERS, strict=True)]  # fmt: skip
OPTIMIZERS = ("Adam", "RMSprop")
UNSCALED, SCALED = (0.0, 255.0), (0.0, 1.0)


def model(optimizer: str) -> Model:
    compilation = Compilation(loss="binary_crossentropy", optimizer=optimizer)
    layers = (Layer(name="conv", type="Conv2D"),)
    return Model(kind="model", key="m", type="Sequential", layers=layers, compilation=compilation)


def by_grader(optimizer: str, values: tuple[float, float]) -> ByGrader:
    known = model(optimizer)
    return ByGrader(images=80, seen=80, before=0.5, accuracy=1.0, model=known,
                    at_convolution=values)  # fmt: skip


MADE = [by_grader(name, values)
        for name, values in zip(OPTIMIZERS, (UNSCALED, SCALED), strict=True)]  # fmt: skip


def fit(index: int, made: ByGrader | None) -> Fit:
    function = TRAINERS[index].name
    return Fit(kind="fit", index=index, model="m", functions=(function,), finished=True,
               trained=made)  # fmt: skip


def seen(*records: Fit | ConvolutionInput) -> Observation:
    probes = {part.name: part for part in [*LOADERS, *TRAINERS]}
    told = [Loader(kind="loader", name=part.name, type="DirectoryIterator") for part in LOADERS]
    evidence = collect([model(OPTIMIZERS[-1]), *told, *records])
    execution = Execution(ExecutionStatus.DONE, (), seed=1)
    return Observation(Plan(Layout("kit", "", ()), ()), execution, evidence, probes, 80, 2)


@pytest.fixture
def run() -> Observation:
    return seen(fit(0, MADE[0]), fit(1, MADE[1]))


@pytest.mark.parametrize(("part", "optimizer"), [*zip(TRAINERS, OPTIMIZERS, strict=True)])
def test_it_was_compiled_as_it_was_then(
    run: Observation, part: ImageLoader, optimizer: str
) -> None:
    assert run.compilation(part.name).optimizer == optimizer


@pytest.mark.parametrize(("part", "values"), [*zip(LOADERS, (UNSCALED, SCALED), strict=True)])
def test_the_range_of_a_loader_is_that_of_its_own_training(
    run: Observation, part: ImageLoader, values: tuple[float, float]
) -> None:
    assert scale(Observed(run), part.name) == values


@pytest.mark.parametrize(("part", "largest"), [*zip(TRAINERS, (255.0, 1.0), strict=True)])
def test_so_is_the_largest_value_that_it_was_shown(
    run: Observation, part: ImageLoader, largest: float
) -> None:
    settings = settings_of(run, run.fit(part.name), (80, 2))
    assert settings is not None
    assert settings.largest_value == largest


@pytest.mark.parametrize(("part", "values"), [*zip(LOADERS, (UNSCALED, SCALED), strict=True)])
def test_where_its_kernel_trains_the_range_is_that_of_the_loader(
    part: ImageLoader, values: tuple[float, float]
) -> None:
    told = [
        ConvolutionInput(kind="convolution_input", model="m", loader=each.name, minimum=0.0,
                         maximum=most)
        for each, (_, most) in zip(LOADERS, (UNSCALED, SCALED), strict=True)
    ]  # fmt: skip
    run = seen(fit(0, None), fit(1, None), *told)
    assert scale(Observed(run), part.name) == values


def test_a_kernel_says_nothing_of_what_the_grader_trained() -> None:
    told = ConvolutionInput(kind="convolution_input", model="m", loader="load", minimum=0.0,
                            maximum=0.5)  # fmt: skip
    assert scale(Observed(seen(fit(0, MADE[0]), told)), "load") == UNSCALED
