"""Trainings in processes of their own, forked and fresh, as the grader has them made."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import descriptions
import numpy as np
import pytest
from coloured import IMAGES, files, paint

from grader.isolation.choice import Isolation
from grader.isolation.layers import applied
from grader.kernel.kernels import Kernels
from grader.processes.backend import Backend
from grader.processes.limits import MIB, Limits
from grader.processes.template import AVAILABLE
from grader.trainers import Trainer
from grader.training.accept import accept
from grader.training.description import Description, Network
from grader.training.refusals import Refused
from grader.training.results import Epoch, Reply, Trained, TrainingPlan, go_on, same

BACKENDS = [backend for backend in Backend if backend is Backend.FRESH or AVAILABLE]
Make = Callable[..., Trainer]


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return paint(tmp_path_factory.mktemp("faces"))


def described(dataset: Path, **members: object) -> Description:
    told = descriptions.description(**members)
    told["loader"]["files"] = files(dataset)
    return accept(json.dumps(told).encode())


@pytest.fixture(scope="module", params=BACKENDS)
def trainer(request: pytest.FixtureRequest, dataset: Path) -> Iterator[Trainer]:
    with Kernels(request.param, Isolation.AVAILABLE):
        yield made(request.param, dataset)


def made(backend: Backend, dataset: Path, **limits: int) -> Trainer:
    return Trainer((backend, applied(Isolation.AVAILABLE)), dataset, Limits(**limits))


@pytest.fixture(scope="module")
def trained(trainer: Trainer, dataset: Path) -> tuple[Trained, list[Epoch]]:
    told: list[Epoch] = []

    def report(epoch: Epoch) -> Reply:
        told.append(epoch)
        return Reply(stop=len(told) == 3)

    return trainer.train(described(dataset), TrainingPlan(seed=1), report), told


def test_every_epoch_is_reported_while_it_trains(
    trained: tuple[Trained, list[Epoch]],
) -> None:
    assert list(trained[0].epochs) == trained[1]


def test_it_stops_when_it_is_told_to(trained: tuple[Trained, list[Epoch]]) -> None:
    assert len(trained[1]) == 3


def test_every_epoch_saw_all_images(trained: tuple[Trained, list[Epoch]]) -> None:
    assert [epoch.images for epoch in trained[1]] == [2 * IMAGES] * 3


def test_its_weights_come_back(trained: tuple[Trained, list[Epoch]]) -> None:
    assert trained[0].weights[1][0].shape == (3, 3, 3, 4)


def test_its_weights_are_measured_on_all_images(trained: tuple[Trained, list[Epoch]]) -> None:
    share = trained[0].measured.accuracy * 2 * IMAGES
    assert share == pytest.approx(np.round(share))


def test_its_processor_time_is_counted(
    trainer: Trainer, trained: tuple[Trained, list[Epoch]]
) -> None:
    assert trained
    assert trainer.cpu_s > 0


def test_what_cannot_be_trained_is_refused_with_the_reason(trainer: Trainer) -> None:
    elsewhere = accept(json.dumps(descriptions.description()).encode())
    with pytest.raises(Refused, match="does not list the files of the dataset"):
        trainer.train(elsewhere, TrainingPlan(seed=1), go_on)


def test_weights_are_worth_outside_what_they_are_worth_where_they_were_trained(
    trainer: Trainer, dataset: Path, trained: tuple[Trained, list[Epoch]]
) -> None:
    description = described(dataset)
    network = Network(description.architecture, descriptions.of_files(description.loader))
    weights = [array for layer in trained[0].weights for array in layer]
    shares = trainer.examine(network, [[], weights], 0, TrainingPlan(seed=1))
    assert shares == [None, trained[0].measured.accuracy]


def test_weights_of_exchanged_classes_are_worth_no_more_than_a_guess(
    trainer: Trainer, dataset: Path, trained: tuple[Trained, list[Epoch]]
) -> None:
    description = described(dataset)
    network = Network(description.architecture, descriptions.of_files(description.loader))
    weights = [array for layer in trained[0].weights for array in layer]
    shares = trainer.examine(network, [weights, weights], 1, TrainingPlan(seed=1))
    assert shares == [0.5, 0.5]


def test_weights_of_another_model_are_refused(trainer: Trainer, dataset: Path) -> None:
    network = Network(described(dataset).architecture, None)
    with pytest.raises(Refused, match="other shapes than the model"):
        trainer.examine(network, [[], [np.zeros((2, 2), np.float32)]], 0, TrainingPlan(seed=1))


@pytest.mark.skipif(not AVAILABLE, reason="only one kind of process")
def test_both_kinds_of_process_train_to_the_last_digit_alike(dataset: Path) -> None:
    with Kernels(Backend.FORKED, Isolation.AVAILABLE):
        one, other = (
            made(backend, dataset).train(described(dataset), TrainingPlan(1, epochs=2), go_on)
            for backend in BACKENDS
        )
    assert same(one, other)


def blanked(path: Path) -> None:
    """Overwrite a file so that it has the same size and times, and no image."""
    told = path.stat()
    with path.open("r+b") as file:
        file.write(bytes(told.st_size))
    os.utime(path, ns=(told.st_atime_ns, told.st_mtime_ns))


@pytest.mark.skipif(not AVAILABLE, reason="only one kind of process")
def test_what_is_forked_decodes_no_image_of_any_split_again(tmp_path: Path) -> None:
    places = {f"data/{name}": tmp_path / name for name in ("train", "validation")}
    for folder in places.values():
        folder.mkdir()
        paint(folder)
    [trained_on, other] = places.values()
    told = {"files": files(other), "folder": "data/validation"}
    description = described(
        trained_on,
        loader=descriptions.loader() | {"folder": "data/train"},
        validation=descriptions.loader() | told,
    )
    splits = {place: str(folder) for place, folder in places.items()}
    plan = TrainingPlan(1, epochs=1, splits=splits, validation="data/validation")
    with Kernels(Backend.FORKED, Isolation.AVAILABLE):
        one = made(Backend.FORKED, trained_on).train(description, plan, go_on)
        for path in tmp_path.glob("*/*/*.png"):
            blanked(path)
        again = made(Backend.FORKED, trained_on).train(description, plan, go_on)
    assert "val_loss" in one.epochs[0].logs
    assert same(one, again)


@pytest.mark.parametrize("backend", BACKENDS[:1])
def test_a_training_that_takes_too_much_memory_is_ended_and_refused(
    backend: Backend, dataset: Path
) -> None:
    small = made(backend, dataset, memory_bytes=100 * MIB)
    refused = pytest.raises(Refused, match=r"takes more than 0\.1 GiB of memory")
    with Kernels(backend, Isolation.AVAILABLE), refused:
        small.train(described(dataset), TrainingPlan(seed=1), go_on)
