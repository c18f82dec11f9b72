"""What the grader asks of a kernel that trained by itself, with somebody else in its place."""

import json
import socket
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import descriptions
import numpy as np
import pytest
from PIL import Image

from grader.evidence import Examined
from grader.fits import remeasurement
from grader.fits.cached_trainer import CachedTrainer
from grader.fits.label_shift import LabelShift
from grader.fits.plans import FitPlans
from grader.fits.remeasurement import MOST_MODELS, Remeasurement
from grader.fits.server import FitServer
from grader.training.accept import accept_network
from grader.training.description import Network
from grader.training.results import TrainingPlan
from grader.wire import arrays, frames

MEBIBYTE = 2**20
DESCRIBED = descriptions.description()
NETWORK = {"loader": DESCRIBED["loader"], "architecture": DESCRIBED["architecture"]}
UNKNOWN = {"loader": None, "architecture": None}
WEIGHTS = [np.arange(6, dtype=np.float32).reshape(2, 3), np.ones(3, np.float32)]


class Measuring:
    """Measures nothing, and remembers what it was given."""

    cpu_s = 0.0

    def end(self) -> None:
        """Measure nothing any more."""

    def examine(
        self, network: Network, weights: Sequence[Any], turned: int, _plan: TrainingPlan
    ) -> list[float | None]:
        self.given = network, weights, turned
        return [0.5, 0.9]


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    for name, colour in (("happy", 250), ("sad", 5)):
        (tmp_path / "faces" / name).mkdir(parents=True)
        for number in range(5):
            picture = Image.new("RGB", (16, 16), (colour,) * 3)
            picture.save(tmp_path / "faces" / name / f"{number}.png")
    return tmp_path / "faces"


@pytest.fixture
def measuring() -> Measuring:
    return Measuring()


@pytest.fixture
def serving(measuring: Measuring, dataset: Path, tmp_path: Path) -> Iterator[FitServer]:
    trainings = CachedTrainer(measuring, "digest")  # type: ignore[arg-type]
    made = FitServer(
        tmp_path,
        trainings,
        FitPlans(TrainingPlan(seed=1)),
        Remeasurement(LabelShift(turned=1), dataset),
    )
    yield made
    made.close()


def say(kernel: socket.socket, number: int = 0, **members: Any) -> dict[str, Any]:
    told = {"kind": "here", "number": number, "size": [20, 30], "before": 0, **UNKNOWN, **members}
    frames.send_json(kernel, **told)
    return frames.receive_json(kernel)


def show(kernel: socket.socket, found: Sequence[Any]) -> None:
    frames.send_json(kernel, kind="shown", arrays=arrays.announced(found))
    for each in found:
        frames.send(kernel, each.tobytes())
    assert frames.receive_json(kernel) == {"kind": "noted"}


def shown(kernel: socket.socket, wanted: dict[str, Any]) -> Any:
    return arrays.take(lambda most: frames.receive(kernel, most), wanted["arrays"], MEBIBYTE)[0]


def test_of_a_model_that_can_be_described_the_weights_are_wanted(kernel: socket.socket) -> None:
    assert say(kernel, **NETWORK)["kind"] == "weights"


def test_weights_before_and_after_are_told_apart(
    kernel: socket.socket, serving: FitServer, measuring: Measuring
) -> None:
    say(kernel, **NETWORK, before=1)
    show(kernel, WEIGHTS)
    serving.examined()
    assert [[each.shape for each in one] for one in measuring.given[1]] == [[(2, 3)], [(3,)]]


def test_weights_are_measured_as_the_classes_were_exchanged(
    kernel: socket.socket, serving: FitServer, measuring: Measuring
) -> None:
    say(kernel, **NETWORK)
    show(kernel, WEIGHTS)
    assert serving.examined()[0] == Examined(by="weights", turned=1, before=0.5, after=0.9)
    assert measuring.given[2] == 1


def test_another_model_is_shown_images(kernel: socket.socket) -> None:
    assert shown(kernel, say(kernel)).shape == (10, 20, 30, 3)


def test_who_tells_exchanged_classes_apart_knows_them(
    kernel: socket.socket, serving: FitServer
) -> None:
    images = shown(kernel, say(kernel))
    # Happy faces are bright here, and labelled as sad ones are.
    bright = (images.mean(axis=(1, 2, 3), keepdims=False) > 100).astype(np.float32)
    show(kernel, [bright[:, None]])
    assert serving.examined()[0].after == 1.0


def test_who_learnt_the_classes_beforehand_knows_nothing(
    kernel: socket.socket, serving: FitServer
) -> None:
    images = shown(kernel, say(kernel))
    dark = (images.mean(axis=(1, 2, 3)) < 100).astype(np.float32)
    show(kernel, [dark[:, None]])
    assert serving.examined()[0].after == 0.0


@pytest.mark.parametrize("outputs", [[], [np.ones((3, 1), np.float32)], [np.ones(10, np.float32)]])
def test_who_does_not_answer_knows_nothing(
    kernel: socket.socket, serving: FitServer, outputs: list[Any]
) -> None:
    shown(kernel, say(kernel))
    show(kernel, outputs)
    assert serving.examined()[0].after == 0.0


@pytest.mark.parametrize("size", [None, "large", [10**9, 10**9], [-5, 0], [1], {"height": 3}])
def test_no_size_makes_images_that_do_not_fit(kernel: socket.socket, size: Any) -> None:
    assert shown(kernel, say(kernel, size=size)).nbytes < MEBIBYTE


def test_only_so_many_models_are_looked_at(kernel: socket.socket) -> None:
    for number in range(MOST_MODELS):
        say(kernel, number, **NETWORK)
        show(kernel, WEIGHTS)
    assert say(kernel, MOST_MODELS, **NETWORK) == {"kind": "noted"}


@pytest.mark.parametrize("models", [0, 1, 2])
def test_only_so_many_weights_are_kept_and_then_images_are_shown(
    kernel: socket.socket, monkeypatch: pytest.MonkeyPatch, models: int
) -> None:
    one = remeasurement._weight_bytes(
        accept_network(json.dumps(NETWORK | {"classes": []}).encode())
    )
    monkeypatch.setattr(remeasurement, "MOST_WEIGHTS", models * one + one // 2)
    filling = [np.zeros(one // 4, np.float32)]
    kinds = []
    for number in range(models + 1):
        asked = say(kernel, number, **NETWORK)
        kinds.append(asked["kind"])
        if asked["kind"] == "weights":
            show(kernel, filling)
    assert kinds == ["weights"] * models + ["images"]
