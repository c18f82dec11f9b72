"""What the trainer takes, and what it refuses with which reason."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from descriptions import architecture, description, layer, loader, of_files, part, rich, sent

from grader.training.accept import accept, accept_network
from grader.training.description import Number, ObjectSpec, canonical
from grader.training.reading import MAX_BYTES
from grader.training.refusals import Refused
from grader.training.size import Budget

Json = dict[str, Any]


def dense(**arguments: Any) -> Json:
    return description(layer("Flatten"), layer("Dense", **{"units": 1, **arguments}))


def conv(**arguments: Any) -> Json:
    return description(layer("Conv2D", **{"filters": 4, "kernel_size": [3, 3], **arguments}))


def compiled(**members: Any) -> Json:
    found = description()
    return {**found, "compile": found["compile"] | members}


def fitted(**members: Any) -> Json:
    return description(fit={"epochs": 15, **members})


def generated(**settings: Any) -> Json:
    return description(loader={**loader(), "generator": settings})


def loaded(**members: Any) -> Json:
    return description(loader=loader() | members)


def wired(**members: Any) -> Json:
    found = architecture(layer("Flatten"), layer("Dense", units=1))
    return description(architecture=found | members)


def metrics(*given: Json) -> Json:
    return compiled(metrics=list(given))


def stopped(**arguments: Any) -> Json:
    return description(callbacks=[part("EarlyStopping", **arguments)])


def nested_model() -> Json:
    inner = {"part": "Sequential", "arguments": {"layers": []}, "inputs": [0]}
    return description(inner)


DEEP = b'{"loader":' * 30 + b"1" + b"}" * 30

# Each is refused with the reason beside it.
REFUSED: dict[str, tuple[Any, str]] = {
    "empty": (b"", "not JSON"),
    "no_json": (b"{'loader': 1}", "not JSON"),
    "cut": (sent(description())[:-9], "not JSON"),
    "bytes": (b'{"loader": "\xff"}', "not UTF-8"),
    "half_character": (b'{"loader": "\\ud800"}', "not UTF-8"),
    "long": (b" " * (MAX_BYTES + 1), "at most 1048576 bytes"),
    "deep_lists": (b"[" * 100_000, "nested at most 24 deep"),
    "deep_objects": (DEEP, "nested at most 24 deep"),
    "deep_behind_a_quote": (b'["\\"", ' + b"[" * 50_000, "nested at most 24 deep"),
    "not_a_number": (b'{"loader": NaN}', "finite, found NaN"),
    "infinite": (b'{"loader": -Infinity}', "finite, found -Infinity"),
    "overflowing": (b'{"loader": 1e999}', "must be finite"),
    "many_digits": (b'{"loader": ' + b"9" * 500_000 + b"}", "at most 20 digits"),
    "twice": (b'{"loader": 1, "loader": 2}', 'the name "loader" stands twice'),
    "a_list": ([], "the description must be an object, found a list of 0"),
    "nothing": ({}, "loader is missing"),
    "one_too_many": (description(weights=[1.0]), 'the description takes no "weights"'),
    "long_name": (description(**{"x" * 9_000: 1}), r'takes no "x+\.\.\.$'),
    "unknown_layer": (
        description(layer("Lambda", function="print")),
        r'layer 1: "Lambda" is not among the layers',
    ),
    "file_layer": (description(layer("TFSMLayer", filepath="/x")), '"TFSMLayer" is not among'),
    "recurrent": (description(layer("LSTM", units=4)), '"LSTM" is not among the layers'),
    "statistics": (description(layer("Normalization", mean=[1.0])), '"Normalization" is not among'),
    "embedding": (description(layer("Embedding", input_dim=1)), '"Embedding" is not among'),
    "registered": (description(layer("Custom>Dense", units=1)), '"Custom>Dense" is not among'),
    "nested_model": (nested_model(), '"Sequential" is not among the layers'),
    "name_is_no_text": (
        description({"part": ["Dense"], "arguments": {}, "inputs": []}),
        "layer 1: a list of 1 is not among",
    ),
    "many_filters": (
        conv(filters=10**9),
        r"layer 1 \(Conv2D\): filters must be a whole number from 1 to 4096, found 1000000000",
    ),
    "a_float_of_filters": (conv(filters=3.0), r"filters must be a whole number .* found 3\.0"),
    "flag_for_a_number": (conv(filters=True), "filters must be a whole number .* found true"),
    "no_filters": (
        description(layer("Conv2D", kernel_size=[3, 3])),
        r"layer 1 \(Conv2D\): filters is missing",
    ),
    "three_sizes": (conv(kernel_size=[3, 3, 3]), "kernel_size must be a list of 2"),
    "unknown_argument": (conv(weights=[0.0]), r'layer 1 \(Conv2D\) takes no "weights"'),
    "named_layer": (conv(name="x"), 'takes no "name"'),
    "half_precision": (conv(dtype="float16"), 'takes no "dtype"'),
    "channels_first": (conv(data_format="channels_first"), "data_format must be channels_last"),
    "own_activation": (conv(activation="print"), "activation must be one of linear, relu"),
    "activation_as_object": (
        conv(activation=part("LeakyReLU")),
        'activation must be one of .* found the object "LeakyReLU"',
    ),
    "initializer_by_name": (
        conv(kernel_initializer="ones"),
        "kernel_initializer must be an object of one of the initialisers",
    ),
    "weights_as_constant": (
        dense(kernel_initializer=part("Constant", value=[0.5] * 9)),
        r"layer 2 \(Dense\): kernel_initializer \(Constant\): value must be a number",
    ),
    "weights_as_mean": (
        dense(kernel_initializer=part("RandomNormal", mean=[0.5], stddev=0)),
        r"kernel_initializer \(RandomNormal\): mean must be a number from -1e\+09",
    ),
    "weights_as_bounds": (
        dense(kernel_initializer=part("RandomUniform", minval=[1], maxval=[1])),
        "minval must be a number",
    ),
    "foreign_initializer": (
        dense(kernel_initializer=part("Dense", units=1)),
        'kernel_initializer: "Dense" is not among the initialisers',
    ),
    "regularizer_as_function": (
        dense(kernel_regularizer=part("print")),
        'kernel_regularizer: "print" is not among the regularisers',
    ),
    "scaled_by_a_list": (
        description(layer("Rescaling", scale=[1.0, 2.0])),
        r"layer 1 \(Rescaling\): scale must be a number",
    ),
    "scaled_by_an_array": (
        description(layer("Rescaling", scale={"__numpy__": [1.0]})),
        "scale must be a number .* found an object",
    ),
    "unknown_number_type": (
        generated(rescale={"number": "object", "value": 1}),
        "loader: generator: rescale must be null or a number",
    ),
    "inexact_number": (
        generated(rescale={"number": "float32", "value": 0.1}),
        "rescale must be null or a number",
    ),
    "overflowing_number": (
        generated(rescale={"number": "float16", "value": 1e9}),
        "rescale must be null or a number",
    ),
    "many_layers": (description(*[layer("Identity")] * 64), "layers must be a list of 1 to 64"),
    "no_layers": (wired(layers=[]), "layers must be a list of 1 to 64, found a list of 0"),
    "no_input": (
        wired(layers=[layer("Flatten")], output=0, created=[0]),
        r"layer 0 \(Flatten\): the first layer must be an InputLayer",
    ),
    "two_inputs": (
        description(layer("InputLayer", shape=[24, 24, 3])),
        r"layer 1 \(InputLayer\): the first layer must be",
    ),
    "a_later_layer": (
        description(layer("Add", 0, 2), layer("Flatten")),
        "an input must be a whole number from 0 to 0, found 2",
    ),
    "itself": (description(layer("Add", 1, 0)), "an input must be a whole number from 0 to 0"),
    "a_cycle": (description(layer("Flatten", -1)), "an input must be .* found -1"),
    "unused_layer": (
        description(layer("Flatten"), layer("Flatten", 0)),
        r"layer 1 \(Flatten\): nothing uses what it puts out",
    ),
    "no_such_output": (wired(output=9), "output must be a whole number from 0 to 2, found 9"),
    "created_twice": (wired(created=[0, 1, 1]), "created must name each of the 3 layers once"),
    "created_too_few": (wired(created=[0, 1]), "created must name each of the 3 layers once"),
    "called_without_input": (
        wired(layers=[layer("InputLayer", shape=[24, 24, 3]), layer("Flatten")]),
        r"layer 1 \(Flatten\): inputs must be a list of 1 to 16",
    ),
    "other_images": (
        description(architecture=architecture(layer("Flatten"), shape=[8, 8, 3])),
        r"layer 0 \(InputLayer\): shape must be \(24, 24, 3\)",
    ),
    "too_small_an_image": (conv(kernel_size=[30, 30]), r"layer 1 \(Conv2D\): nothing is left"),
    "no_image": (
        description(layer("Flatten"), layer("MaxPooling2D")),
        r"layer 2 \(MaxPooling2D\): it takes images of three axes, found shape \(1728,\)",
    ),
    "shapes_apart": (
        description(layer("Conv2D", filters=2, kernel_size=[3, 3]), layer("Add", 0, 1)),
        r"layer 2 \(Add\): shapes .* do not go together",
    ),
    "impossible_shape": (
        description(layer("Reshape", target_shape=[7, -1])),
        r"layer 1 \(Reshape\): shape \(24, 24, 3\) cannot become",
    ),
    "too_many_parameters": (
        description(layer("Flatten"), layer("Dense", units=65_536)),
        "at most 60,000,000 parameters, it has 113,311,744",
    ),
    "too_many_activations": (
        description(*[layer("UpSampling2D", size=[16, 16])] * 2),
        "at most 16,000,000 activations for an image",
    ),
    "too_large_a_batch": (
        description(layer("UpSampling2D", size=[32, 32]), loader=loader(batch_size=4096)),
        "at most 4.0 GiB of memory to be trained, this takes",
    ),
    "too_much_work": (
        description(
            layer("UpSampling2D", size=[16, 16]),
            layer("Conv2D", filters=64, kernel_size=[31, 31], padding="same"),
        ),
        "multiply-adds for an image",
    ),
    "a_folder": (loaded(directory="/etc"), 'loader takes no "directory"'),
    "saved_images": (description(loader=loader(save_to_dir="/tmp")), 'takes no "save_to_dir"'),  # noqa: S108
    "preprocessing": (
        generated(preprocessing_function="os.system"),
        'loader: generator takes no "preprocessing_function"',
    ),
    "no_path": (loaded(folder=7), "loader: folder must be a printable text"),
    "long_path": (loaded(folder="/" * 4_097), "loader: folder must be"),
    "path_of_lines": (loaded(folder="a\nb"), "loader: folder must be"),
    "no_classes": (loaded(classes=[]), "loader: classes must be a list of 1 to 1000"),
    "class_twice": (loaded(classes=["happy", "happy"]), "loader: a class stands twice"),
    "long_class": (loaded(classes=["x" * 101]), "a class must be a printable text of 1 to 100"),
    "digest": (loaded(files="../../etc/passwd"), "files must be 64 hexadecimal digits"),
    "no_labels": (description(loader=loader(class_mode=None)), "class_mode must be one of binary"),
    "no_batch": (description(loader=loader(batch_size=0)), "batch_size must be a whole number"),
    "other_validation": (
        description(validation=loader(target_size=[8, 8])),
        "validation: its samples have another shape",
    ),
    "unknown_optimizer": (
        compiled(optimizer=part("Muon", exclude_layers=["(a+)+$"])),
        'optimizer: "Muon" is not among the optimizers',
    ),
    "optimizer_by_name": (compiled(optimizer="adam"), 'optimizer must be an object, found "adam"'),
    "negative_rate": (
        compiled(optimizer=part("SGD", learning_rate=-1)),
        r"optimizer \(SGD\): learning_rate must be a number from 0 to 1e\+06",
    ),
    "schedule_of_a_class": (
        compiled(optimizer=part("SGD", learning_rate=part("Lambda"))),
        '"Lambda" is not among the learning-rate schedules',
    ),
    "long_schedule": (
        compiled(
            optimizer=part(
                "SGD",
                learning_rate=part(
                    "PiecewiseConstantDecay", boundaries=list(range(50)), values=[0.1] * 51
                ),
            )
        ),
        r"learning_rate \(PiecewiseConstantDecay\): boundaries must be a list of 1 to 16",
    ),
    "own_loss": (compiled(loss=part("mine")), 'loss: "mine" is not among the losses'),
    "wrapped_function": (
        metrics(part("MeanMetricWrapper", fn="keras.config.set_max_epochs", name="x")),
        'metric 0: "MeanMetricWrapper" is not among the metrics',
    ),
    "nameless_metric": (metrics(part("AUC")), r"metric 0 \(AUC\): name is missing"),
    "posing_as_accuracy": (
        metrics(part("Recall", name="accuracy")),
        r'metric 0 \(Recall\): the name "accuracy" is taken by another',
    ),
    "posing_as_loss": (metrics(part("AUC", name="loss")), 'the name "loss" is taken'),
    "posing_as_validation": (metrics(part("AUC", name="val_accuracy")), "is taken by another"),
    "metrics_of_one_name": (
        metrics(part("AUC", name="a"), part("Recall", name="a")),
        r'metric 1 \(Recall\): the name "a" is taken',
    ),
    "long_metric": (metrics(part("AUC", name="x" * 10**5)), "name must be a printable text"),
    "control_characters": (metrics(part("AUC", name="a\x1b[2J")), "name must be a printable text"),
    "weighted": (compiled(weighted_metrics=[]), 'compile takes no "weighted_metrics"'),
    "no_epochs": (fitted(epochs=0), "fit: epochs must be a whole number from 1 to 10000"),
    "many_epochs": (fitted(epochs=10**6), "fit: epochs must be"),
    "nothing_left": (fitted(initial_epoch=15), "initial_epoch 15 leaves none of 15 epochs"),
    "no_steps": (fitted(steps_per_epoch=0), "steps_per_epoch must be null or a whole number"),
    "arrays": (fitted(x=[[0.0]]), 'fit takes no "x"'),
    "split": (fitted(validation_split=0.975), "validation_split goes with arrays"),
    "weights_of_no_class": (fitted(class_weight=[["a", 1]]), "a label must be a whole number"),
    "weights_twice": (fitted(class_weight=[[0, 1], [0, 2]]), "the label 0 stands twice"),
    "weights_as_object": (fitted(class_weight={"0": 1}), "class_weight must be a list"),
    "file_writing": (
        description(callbacks=[part("ModelCheckpoint", filepath="/x")]),
        'callback 0: "ModelCheckpoint" is not among the callbacks',
    ),
    "function_schedule": (
        description(callbacks=[part("LearningRateScheduler", schedule="f")]),
        '"LearningRateScheduler" is not among the callbacks',
    ),
    "many_callbacks": (
        description(callbacks=[part("TerminateOnNaN")] * 21),
        "callbacks must be a list of 0 to 20, found a list of 21",
    ),
    "patience": (stopped(patience=-1), r"callback 0 \(EarlyStopping\): patience must be"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_trained_is_refused_with_its_reason(name: str) -> None:
    found, reason = REFUSED[name]
    with pytest.raises(Refused, match=reason):
        accept(found if isinstance(found, bytes) else sent(found))


@pytest.mark.parametrize("name", REFUSED)
def test_a_reason_is_one_short_line(name: str) -> None:
    found, _ = REFUSED[name]
    with pytest.raises(Refused) as refused:
        accept(found if isinstance(found, bytes) else sent(found))
    assert len(str(refused.value)) < 400
    assert str(refused.value).isprintable()


@pytest.mark.parametrize("make", [description, rich])
def test_what_was_accepted_is_accepted_again_as_it_was_written_down(
    make: Callable[[], Json],
) -> None:
    accepted = accept(sent(make()))
    assert accept(canonical(accepted)) == accepted


def test_lists_become_tuples() -> None:
    accepted = accept(sent(rich()))
    assert accepted.architecture.layers[6].part.arguments["padding"] == ((1, 0), (0, 1))


def test_a_number_of_numpy_keeps_its_type() -> None:
    accepted = accept(sent(rich()))
    assert of_files(accepted.loader).generator["rescale"] == Number("float64", 1 / 255)


def test_where_a_whole_number_is_wanted_its_type_does_not_matter() -> None:
    accepted = accept(sent(dense(units={"number": "int64", "value": 3})))
    assert accepted.architecture.layers[-1].part == ObjectSpec("Dense", {"units": 3})


def test_a_larger_budget_can_be_granted() -> None:
    found = sent(description(layer("Flatten"), layer("Dense", units=65_536)))
    assert accept(found, Budget(parameters=10**9))


def test_a_loader_may_tell_its_folder() -> None:
    accepted = accept(sent(description(loader=loader() | {"folder": "/run/data/shapes/train"})))
    assert of_files(accepted.loader).folder == "/run/data/shapes/train"


def test_where_a_network_was_trained_does_not_matter() -> None:
    told = {"loader": loader() | {"folder": "/run"}, "architecture": description()["architecture"]}
    network = accept_network(sent(told))
    assert network.loader is not None
    assert network.loader.folder == ""


def test_brackets_in_texts_are_not_nesting() -> None:
    found = loader() | {"classes": ["[" * 50, '\\"' + "{" * 50]}
    assert of_files(accept(sent(description(loader=found))).loader).classes[0] == "[" * 50


def test_a_refusal_leaves_no_trace_of_files(tmp_path: Path) -> None:
    found = description(loader=loader(save_to_dir=str(tmp_path / "x")))
    with pytest.raises(Refused):
        accept(json.dumps(found).encode())
    assert list(tmp_path.iterdir()) == []
