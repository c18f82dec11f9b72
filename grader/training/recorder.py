"""Records what happens within an epoch, and the weights at its end."""

from collections.abc import Mapping, Sequence
from typing import Any

import keras

from grader.training.results import Report
from grader.training.snapshots import MOST_CALLS, HookCall, Snapshot, SnapshotReport


class _Recorder(keras.callbacks.Callback):  # type: ignore[misc]
    """Shows each epoch when it has ended, as the callbacks before this one have left it.

    Args:
        layers: In the order of the description.
        report: Is shown it.
    """

    def __init__(self, layers: Sequence[keras.Layer], report: SnapshotReport) -> None:
        super().__init__()
        self._layers = layers
        self._report = report
        self._calls: list[HookCall] = []

    def _record(self, hook: str, batch: int | None, logs: Mapping[str, Any] | None) -> None:
        if self._report.wanted.batches and len(self._calls) < MOST_CALLS:
            told = {name: float(value) for name, value in (logs or {}).items()}
            self._calls.append(HookCall(hook, batch, told))

    def on_train_batch_begin(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        self._record("on_train_batch_begin", batch, logs)

    def on_train_batch_end(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        self._record("on_train_batch_end", batch, logs)

    def on_test_begin(self, logs: Mapping[str, Any] | None = None) -> None:
        self._record("on_test_begin", None, logs)

    def on_test_batch_begin(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        self._record("on_test_batch_begin", batch, logs)

    def on_test_batch_end(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        self._record("on_test_batch_end", batch, logs)

    def on_test_end(self, logs: Mapping[str, Any] | None = None) -> None:
        self._record("on_test_end", None, logs)

    def on_epoch_end(self, epoch: int, logs: object = None) -> None:  # noqa: ARG002
        layers = self._layers if self._report.wanted.weights else ()
        weights = tuple(array for layer in layers for array in layer.get_weights())
        self._report.show(Snapshot(tuple(self._calls), weights))
        self._calls.clear()


def recorders(layers: Sequence[keras.Layer], report: Report) -> list[_Recorder]:
    """Return what records for a report; nothing does if it wants to be shown nothing.

    Args:
        layers: In the order of the description.
        report: The report.
    """
    if isinstance(report, SnapshotReport) and report.wanted:
        return [_Recorder(layers, report)]
    return []
