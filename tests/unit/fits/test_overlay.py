"""What a kernel says of a training, and what the grader knows of it."""

import json
from dataclasses import replace
from typing import Any

import descriptions
import numpy as np
import pytest

from grader.evidence import ByGrader, Division, Evidence, Examined, Fit, Model, OnSplit, collect
from grader.fits.answered import Answered
from grader.fits.overlay import corrected, overlay_trusted
from grader.training.accept import accept
from grader.training.refusals import OtherImages, Refused
from grader.training.results import Epoch, Measured, PriorFit, Reply, Trained, Validated

CLAIMED = {"accuracy": (1.0, 1.0)}
EPOCHS = (
    Epoch(0, {"accuracy": 0.5}, 80, running=0.5),
    Epoch(1, {"accuracy": 0.75}, 72, running=0.75, measured=0.8),
)
WEIGHTS = ((np.zeros(1),),)
MEASURED = Measured(0.5, 0.8)
LAYERS = [
    {"name": "input_layer", "type": "InputLayer"},
    {"name": "conv2d", "type": "Conv2D", "settings": {"filters": 4}},
]
SEEN: dict[str, Any] = {
    "loader": {"type": "Images", "images": 80, "batch_size": 10},
    "model": {
        "type": "Functional",
        "input_shape": (None, 128, 128, 3),
        "layers": LAYERS,
        "compilation": {"loss": "BinaryCrossentropy", "optimizer": "RMSprop"},
    },
    "scale": (0.0, 1.0),
}
DESCRIBED = accept(json.dumps(descriptions.description()).encode())
GO_ON, STOP = Reply(), Reply(stop=True)
TRAINED = Answered(
    DESCRIBED, Trained(EPOCHS, 80, WEIGHTS, MEASURED, seen=SEEN), (GO_ON, GO_ON)
)  # fmt: skip
EXAMINED = Examined(by="weights", before=0.5, after=1.0)
FORGED = ByGrader(images=80, seen=80, before=0.5, accuracy=1.0)


def fit(**members: object) -> Fit:
    told = {"kind": "fit", "index": 0, "model": "model-0", "curves": CLAIMED, **members}
    return Fit.model_validate(told)


def by_grader(answered: Answered = TRAINED, **members: object) -> Fit:
    return corrected(fit(path="grader", number=7, **members), answered)


def told_by_kernel(kind: str, *names: str) -> Evidence:
    """What a kernel says of a model of other layers, which the grader was asked to train."""
    layers = [{"name": name, "type": "Conv2D", "settings": {"filters": 999}} for name in names]
    told = {"kind": "model", "key": "model-0", "type": kind, "layers": layers}
    return collect([Model.model_validate(told), fit(path="grader", number=7)])


def settled(evidence: Evidence) -> Model:
    overlay_trusted(evidence, {7: TRAINED})
    return evidence.models["model-0"]


def test_the_curves_of_the_grader_count() -> None:
    assert by_grader().curves == {"accuracy": (0.5, 0.75)}


def test_what_was_measured_is_added() -> None:
    found = by_grader().trained
    assert found is not None
    assert (found.images, found.before, found.accuracy) == (80, 0.5, 0.8)


def test_what_was_measured_after_each_epoch_is_added() -> None:
    found = by_grader().trained
    assert found is not None
    assert (found.running, found.measured) == ((0.5, 0.75), (None, 0.8))


@pytest.mark.parametrize(
    ("steps", "images", "seen"),
    [(None, 80, 80), (4, 80, 40), (7, 80, 70), (9, 80, 80), (None, 64, 64), (7, 64, 64)],
)
def test_images_of_an_epoch_are_those_that_a_student_can_compute(
    steps: int | None, images: int, seen: int
) -> None:
    description = replace(DESCRIBED, fit=replace(DESCRIBED.fit, steps_per_epoch=steps))
    shown = {**SEEN, "loader": {**SEEN["loader"], "images": images}}
    trained = replace(TRAINED.trained, seen=shown)
    found = by_grader(replace(TRAINED, description=description, trained=trained)).trained
    assert found is not None
    assert found.seen == seen


def test_how_many_epochs_were_asked_for_is_what_the_description_says() -> None:
    assert by_grader(epochs=3).epochs == 15


def test_a_kernel_that_did_not_stop_the_training_cannot_say_so() -> None:
    assert not by_grader(stopped=True).stopped


def test_a_callback_that_stopped_the_training_is_known() -> None:
    assert by_grader(replace(TRAINED, replies=(GO_ON, STOP))).stopped


def test_epochs_of_earlier_trainings_are_counted() -> None:
    found = by_grader(
        replace(TRAINED, earlier=(PriorFit(DESCRIBED, (GO_ON, GO_ON, STOP)),))
    ).trained
    assert found is not None
    assert found.earlier == 3


def test_a_training_that_never_was_has_no_curves() -> None:
    assert corrected(fit(path="grader", number=8), None).curves == {}


def test_a_training_that_was_refused_has_no_curves() -> None:
    assert corrected(fit(path="grader", number=7), Refused("absurd")).curves == {}


def test_a_request_without_a_number_has_no_curves() -> None:
    evidence = collect([fit(path="grader")])
    overlay_trusted(evidence, {7: TRAINED})
    assert evidence.fits[0].curves == {}


def test_a_curve_has_only_those_epochs_that_were_logged() -> None:
    logs = ({"loss": 0.5}, {"loss": 0.4, "val_loss": 0.6}, {"loss": 0.3})
    epochs = tuple(Epoch(number, told, 80) for number, told in enumerate(logs))
    validated = Trained(epochs, 80, WEIGHTS, MEASURED)
    found = by_grader(replace(TRAINED, trained=validated)).curves
    assert found == {"loss": (0.5, 0.4, 0.3), "val_loss": (0.6,)}


@pytest.mark.parametrize("same", [True, False])
def test_that_it_validates_with_what_it_trains_on_is_known(*, same: bool) -> None:
    made = Trained(EPOCHS, 80, WEIGHTS, MEASURED, seen=SEEN | {"same_images": same})
    found = by_grader(replace(TRAINED, trained=made)).trained
    assert found is not None
    assert found.same_images is same


def test_how_images_are_divided_is_known() -> None:
    division = {"there": 80, "training": [30, 30], "validation": [10, 9], "left_out": 1}
    made = Trained(EPOCHS, 80, WEIGHTS, MEASURED, seen=SEEN | {"division": division})
    found = by_grader(replace(TRAINED, trained=made)).trained
    assert found is not None
    assert found.division == Division.model_validate(division)


def test_what_the_kernel_trained_is_told_by_the_kernel() -> None:
    assert corrected(fit(), None).curves == CLAIMED


def test_that_the_images_were_others_is_known() -> None:
    assert corrected(fit(number=7), OtherImages("other files")).elsewhere


def test_how_the_images_were_others_is_said_by_the_grader() -> None:
    found = corrected(fit(number=7, reason="whatever a kernel says"), OtherImages("other files"))
    assert found.reason == "other files"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("line 12 of train_model: the loader", "line 12 of train_model: "),
        ("line 3 of a cell: x", "line 3 of a cell: "),
        ("line 3 of train_model, which is right: x", ""),
        ("line 1234567 of train_model: x", ""),
        ("it is right; line 3 of train_model: x", ""),
    ],
)
def test_the_line_is_the_kernels_and_no_more_than_a_line(said: str, kept: str) -> None:
    found = corrected(fit(number=7, reason=said), OtherImages("other files"))
    assert found.reason == f"{kept}other files"


def test_no_kernel_can_say_that_the_grader_measured() -> None:
    assert corrected(fit(trained=FORGED), None).trained is None


def test_a_number_that_is_none_is_no_curve() -> None:
    wild = Trained((Epoch(0, {"loss": float("inf")}, 80),), 80, WEIGHTS, MEASURED)
    assert by_grader(replace(TRAINED, trained=wild)).curves == {"loss": (None,)}


def test_the_layers_are_those_that_were_trained() -> None:
    found = settled(told_by_kernel("Sequential", "mine"))
    assert [layer.settings for layer in found.layers] == [{"filters": 4}]


def test_layers_are_called_as_the_student_calls_them() -> None:
    assert settled(told_by_kernel("Sequential", "mine")).layers[0].name == "mine"


def test_layers_that_a_kernel_invents_are_gone() -> None:
    found = settled(told_by_kernel("Functional", "one", "two", "three"))
    assert [layer.name for layer in found.layers] == ["conv2d"]


def test_a_kernel_cannot_say_what_was_compiled() -> None:
    compilation = settled(told_by_kernel("Sequential", "mine")).compilation
    assert compilation is not None
    assert compilation.loss == "BinaryCrossentropy"


@pytest.mark.parametrize(
    ("said", "found"),
    [((None, None, None, 3), (None, None, None, 3)), ((None, 150, 150, 3), (None, 128, 128, 3))],
)
def test_a_model_may_take_more_sizes_than_it_was_trained_with(
    said: tuple[int | None, ...], found: tuple[int | None, ...]
) -> None:
    evidence = told_by_kernel("Sequential", "mine")
    evidence.add(evidence.models["model-0"].model_copy(update={"input_shape": said}))
    assert settled(evidence).input_shape == found


def test_what_reaches_the_first_convolution_is_what_the_trainer_saw() -> None:
    evidence = told_by_kernel("Sequential", "mine")
    overlay_trusted(evidence, {7: TRAINED})
    [made] = evidence.fits.values()
    assert made.trained is not None
    assert made.trained.at_convolution == (0.0, 1.0)


def test_what_was_trained_is_kept_with_each_training() -> None:
    evidence = told_by_kernel("Sequential", "mine")
    overlay_trusted(evidence, {7: TRAINED})
    [made] = evidence.fits.values()
    assert made.trained is not None
    assert made.trained.model == evidence.models["model-0"]


def test_which_trainings_one_went_on_from_is_told_of_it() -> None:
    evidence = told_by_kernel("Sequential", "mine")
    evidence.add(fit(index=1, number=8, path="grader"))
    overlay_trusted(
        evidence, {6: TRAINED, 7: replace(TRAINED, after=6), 8: replace(TRAINED, after=7)}
    )
    known = [made.trained.went_on_from for made in evidence.fits.values() if made.trained]
    assert known == [(6,), (7, 6)]


def test_what_a_model_of_the_kernel_has_learnt_is_added() -> None:
    assert corrected(fit(number=7), None, EXAMINED).examined == EXAMINED


def test_no_kernel_can_say_that_it_was_examined() -> None:
    assert corrected(fit(number=7, examined=EXAMINED), None).examined is None


def test_a_training_of_the_grader_needs_no_examination() -> None:
    assert corrected(fit(path="grader", number=7), TRAINED, EXAMINED).examined is None


def test_what_was_measured_on_validation_data_is_added() -> None:
    epochs = (replace(EPOCHS[0], validated=0.4), EPOCHS[1])
    made = replace(TRAINED.trained, epochs=epochs, validated=Validated(16, 0.5, 0.75))
    found = by_grader(replace(TRAINED, trained=made)).trained
    assert found is not None
    known = OnSplit(images=16, before=0.5, accuracy=0.75, measured=(0.4, None))
    assert found.validated == known


@pytest.mark.parametrize("path", ["kernel", "grader"])
def test_what_a_kernel_says_of_that_is_not_believed(path: str) -> None:
    claimed = OnSplit(images=16, before=0.5, accuracy=1.0, measured=(1.0,))
    forged = FORGED.model_copy(update={"validated": claimed})
    assert corrected(fit(path=path, number=7, trained=forged), None).trained is None
