"""No check that fails expects what it found: in words, whatever their marks."""

import re
from pathlib import Path
from typing import Any

import pytest
import recording
from happy_or_sad.alone import ALONE
from happy_or_sad.mistakes import MISTAKES
from happy_or_sad.submission import CALLBACK, LOADER, TRAINER, Variant
from hypothesis import assume, given
from hypothesis import strategies as st

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.checks import Absent, Check, Expectation, ProbeFault
from grader.checks.training import GradedTraining
from grader.checks.trusted import Result, Training
from grader.evidence import (
    ByGrader,
    Compilation,
    Fit,
    Layer,
    Loader,
    Metric,
    Model,
    PassedCallback,
    ReturnedResult,
)
from grader.kinds.callback.evidence import Callback, Replay, Trial
from grader.kinds.callback.view.agreement import InTraining
from grader.records import Status

SHARES = st.sampled_from([None, 0.0, 0.5, 0.9, 0.9989, 0.99901, 1.0])
SIZES = st.sampled_from([None, (), (150, 150), (150, 150, 3), (149, 151), (3, 150, 150)])
SHAPES = st.sampled_from(
    [None, (None, 150, 150, 3), (None, None, None, 3), (10, 150, 150, 1), (None, 1), (None, 2)]
)
MODES = st.sampled_from([None, "binary", "sparse", "categorical", "input"])
ACTIVATIONS = st.sampled_from(["sigmoid", "softmax", "linear", "tanh"])
KINDS = st.sampled_from(
    ["Conv2D", "MaxPooling2D", "Flatten", "Dense", "Reshape", "Softmax", "Dropout"]
)
METRICS = st.sampled_from(
    ["accuracy", "acc", "Accuracy", "BinaryAccuracy", "CategoricalAccuracy", "binary_accuracy",
     "SparseCategoricalAccuracy", "AUC", "mae"]
)  # fmt: skip
LOSSES = st.sampled_from(
    [None, "binary_crossentropy", "BinaryCrossentropy", "sparse_categorical_crossentropy",
     "CategoricalCrossentropy", "mse", "binary_crosentropy"]
)  # fmt: skip
layers = st.builds(
    Layer,
    name=st.just("layer"),
    type=KINDS,
    output_shape=SHAPES,
    settings=st.fixed_dictionaries({"activation": ACTIVATIONS, "units": st.integers(1, 3)}),
)
loaders = st.builds(
    Loader,
    kind=st.just("loader"),
    name=st.just(LOADER),
    type=st.just("DirectoryIterator"),
    images=st.sampled_from([None, 0, 40, 64, 80]),
    classes=st.sampled_from([None, 0, 1, 2, 3]),
    batch_size=st.sampled_from([None, 1, 10, 32]),
    target_size=SIZES,
    class_mode=MODES,
    batch_shape=SHAPES,
    label_shape=st.sampled_from([None, (10,), (10, 2)]),
    labels=st.lists(st.sampled_from([0.0, 1.0, 2.0]), max_size=3).map(tuple),
    subset=st.sampled_from([None, "training"]),
)
callbacks = st.builds(
    Callback,
    kind=st.just("callback"),
    name=st.just(CALLBACK),
    is_callback=st.booleans(),
    trials=st.lists(
        st.builds(
            Trial,
            logs=st.sampled_from(
                [None, {}, *({"accuracy": n} for n in (0.5, 0.999, 0.99901, 1.0))]
            ),
            stopped=st.booleans(),
            at_first=st.sampled_from([None, False, True]),
        ),
        max_size=6,
    ).map(tuple),
    replays=st.lists(
        st.builds(
            Replay,
            fit=st.just(0),
            curves=st.just({}),
            stopped_after=st.sampled_from([None, 0, 5]),
            error=st.none(),
        ),
        max_size=1,
    ).map(tuple),
)
passed = st.builds(
    PassedCallback,
    names=st.sampled_from([(CALLBACK,), ("Other",)]),
    part=st.sampled_from([None, "", CALLBACK]),
    stopped=st.sampled_from([None, False, True]),
)
models = st.builds(
    Model,
    kind=st.just("model"),
    key=st.just("model-0"),
    type=st.just("Sequential"),
    input_shape=SHAPES,
    layers=st.lists(layers, max_size=7).map(tuple),
)
compilations = st.builds(
    Compilation,
    loss=LOSSES,
    from_logits=st.booleans(),
    metrics=st.lists(st.builds(Metric, name=METRICS, type=METRICS), max_size=2).map(tuple),
)
results = st.builds(
    ReturnedResult,
    kind=st.just("result"),
    name=st.just(TRAINER),
    type=st.sampled_from(["History", "dict", "NoneType"]),
    is_history=st.booleans(),
    fit=st.sampled_from([None, 0, 1]),
)


@st.composite
def trainings(draw: st.DrawFn) -> GradedTraining:
    epochs = draw(st.integers(0, 20))
    log, running, measured = (
        tuple(draw(st.lists(SHARES, min_size=epochs, max_size=epochs))) for _ in range(3)
    )
    seen = draw(st.sampled_from([80, 80, 10, 40]))
    trained = ByGrader(
        images=80, seen=seen, before=draw(st.sampled_from([0.5, 0.5, 0.5, 1.0])),
        accuracy=draw(st.sampled_from([0.5, 0.9, 1.0])), running=running,
        measured=draw(st.sampled_from([(), measured])), telling=draw(st.booleans()),
    )  # fmt: skip
    fit = Fit(
        kind="fit", index=0, model="model-0", epochs=draw(st.sampled_from([None, 20, 21])),
        stopped=draw(st.booleans()), trained=draw(st.sampled_from([None, trained])),
        callbacks=tuple(draw(st.lists(passed, max_size=2))),
        curves={"accuracy": log},
    )  # fmt: skip
    earlier = draw(st.sampled_from([0, 5]))
    return GradedTraining(TRAINER, LOADER, fit, log, 80, 2, seen, earlier=earlier)


EVIDENCE: dict[str, st.SearchStrategy[Any]] = {
    "loader": loaders,
    "one_hot": st.booleans(),
    "suited": st.booleans(),
    "scale": st.tuples(*[st.sampled_from([-0.002, -0.0005, 0.0, 0.4, 0.9995, 1.0012, 255.0])] * 2),
    "callback": callbacks,
    "model": models,
    "compilation": compilations,
    "from_logits": st.booleans(),
    "training": trainings().map(Training),
    "result": results.map(Result),
    "in_training": st.builds(
        InTraining, st.just(CALLBACK), st.none() | callbacks, trainings().map(lambda made: made.fit)
    ),
    "dataset": st.just((80, 2)),
}


def words(phrase: str) -> str:
    return f" {' '.join(re.findall(r'[^ ,;:()]+', phrase.lower()))} "


def differ(expected: str, found: str) -> bool:
    """Whether what was found is no part of what was expected, as in: an accuracy; accuracy."""
    return bool(words(found).strip()) and words(found) not in words(expected)


@pytest.mark.parametrize("variant", [*ALONE, *MISTAKES], ids=lambda variant: variant.id)
def test_no_recorded_check_expects_what_it_found(variant: Variant, tmp_path: Path) -> None:
    plan = recording.plan(variant.notebook(), tmp_path)
    results = recording.judge(plan, recording.load(variant.id, plan)).results
    failed = [each for each in results if each.status is Status.FAILED]
    assert [each for each in failed if not differ(each.expected, each.actual)] == []


@pytest.mark.parametrize("check", happy_or_sad.checks, ids=lambda check: check.id)
@given(st.data())
def test_no_check_expects_what_it_found(check: Check, data: st.DataObject) -> None:
    found = judged(check, data)
    assume(found is not None)
    assert found is not None
    assert found.met or differ(found.expected, found.actual), found


def judged(check: Check, data: st.DataObject) -> Expectation | None:
    given = [data.draw(EVIDENCE[need.name], need.name) for need in check.needs]
    try:
        return check.function(*given)
    except (Absent, ProbeFault):
        return None
