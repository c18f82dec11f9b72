import io
import math
import tracemalloc
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from grader.training import stored
from grader.training.results import Epoch, Measured, Reply, Trained, Validated, same

WEIGHTS = (
    (np.array([[0.1, -0.0], [math.inf, math.nan]], np.float32), np.zeros(0, np.float32)),
    (),
)
EPOCHS = (Epoch(0, {"loss": 0.1 + 0.2, "val_loss": 5e-324}, 80), Epoch(1, {"loss": 1.0}, 10, True))  # noqa: FBT003
TRAINED = Trained(EPOCHS, 80, WEIGHTS, Measured(0.5, 0.25, 1.0))
REPLIES = (Reply(), Reply(stop=True, learning_rate=0.1))


def loaded(content: bytes) -> tuple[Trained, tuple[Reply, ...]]:
    return stored.load(io.BytesIO(content))


def test_a_training_comes_back_to_the_last_digit() -> None:
    trained, replies = loaded(stored.dump(TRAINED, REPLIES))
    assert same(trained, TRAINED)
    assert replies == REPLIES


def test_what_was_seen_comes_back() -> None:
    seen = {"scale": [0.0, 1.0]}
    trained, _ = loaded(stored.dump(replace(TRAINED, seen=seen), REPLIES))
    assert trained.seen == seen


def test_a_loss_that_is_no_number_comes_back() -> None:
    lost = Trained((Epoch(0, {"loss": math.nan}, 80),), 80, (), Measured(0.5, 0.5))
    trained, _ = loaded(stored.dump(lost, (Reply(),)))
    assert math.isnan(trained.epochs[0].logs["loss"])


@pytest.mark.parametrize("moved", [None, 0.25, math.inf])
def test_how_far_kernels_moved_comes_back(moved: float | None) -> None:
    trained, _ = loaded(stored.dump(replace(TRAINED, moved=moved), REPLIES))
    assert trained.moved == moved


def test_what_was_measured_on_test_data_comes_back() -> None:
    tested = Validated(16, 0.5, 0.75, 2.3, 0.4)
    trained, _ = loaded(stored.dump(replace(TRAINED, tested=tested), REPLIES))
    assert trained.tested == tested


@pytest.mark.parametrize("validated", [None, Validated(16, 0.5, 0.75)])
def test_what_was_measured_on_validation_data_comes_back(validated: Validated | None) -> None:
    epochs = (replace(EPOCHS[0], validated=0.5), EPOCHS[1])
    trained, _ = loaded(stored.dump(replace(TRAINED, epochs=epochs, validated=validated), REPLIES))
    assert (trained.validated, trained.epochs) == (validated, epochs)


@pytest.mark.parametrize("content", [b"", b"short", b"\0" * 1000])
def test_anything_else_is_damaged(content: bytes) -> None:
    with pytest.raises(stored.DamagedError):
        loaded(content)


def test_one_wrong_bit_is_damage() -> None:
    content = bytearray(stored.dump(TRAINED, REPLIES))
    content[-1] ^= 1
    with pytest.raises(stored.DamagedError):
        loaded(bytes(content))


@pytest.mark.parametrize(
    "other",
    [
        Trained(EPOCHS[:1], 80, WEIGHTS, TRAINED.measured),
        Trained(EPOCHS, 80, WEIGHTS[:1], TRAINED.measured),
        Trained(EPOCHS, 80, WEIGHTS, Measured(0.5, 0.25)),
        replace(TRAINED, validated=Validated(16, 0.5, 0.75)),
        replace(TRAINED, tested=Validated(16, 0.5, 0.75, 2.3, 0.4)),
        Trained(EPOCHS, 80, ((WEIGHTS[0][0] + 1, WEIGHTS[0][1]), ()), TRAINED.measured),
    ],
)
def test_trainings_that_differ_are_not_the_same(other: Trained) -> None:
    assert not same(TRAINED, other)


def test_weights_are_written_and_read_without_a_second_copy_of_all(tmp_path: Path) -> None:
    trained = replace(TRAINED, weights=((np.zeros(2**23, np.float32),),))
    tracemalloc.start()
    try:
        with (tmp_path / "stored").open("wb") as file:
            stored.write(file, trained, REPLIES)
        written = tracemalloc.get_traced_memory()[1]
        tracemalloc.reset_peak()
        with (tmp_path / "stored").open("rb") as file:
            again, _ = stored.load(file)
        read = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert same(again, trained)
    assert max(written, read - stored.size(trained)) < 0.8 * stored.size(trained)
