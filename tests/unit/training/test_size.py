from typing import Any

import pytest
from descriptions import architecture, layer, part

from grader.processes.limits import Limits
from grader.training.networks import read_architecture
from grader.training.refusals import Refused
from grader.training.size import Budget, Size, measure, refuse_above


def size(*layers: dict[str, Any], shape: list[int] | None = None) -> Size:
    return measure(read_architecture(architecture(*layers, shape=shape or [10, 12, 4])))


def shape(*layers: dict[str, Any]) -> tuple[int, ...]:
    return size(*layers).shapes[-1]


def conv(**arguments: Any) -> dict[str, Any]:
    return layer("Conv2D", **{"filters": 8, "kernel_size": [3, 3], **arguments})


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (conv(), (8, 10, 8)),
        (conv(padding="same", strides=[2, 2]), (5, 6, 8)),
        (conv(strides=[2, 3]), (4, 4, 8)),
        (conv(dilation_rate=[2, 2]), (6, 8, 8)),
        (layer("DepthwiseConv2D", kernel_size=[3, 3], depth_multiplier=2), (8, 10, 8)),
        (layer("SeparableConv2D", filters=5, kernel_size=[3, 3]), (8, 10, 5)),
        (layer("MaxPooling2D"), (5, 6, 4)),
        (layer("MaxPooling2D", pool_size=[3, 3], strides=[1, 1]), (8, 10, 4)),
        (layer("AveragePooling2D", pool_size=[3, 5], padding="same"), (4, 3, 4)),
        (layer("GlobalMaxPooling2D"), (4,)),
        (layer("GlobalMaxPooling2D", keepdims=True), (1, 1, 4)),
        (layer("Flatten"), (480,)),
        (layer("Reshape", target_shape=[-1, 8]), (60, 8)),
        (layer("Permute", dims=[3, 1, 2]), (4, 10, 12)),
        (layer("Resizing", height=7, width=9), (7, 9, 4)),
        (layer("ZeroPadding2D"), (12, 14, 4)),
        (layer("Cropping2D", cropping=[[1, 2], [3, 4]]), (7, 5, 4)),
        (layer("UpSampling2D", size=[2, 3]), (20, 36, 4)),
        (layer("Concatenate", 0, 0), (10, 12, 8)),
        (layer("Concatenate", 0, 0, axis=1), (20, 12, 4)),
        (layer("Dense", units=3), (10, 12, 3)),
    ],
)
def test_the_shape_of_an_output_is_worked_out(
    made: dict[str, Any], expected: tuple[int, ...]
) -> None:
    assert shape(made) == expected


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (conv(), 3 * 3 * 4 * 8 + 8),
        (conv(use_bias=False), 3 * 3 * 4 * 8),
        (conv(groups=2), 3 * 3 * 2 * 8 + 8),
        (layer("SeparableConv2D", filters=5, kernel_size=[3, 3]), 36 + 20 + 5),
        (layer("DepthwiseConv2D", kernel_size=[3, 3], depth_multiplier=2), 72 + 8),
        (layer("Dense", units=3), 4 * 3 + 3),
        (layer("PReLU"), 480),
        (layer("PReLU", shared_axes=[1, 2]), 4),
        (layer("BatchNormalization"), 16),
        (layer("BatchNormalization", axis=1, scale=False), 30),
        (layer("LayerNormalization", axis=[2, 3]), 96),
        (layer("GroupNormalization", groups=2, center=False), 4),
        (layer("Dropout", rate=0.5), 0),
    ],
)
def test_the_weights_of_a_layer_are_counted(made: dict[str, Any], expected: int) -> None:
    assert size(made).parameters == expected


def test_multiply_adds_of_a_convolution_are_counted_at_every_place() -> None:
    assert size(conv(use_bias=False)).multiply_adds == 8 * 10 * 3 * 3 * 4 * 8


def test_activations_of_all_layers_are_added() -> None:
    assert size(layer("Flatten"), layer("Dense", units=7)).activations == 480 + 480 + 7


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (conv(groups=3), "groups do not divide"),
        (conv(strides=[2, 2], dilation_rate=[2, 2]), "both strides and dilation"),
        (layer("Permute", dims=[1, 2]), "are not those of shape"),
        (layer("Reshape", target_shape=[-1, -1]), "cannot become"),
        (layer("Reshape", target_shape=[479]), "cannot become"),
        (layer("Cropping2D", cropping=[[5, 5], [0, 0]]), "nothing is left"),
        (layer("Softmax", axis=0), "there is no axis 0"),
        (layer("BatchNormalization", axis=-4), "there is no axis -4"),
        (layer("GroupNormalization", groups=3), "3 groups do not divide 4 channels"),
        (layer("PReLU", shared_axes=[4]), "there is no axis 4"),
        (layer("Add", 0), "cannot merge 1 inputs"),
        (layer("Subtract", 0, 0, 0), "cannot merge 3 inputs"),
        (layer("Flatten", 0, 0), "takes one input, found 2"),
    ],
)
def test_what_does_not_fit_is_refused(made: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused, match=f"layer 1 .*{reason}"):
        size(made)


def test_shapes_are_broadcast_where_a_length_is_one() -> None:
    pooled = layer("GlobalMaxPooling2D", keepdims=True)
    assert shape(pooled, layer("Multiply", 0, 1)) == (10, 12, 4)


def memory(batch_size: int, *layers: dict[str, Any]) -> int:
    return size(*layers).memory_bytes(batch_size)


@pytest.mark.parametrize("activation", ["gelu", "mish", "silu", "celu", "softplus", "hard_silu"])
def test_an_activation_that_keeps_more_for_its_gradient_takes_more_memory(activation: str) -> None:
    assert memory(100, conv(activation=activation)) > memory(100, conv(activation="relu"))


@pytest.mark.parametrize(
    "made",
    [
        layer("BatchNormalization"),
        layer("Dropout", rate=0.5),
        layer("LayerNormalization"),
        layer("PReLU"),
        layer("Activation", activation="gelu"),
        conv(activity_regularizer=part("L2", l2=0.1)),
    ],
)
def test_a_layer_that_keeps_more_for_its_gradient_takes_more_memory(made: dict[str, Any]) -> None:
    plain = conv() if made["part"] == "Conv2D" else layer("Activation", activation="relu")
    assert memory(100, made) > memory(100, plain)


def test_memory_grows_with_the_batch() -> None:
    first, second, third = (memory(count, conv()) for count in (100, 200, 300))
    assert third - second == second - first > 0


def test_a_dense_layer_of_many_units_takes_the_memory_of_its_weights() -> None:
    large = (layer("Flatten"), layer("Dense", units=1000))
    assert memory(1, *large) > 4 * 4 * size(*large).parameters


def eleven(activation: str) -> Size:
    wide = conv(filters=64, kernel_size=[1, 1], activation=activation)
    return size(*[wide] * 11, layer("GlobalAveragePooling2D"), shape=[150, 150, 3])


@pytest.mark.parametrize("activation", ["gelu", "mish", "celu", "hard_silu"])
def test_batches_of_wide_layers_are_refused_that_a_trainer_could_not_hold(activation: str) -> None:
    with pytest.raises(Refused, match="of memory to be trained"):
        refuse_above(Budget(), eleven(activation), 25)


@pytest.mark.parametrize(("activation", "batch"), [("relu", 25), ("gelu", 10), ("linear", 25)])
def test_batches_of_wide_layers_are_trained_that_a_trainer_can_hold(
    activation: str, batch: int
) -> None:
    refuse_above(Budget(), eleven(activation), batch)


LARGE = (
    *(
        each
        for filters in (16, 32, 64, 64, 64)
        for each in (conv(filters=filters), layer("MaxPooling2D", pool_size=[2, 2]))
    ),
    layer("Flatten"),
    layer("Dense", units=512, activation="relu"),
    layer("Dense", units=1, activation="sigmoid"),
)


def test_large_images_in_large_batches_take_more_than_is_usual() -> None:
    with pytest.raises(Refused, match=r"at most 4\.0 GiB of memory to be trained, this takes 4\.7"):
        refuse_above(Budget(), size(*LARGE, shape=[300, 300, 3]), 128)


def test_a_larger_limit_on_memory_grants_a_larger_training() -> None:
    refuse_above(Budget.within(8 * 2**30), size(*LARGE, shape=[300, 300, 3]), 128)


def test_the_usual_limit_on_memory_grants_the_usual_budget() -> None:
    assert Budget.within(Limits().memory_bytes) == Budget()


def test_measuring_takes_less_memory_than_training() -> None:
    found = eleven("gelu")
    assert found.memory_bytes(None) < found.memory_bytes(10)
