"""The probe against Keras itself: in a process of its own, of which only JSON comes back."""

from typing import Any

import pytest

from grader.evidence import Evidence, Fit, Model


def test_all_that_is_observed_fits_the_schema(evidence: Evidence) -> None:
    assert evidence.faults == []


# Models


@pytest.mark.parametrize(
    ("model", "layers"),
    [
        ("sequential", ["Rescaling", "Conv2D", "MaxPooling2D", "Flatten", "Dense"]),
        ("functional", ["InputLayer", "Rescaling", "Conv2D", "Flatten", "Dense"]),
        ("nested", ["InputLayer", "Rescaling", "Conv2D", "Flatten", "Dense"]),
        ("unbuilt", ["Conv2D", "Flatten", "Dense"]),
        ("subclassed", ["Conv2D", "Flatten", "Dense"]),
    ],
)
def test_layers_are_listed_in_order(said: dict[str, Any], model: str, layers: list[str]) -> None:
    assert [layer["type"] for layer in said[model]["layers"]] == layers


@pytest.mark.parametrize("model", ["sequential", "functional", "nested"])
def test_a_built_model_has_its_input_shape(said: dict[str, Any], model: str) -> None:
    assert said[model]["input_shape"] == [None, 8, 8, 3]


@pytest.mark.parametrize("model", ["unbuilt", "subclassed"])
def test_an_unbuilt_model_has_no_input_shape(said: dict[str, Any], model: str) -> None:
    assert said[model]["input_shape"] is None


def test_a_built_layer_has_shape_and_parameters(said: dict[str, Any]) -> None:
    convolution = said["sequential"]["layers"][1]
    assert convolution["output_shape"] == [None, 6, 6, 4]
    assert convolution["parameters"] == 3 * 3 * 3 * 4 + 4


def test_an_unbuilt_layer_has_neither(said: dict[str, Any]) -> None:
    convolution = said["unbuilt"]["layers"][0]
    assert (convolution["output_shape"], convolution["parameters"]) == (None, None)


def test_settings_are_plain(said: dict[str, Any]) -> None:
    settings = said["sequential"]["layers"][1]["settings"]
    assert (settings["kernel_size"], settings["activation"]) == ([3, 3], "relu")


def test_a_rescaling_says_by_how_much(said: dict[str, Any]) -> None:
    assert said["sequential"]["layers"][0]["settings"]["scale"] == pytest.approx(1 / 255)


def test_a_class_derived_from_a_layer_says_so(said: dict[str, Any]) -> None:
    last = said["derived"]["layers"][-1]
    assert last["type"] == "Mine"
    assert "Dense" in last["bases"]


# Compilations


@pytest.mark.parametrize(
    ("compiled", "loss", "from_logits"),
    [
        ("string", "binary_crossentropy", False),
        ("function", "binary_crossentropy", False),
        ("object", "BinaryCrossentropy", False),
        ("logits", "BinaryCrossentropy", True),
        ("sparse_logits", "SparseCategoricalCrossentropy", True),
        ("partial", "binary_crossentropy", True),
        ("listed", "binary_crossentropy", False),
        ("own", "mine", False),
        ("unknown", "binary_crosentropy", False),
        ("nothing", None, False),
    ],
)
def test_a_loss_is_named_however_it_is_given(
    said: dict[str, Any],
    compiled: str,
    loss: str | None,
    from_logits: bool,  # noqa: FBT001
) -> None:
    found = said[f"compiled_{compiled}"]
    assert (found["loss"], found["from_logits"]) == (loss, from_logits)


@pytest.mark.parametrize(
    ("compiled", "metrics"),
    [
        ("string", [("accuracy", "accuracy")]),
        ("object", [("acc", "BinaryAccuracy")]),
        ("function", [("binary_accuracy", "binary_accuracy")]),
        ("listed", [("accuracy", "accuracy"), ("auc", "AUC")]),
        ("nothing", []),
    ],
)
def test_metrics_are_named_as_keras_logs_them(
    said: dict[str, Any], compiled: str, metrics: list[tuple[str, str]]
) -> None:
    found = said[f"compiled_{compiled}"]["metrics"]
    assert [(metric["name"], metric["type"]) for metric in found] == metrics


@pytest.mark.parametrize(
    ("compiled", "optimizer", "rate"),
    [("string", "RMSprop", 0.001), ("object", "Adam", 0.01), ("scheduled", "SGD", 0.5)],
)
def test_an_optimizer_has_name_and_rate(
    said: dict[str, Any], compiled: str, optimizer: str, rate: float
) -> None:
    found = said[f"compiled_{compiled}"]
    assert found["optimizer"] == optimizer
    assert found["learning_rate"] == pytest.approx(rate)


# What reaches the first convolution


@pytest.mark.parametrize(
    "model", ["sequential", "functional", "nested", "nested_convolution", "subclassed"]
)
def test_values_are_measured_behind_a_rescaling(said: dict[str, Any], model: str) -> None:
    low, high = said[f"range_{model}"]
    assert (low, high) == (pytest.approx(0), pytest.approx(1))


def test_values_are_measured_behind_a_normalisation(said: dict[str, Any]) -> None:
    low, high = said["range_normalized"]
    assert high == pytest.approx(255, rel=0.01)
    assert low == pytest.approx(0, abs=0.1)


def test_looking_changes_no_weight(said: dict[str, Any]) -> None:
    assert said["weights_unchanged"] is True


def test_a_model_still_trains_after_it_was_looked_at(said: dict[str, Any]) -> None:
    assert said["trains_after_looking"] is True


@pytest.mark.parametrize("model", ["dense", "failing", "two_inputs"])
def test_where_nothing_can_be_measured_there_is_nothing(said: dict[str, Any], model: str) -> None:
    assert said[f"range_{model}"] is None


# Fits


def fit(said: dict[str, Any], evidence: Evidence, name: str) -> Fit:
    return evidence.fits[said["fits"][name]]


def model_of(said: dict[str, Any], evidence: Evidence, name: str) -> Model:
    return evidence.models[fit(said, evidence, name).model]


def test_a_fit_is_recorded_with_its_curves(said: dict[str, Any], evidence: Evidence) -> None:
    found = fit(said, evidence, "plain")
    assert (found.epochs, found.finished, found.error) == (2, True, None)
    assert {name: len(curve) for name, curve in found.curves.items()} == {"accuracy": 2, "loss": 2}


def test_a_fit_is_found_by_its_history(said: dict[str, Any]) -> None:
    assert said["fit_of_history"] == said["fits"]["plain"]


@pytest.mark.parametrize("other", ["fit_of_none", "fit_of_other"])
def test_what_no_fit_returned_belongs_to_none(said: dict[str, Any], other: str) -> None:
    assert said[other] is None


def test_arguments_by_position_are_understood(said: dict[str, Any], evidence: Evidence) -> None:
    assert fit(said, evidence, "positional").epochs == 3


def test_steps_are_recorded(said: dict[str, Any], evidence: Evidence) -> None:
    assert fit(said, evidence, "steps").steps_per_epoch == 1


@pytest.mark.parametrize("given", ["single", "listed", "nested_list", "callback_list"])
def test_callbacks_are_named_however_they_are_given(
    said: dict[str, Any], evidence: Evidence, given: str
) -> None:
    passed = fit(said, evidence, given).callbacks
    assert "Stop" in [callback.names[0] for callback in passed]
    assert not any(callback.is_class for callback in passed)


def test_a_callback_that_is_still_a_class_says_so(said: dict[str, Any], evidence: Evidence) -> None:
    [passed] = fit(said, evidence, "class").callbacks
    assert (passed.is_class, passed.names[0]) == (True, "Stop")


def test_a_training_that_was_stopped_says_so(said: dict[str, Any], evidence: Evidence) -> None:
    found = fit(said, evidence, "single")
    assert (found.stopped, len(found.curves["loss"])) == (True, 1)


def test_a_training_that_was_not_stopped_says_so(said: dict[str, Any], evidence: Evidence) -> None:
    assert not fit(said, evidence, "plain").stopped


def test_a_fit_that_raises_is_recorded(said: dict[str, Any], evidence: Evidence) -> None:
    found = fit(said, evidence, "raises")
    assert not found.finished
    assert found.error is not None
    assert (found.error.name, found.error.message) == ("KeyError", "'accuracy'")


def test_a_fit_that_raises_has_no_curves_of_an_earlier_one(
    said: dict[str, Any], evidence: Evidence
) -> None:
    assert fit(said, evidence, "raises_at_once").curves == {}


def test_an_unknown_loss_is_recorded_before_fit_refuses_it(
    said: dict[str, Any], evidence: Evidence
) -> None:
    compilation = model_of(said, evidence, "unknown_loss").compilation
    assert compilation is not None
    assert compilation.loss == "binary_crosentropy"


def test_a_compile_that_raises_leaves_the_model_described(
    said: dict[str, Any], evidence: Evidence
) -> None:
    found = evidence.models[said["model_half_compiled"]]
    assert found.compilation is None
    assert len(found.layers) == 2


def test_what_keras_raises_reaches_the_student(said: dict[str, Any]) -> None:
    assert said["raised"] == {
        "wrong_argument": "TypeError",
        "fit_generator": "AttributeError",
        "uncompiled": "ValueError",
        "bad_compile": "ValueError",
    }


def test_a_class_that_overrides_compile_and_fit_is_observed(
    said: dict[str, Any], evidence: Evidence
) -> None:
    found = model_of(said, evidence, "overridden")
    assert found.type == "Own"
    assert found.compilation is not None
    assert found.compilation.loss == "mean_squared_error"


def test_a_model_is_described_again_only_when_it_changed(said: dict[str, Any]) -> None:
    assert said["lines_of_a_second_fit"] == {"fit": 2}


def test_a_rehearsal_ends_where_training_would_begin(
    said: dict[str, Any], evidence: Evidence
) -> None:
    assert said["rehearsed"] is True
    assert not fit(said, evidence, "rehearsal").finished
    assert model_of(said, evidence, "rehearsal").compilation is not None


# What is replaced


@pytest.mark.parametrize("done", ["nothing", "ordinary", "again"])
def test_nothing_is_noticed_where_nothing_was_replaced(said: dict[str, Any], done: str) -> None:
    assert said["changes"][done] == []


@pytest.mark.parametrize(
    ("done", "name"),
    [
        ("method", "keras.Model.evaluate"),
        ("inherited", "keras.metrics.BinaryAccuracy.result"),
        ("removed", "keras.callbacks.History.on_epoch_end"),
        ("loader", "tensorflow.keras.preprocessing.image.ImageDataGenerator.flow_from_directory"),
        (
            "private",
            "keras.src.legacy.preprocessing.image.BatchFromFilesMixin.set_processing_attrs",
        ),
        ("name", "keras.layers.Dense"),
        ("through_tensorflow", "keras.models.Sequential"),
        ("loaded_later", "tensorflow.keras.losses.BinaryCrossentropy"),
        ("code", "keras.callbacks.Callback.on_epoch_end"),
        ("code_of_decorated", "keras.src.backend.tensorflow.trainer.TensorFlowTrainer.fit"),
        ("cell", "keras.src.backend.tensorflow.trainer.TensorFlowTrainer.predict"),
        ("defaults", "keras.losses.get"),
        ("data", "keras.datasets.fashion_mnist.load_data"),
        ("probe", "grader.probe.session.after"),
        ("object", "replacing.Ours.say"),
    ],
)
def test_what_was_replaced_is_named(said: dict[str, Any], done: str, name: str) -> None:
    assert said["changes"][done] == [name]


# Weights that are set by hand


@pytest.mark.parametrize("done", ["nothing", "fit", "step"])
def test_what_training_does_to_weights_is_not_noticed(said: dict[str, Any], done: str) -> None:
    assert said["weights"][done] is None


@pytest.mark.parametrize(
    ("done", "by"),
    [
        ("set_weights", "set_weights"),
        ("of_a_layer", "set_weights"),
        ("assign", "assign"),
        ("assign_sub", "assign_sub"),
        ("load_weights", "load_weights"),
    ],
)
def test_weights_that_are_set_by_hand_are_noticed(said: dict[str, Any], done: str, by: str) -> None:
    assert said["weights"][done] == by
