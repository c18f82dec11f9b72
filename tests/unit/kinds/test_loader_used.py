"""Points for a loader are for the one that is returned, if it is the one that was trained on."""

from dataclasses import replace
from typing import Any

import pytest
from made_parts import trained

from grader.checks import Absent
from grader.checks.observed import Observation
from grader.checks.trusted import Observed
from grader.evidence import (
    ByGrader,
    ConvolutionInput,
    Fit,
    Loader,
    Model,
    Raised,
    Returned,
    Unprobed,
    collect,
)
from grader.kinds.kind import GradedPart
from grader.kinds.loader.part import ImageLoader
from grader.kinds.loader.view.used import scale, used
from grader.records import Execution, ExecutionStatus, Layout, Plan

PROBES: dict[str, GradedPart] = {
    "load": ImageLoader("load", variable="gen"),
    "train": trained(),
}
SCALED = {"rescale": 1 / 255}
RIGHT: dict[str, Any] = {
    "type": "DirectoryIterator", "images": 80, "classes": 2, "batch_size": 10,
    "target_size": (150, 150), "class_mode": "binary", "batch_shape": (10, 150, 150, 3),
    "label_shape": (10,), "labels": (0.0, 1.0), "minimum": 0.0, "maximum": 1.0,
    "preprocessing": SCALED,
}  # fmt: skip
LARGE = {"batch_shape": (10, 256, 256, 3), "target_size": (256, 256)}
ONE_HOT = {"class_mode": "categorical", "label_shape": (10, 2)}
UNSCALED = {"maximum": 255.0, "preprocessing": {}}
# What is known of a loader of a student's own, and of evidence of old.
BY_ITS_BATCHES = {"type": "Wrapped", "classes": None, "target_size": None, "class_mode": None,
                  "preprocessing": None}  # fmt: skip


def loader(**changes: object) -> Loader:
    return Loader.model_validate({"kind": "loader", "name": "load", **RIGHT, **changes})


def observed(returned: Loader | None, trained_on: Loader | None = None) -> Observation:
    """A run whose function returned one loader, and in which the grader trained on another."""
    trained = ByGrader(images=80, seen=80, before=0.5, accuracy=1.0, loader=trained_on)
    told = {"trained": trained if trained_on else None, "finished": True}
    evidence = collect(
        [
            Model(kind="model", key="model-0", type="Sequential"),
            Fit.model_validate({"kind": "fit", "index": 0, "model": "model-0", **told}),
            ConvolutionInput(
                kind="convolution_input", model="model-0", minimum=0.0, maximum=1.0
            ),
        ]
    )  # fmt: skip
    if returned is not None:
        evidence.add(returned)
    execution = Execution(ExecutionStatus.DONE, (), seed=1)
    return Observation(Plan(Layout("kit", "", ()), ()), execution, evidence, PROBES, 80, 2)


def unread(seen: Observation) -> Observation:
    error = Raised(name="ValueError", message="could not broadcast")
    seen.evidence.add(Unprobed(kind="unprobed", name="load", error=error))
    return seen


OTHERS = (
    ("other images", {"images": 64, "subset": "training"},
     "80 images of 2 classes instead of 64 images of 2 classes"),
    ("no end", {"images": None}, "instead of images that could not be counted"),
    ("other classes", {"classes": 3}, "80 images of 2 classes instead of 80 images of 3 classes"),
    ("other batches", {"batch_size": 32, "batch_shape": (32, 150, 150, 3)},
     "batches of 10 instead of batches of 32"),
    ("a batch size that is only said", {"batch_shape": (1, 150, 150, 3)},
     "batches of 10 instead of batches of 1."),
    ("another size", LARGE, "images of 150 x 150 x 3 instead of images of 256 x 256 x 3"),
    ("a size that is only said", {"batch_shape": (10, 8, 8, 3)}, "instead of images of 8 x 8 x 3"),
    ("grey images", {"batch_shape": (10, 150, 150, 1)}, "instead of images of 150 x 150 x 1"),
    ("other labels", ONE_HOT, "class_mode binary instead of class_mode categorical"),
    ("no labels", {"class_mode": None, "label_shape": None, "labels": ()}, "instead of no labels"),
    ("unscaled", UNSCALED,
     "pixel values with rescale 0.003922 instead of pixel values as they are in the files"),
    ("scaled twice", {"maximum": 0.004, "preprocessing": {"rescale": 1 / 255**2}}, "1.538e-05"),
    ("centred", {"preprocessing": {**SCALED, "samplewise_center": 1.0}}, "samplewise_center 1"),
    ("of its own, unscaled", {**BY_ITS_BATCHES, "maximum": 255.0},
     "instead of pixel values from 0 to 255"),
    ("of its own, with nothing to compare", {**BY_ITS_BATCHES, "minimum": None},
     "instead of no pixel values"),
)  # fmt: skip
SAME: tuple[tuple[str, dict[str, Any]], ...] = (
    ("as it is", {}),
    ("labels of another name", {"class_mode": "sparse"}),
    ("a factor written otherwise", {"preprocessing": {"rescale": 0.0039}}),
    ("one batch of one class", {"labels": (1.0,)}),
    ("of its own", BY_ITS_BATCHES),
    ("of evidence of old", {"preprocessing": None}),
)


@pytest.mark.parametrize(("changes", "said"), [c[1:] for c in OTHERS], ids=[c[0] for c in OTHERS])
def test_a_loader_that_was_not_trained_on_is_none_to_judge(
    changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(Absent, match="trained on another loader than the one that load") as raised:
        used(Observed(observed(loader(**changes), loader())), "load")
    assert said in raised.value.reason
    assert raised.value.cause == "load"


@pytest.mark.parametrize("changes", [c[1] for c in SAME], ids=[c[0] for c in SAME])
def test_a_loader_that_was_trained_on_is_judged_as_it_was(changes: dict[str, Any]) -> None:
    trained_on = loader(name="")
    assert used(Observed(observed(loader(**changes), trained_on)), "load") == trained_on


@pytest.mark.parametrize("changes", [LARGE, ONE_HOT, UNSCALED], ids=["size", "labels", "scale"])
def test_two_loaders_that_are_wrong_alike_are_the_same(changes: dict[str, Any]) -> None:
    trained_on = loader(name="", **changes)
    assert used(Observed(observed(loader(**changes), trained_on)), "load") == trained_on


def test_where_the_grader_did_not_train_the_loader_is_judged_as_it_was_returned() -> None:
    assert used(Observed(observed(loader(batch_size=5))), "load").batch_size == 5


def test_a_scale_that_the_model_was_trained_with_is_that_of_a_loader_in_use() -> None:
    assert scale(Observed(observed(loader(), loader())), "load") == (0.0, 1.0)


def test_a_loader_that_was_not_trained_on_has_no_scale() -> None:
    with pytest.raises(Absent, match="another loader"):
        scale(Observed(observed(loader(**UNSCALED), loader())), "load")


def test_a_loader_of_other_images_has_no_scale() -> None:
    seen = observed(None, loader())
    seen.evidence.foreign.append("load")
    with pytest.raises(Absent, match="load shows other images"):
        scale(Observed(seen), "load")


def test_what_is_no_loader_was_not_trained_on() -> None:
    returned = Returned(kind="collection", words="an empty list")
    with pytest.raises(Absent, match="returned an empty list"):
        used(Observed(observed(loader(returned=returned), loader())), "load")


def test_a_loader_whose_images_cannot_be_read_is_not_judged_by_what_it_says() -> None:
    with pytest.raises(Absent, match="load raised ValueError: could not broadcast"):
        used(Observed(unread(observed(loader(batch_shape=None), loader()))), "load")


def test_a_loader_that_was_read_is_judged_though_something_raised_afterwards() -> None:
    assert used(Observed(unread(observed(loader(), loader()))), "load").batch_size == 10


def trained_with(name: str) -> Observation:
    """A run in which the grader trained on other images than the function returned."""
    seen = observed(loader(images=20), loader())
    trained_on = ImageLoader(name, variable="gen")
    asked = replace(trained(), loader=trained_on)
    return replace(seen, probes={"train": asked})


def test_a_loader_that_is_not_to_be_trained_on_is_judged_as_it_is() -> None:
    assert used(Observed(trained_with("load_train")), "load").images == 20


def test_a_loader_that_is_to_be_trained_on_is_compared() -> None:
    with pytest.raises(Absent, match="trained on another loader"):
        used(Observed(trained_with("load")), "load")


def test_the_range_of_a_loader_that_is_not_to_be_trained_on_is_its_own() -> None:
    seen = trained_with("load_train")
    seen.evidence.add(loader(**UNSCALED))
    assert scale(Observed(seen), "load") == (0.0, 255.0)


def in_a_model_that_scales(**changes: object) -> Observation:
    """A run in which a model was trained that scales, and a loader nobody trained on."""
    seen = observed(None, loader(**UNSCALED))
    fit = next(iter(seen.evidence.fits.values()))
    assert fit.trained
    made = fit.trained.model_copy(update={"at_convolution": (0.0, 1.0)})
    seen.evidence.add(fit.model_copy(update={"trained": made}))
    seen.evidence.add(loader(**changes))
    asked = replace(trained(), loader=ImageLoader("load_train", variable="gen"))
    return replace(seen, probes={"train": asked})


def test_a_model_that_scales_does_so_with_images_that_nobody_trains_on() -> None:
    seen = in_a_model_that_scales(**UNSCALED, images=20, batch_size=7)
    assert scale(Observed(seen), "load") == (0.0, 1.0)


@pytest.mark.parametrize(
    "changes",
    [
        {**UNSCALED, **LARGE},
        {"preprocessing": {"rescale": 2.0}, "maximum": 510.0},
        {**BY_ITS_BATCHES, "maximum": 2.0},
    ],
    ids=["another size", "another factor", "another range"],
)
def test_of_images_in_another_size_or_range_nothing_is_known_but_their_own(
    changes: dict[str, Any],
) -> None:
    found = scale(Observed(in_a_model_that_scales(**changes)), "load")
    assert found == (0.0, changes["maximum"])
