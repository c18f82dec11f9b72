# ruff: noqa: ARG002 - hooks take what Keras gives them

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from grader.probe.callbacks import observe


class Base:
    """What a Keras callback has, as far as it is played to."""

    model: Any = None

    def set_params(self, params: dict[str, Any]) -> None: ...
    def set_model(self, model: Any) -> None:
        self.model = model

    def on_train_begin(self) -> None: ...
    def on_epoch_begin(self, epoch: int) -> None: ...
    def on_train_batch_begin(self, batch: int) -> None: ...
    def on_train_batch_end(self, batch: int, logs: Mapping[str, float] | None) -> None: ...
    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None) -> None: ...


class Stops(Base):
    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        if (logs or {}).get("accuracy", 0) > 0.999:
            self.model.stop_training = True


class StopsInBatch(Base):
    def on_train_batch_end(self, batch: int, logs: Mapping[str, float] | None = None) -> None:
        self.model.stop_training = True


class Raises(Base):
    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        raise KeyError("accuracy")


class Exits(Base):
    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        raise SystemExit


class SetsNonsense(Base):
    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        class Undecided:
            def __bool__(self) -> bool:
                raise ValueError("ambiguous")

        self.model.stop_training = Undecided()


class StopsThenRaises(Base):
    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        self.model.stop_training = True
        raise ValueError("after all")


class NeedsMore(Base):
    def __init__(self, threshold: float) -> None: ...


class Counts(Base):
    seen = 0

    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        self.seen += 1
        self.model.stop_training = self.seen > 1


class Interrupted(Base):
    def on_epoch_end(self, epoch: int, logs: Mapping[str, float] | None = None) -> None:
        raise KeyboardInterrupt


def describe(error: BaseException) -> dict[str, Any]:
    return {"name": type(error).__name__}


def play(factory: Callable[[], Any], logs: Mapping[str, float] | None) -> dict[str, Any]:
    [trial] = observe(factory, [logs], describe)
    assert isinstance(trial, dict)
    return trial


def test_a_callback_that_stops_is_seen_to() -> None:
    assert play(Stops, {"accuracy": 1.0})["stopped"]


def test_a_callback_that_goes_on_is_seen_to() -> None:
    assert not play(Stops, {"accuracy": 0.999})["stopped"]


def test_a_callback_may_stop_after_a_batch() -> None:
    assert play(StopsInBatch, {"accuracy": 0.0})["stopped"]


@pytest.mark.parametrize(
    ("factory", "name"),
    [(Raises, "KeyError"), (Exits, "SystemExit"), (SetsNonsense, "ValueError"),
     (NeedsMore, "TypeError"), (object, "AttributeError")],
)  # fmt: skip
def test_whatever_a_callback_raises_is_recorded(factory: Callable[[], Any], name: str) -> None:
    assert play(factory, {"accuracy": 1.0})["error"] == {"name": name}


def test_a_callback_that_stops_and_then_raises_did_both() -> None:
    trial = play(StopsThenRaises, {})
    assert trial["stopped"]
    assert trial["error"]


def test_each_trial_has_a_callback_of_its_own() -> None:
    assert not any(trial["stopped"] for trial in observe(Counts, [{}] * 3, describe))


def test_a_callback_that_does_not_end_is_not_taken_for_one_that_raises() -> None:
    with pytest.raises(KeyboardInterrupt):
        play(Interrupted, {})


def test_logs_may_be_none() -> None:
    assert play(Stops, None) == {"logs": None, "stopped": False, "error": None}
