"""Descriptions of trainings on ``tf.data`` datasets: what is taken, and what is refused and why."""

import random
from collections.abc import Iterator
from typing import Any

import pytest
from descriptions import FILES, architecture, description, layer, part, sent
from mutated_data import mutated

from grader.training.accept import accept
from grader.training.amounts import batch_size, fewest_updates, samples, shuffled
from grader.training.description import Description, Number, ObjectSpec, Value, canonical, to_json
from grader.training.pipeline_specs import DatasetNode, DirectorySpec, MapSpec, PipelineSpec
from grader.training.pipelines import MOST_NODES, accept_pipeline
from grader.training.refusals import Refused
from grader.training.size import Budget
from grader.training.streams import stream_of

Json = dict[str, Any]
MUTATIONS = {True: 10_000, False: 2_000}
SCALED = [part("Divide", by=255.0)]
SIZE = [24, 24]
LAYERS = (layer("Flatten"), layer("Dense", units=1, activation="sigmoid"))


def folder(**members: Any) -> Json:
    settings = {"label_mode": "binary", "color_mode": "rgb", "image_size": SIZE, "batch_size": 10}
    found = {"settings": settings | members.pop("settings", {}), "classes": ["happy", "sad"]}
    return {**found, "files": FILES, "images": 80, **members}


def mapped(*x: Json, y: tuple[Json, ...] = ()) -> Json:
    return {"x": list(x), "y": list(y)}


def chain(*made: Json, first: Json | None = None) -> Json:
    """A dataset of a folder, and what is made of it call by call."""
    nodes = [{"number": 0, "made": first or folder(), "inputs": []}]
    for number, each in enumerate(made, 1):
        nodes.append({"number": number, "made": each, "inputs": [number - 1]})
    return {"nodes": nodes}


def numbered(found: Json, *numbers: int) -> Json:
    """The same dataset with other numbers."""
    for node, number in zip(found["nodes"], numbers, strict=True):
        node["inputs"] = [numbers[place] for place in node["inputs"]]
        node["number"] = number
    return found


def trains(loader: Json, validation: Json | None = None, **members: Any) -> Json:
    """A right and plain description of a training on a dataset."""
    made = architecture(*LAYERS, shape=members.pop("shape", [*SIZE, 3]))
    return description(loader=loader, validation=validation, architecture=made, **members)


def of(**settings: Any) -> Json:
    return folder(settings=settings)


IN_IMAGES = of(batch_size=None)
PART = {"validation_split": 0.25, "subset": "training", "seed": 7}
HELD_BACK = PART | {"subset": "validation", "both": True}
AUGMENTED = mapped(*SCALED, part("RandomFlip", mode="horizontal", seed=None))
JOINED = {
    "nodes": [
        {"number": 0, "made": of(**PART), "inputs": []},
        {"number": 3, "made": of(**HELD_BACK), "inputs": []},
        {"number": 5, "made": part("concatenate"), "inputs": [0, 3]},
    ]
}
STEPS = {"fit": {"epochs": 5, "steps_per_epoch": 8}}
TAKEN: dict[str, Json] = {
    "as_loaded": trains(chain()),
    "scaled": trains(chain(mapped(*SCALED))),
    "usual": trains(
        chain(AUGMENTED, part("cache", filled=False), part("shuffle", buffer_size=1000),
              part("prefetch", buffer_size=-1))
    ),
    "parts": trains(
        chain(mapped(*SCALED), part("take", count=6)),
        numbered(chain(mapped(*SCALED), part("skip", count=6)), 0, 1, 3),
    ),
    "by_images": trains(
        chain(part("shuffle", buffer_size=80, seed=3, reshuffle_each_iteration=False),
              part("take", count=60), part("batch", batch_size=10), first=IN_IMAGES)
    ),
    "batched_anew": trains(chain(part("unbatch"), part("batch", batch_size=8))),
    "both_parts": trains(
        chain(first=of(**PART)), numbered(chain(first=of(**HELD_BACK)), 1)
    ),
    "joined": trains(JOINED),
    "without_an_end": trains(chain(part("repeat", count=None)), **STEPS),
    "as_often_as_it_takes": trains(chain(part("repeat", count=3)), **STEPS),
    "one_hot": trains(
        chain(mapped(y=(part("OneHot", classes=2), part("Cast", dtype="float32"))),
              first=of(label_mode="int"))
    ),
    "of_bytes": trains(
        chain(mapped(part("Cast", dtype="float32"), *SCALED), first=of(interpolation="nearest"))
    ),
    "resized": trains(chain(mapped(part("Resize", size=[8, 8]))), shape=[8, 8, 3]),
}  # fmt: skip


def node(**members: Any) -> Json:
    found = chain(mapped(*SCALED))
    found["nodes"][1] |= members
    return trains(found)


def one(made: Json) -> Json:
    return trains(chain(made))


def first(**members: Any) -> Json:
    return trains(chain(first=folder(**members)))


def setting(**settings: Any) -> Json:
    return trains(chain(first=of(**settings)))


# Each is refused with the reason beside it.
REFUSED: dict[str, tuple[Json, str]] = {
    "no_datasets": (trains({"nodes": []}), "nodes must be a list of 1 to 60"),
    "no_list": (trains({"nodes": {}}), "nodes must be a list of 1 to 60"),
    "endless_list": (trains(chain(*[part("cache")] * MOST_NODES)), "a list of 1 to 60"),
    "more_than_datasets": (trains(chain() | {"path": "/etc"}), 'takes no "path"'),
    "a_number": (trains({"nodes": [3]}), "dataset 0 must be an object"),
    "an_unknown_call": (one(part("interleave")), '"interleave" is not among the methods'),
    "a_function": (one(part("map", map_func="f")), '"map" is not among the methods'),
    "a_module": (one(part("os.system", command="ls")), "is not among the methods"),
    "a_loader_within": (one({"generator": {}}), "part is missing"),
    "numbers_in_disorder": (node(number=0), "number must be a whole number from 1"),
    "a_negative_number": (node(number=-1), "number must be a whole number from 1"),
    "a_huge_number": (node(number=10**9), "number must be a whole number from 1"),
    "made_of_itself": (node(inputs=[1]), "is made of dataset 1, and there is none before it"),
    "made_of_nothing": (node(inputs=[]), "inputs must be a list of 1 to 1"),
    "made_of_two": (node(inputs=[0, 0]), "inputs must be a list of 1 to 1"),
    "made_of_a_text": (node(inputs=["0"]), "an input must be a whole number"),
    "of_no_use": (
        trains({"nodes": [*chain()["nodes"], {"number": 1, "made": folder(), "inputs": []}]}),
        "nothing is made of dataset 0",
    ),
    "a_step_that_there_is_not": (one(mapped(part("Lambda", function="f"))), '"Lambda" is not'),
    "a_layer_with_weights": (one(mapped(part("Dense", units=1))), '"Dense" is not among the steps'),
    "a_layer_of_labels": (one(mapped(y=(part("Rescaling", scale=0.5),))), '"Rescaling" is not'),
    "labels_that_are_computed": (one(mapped(y=(part("Subtract", by=1.0),))), '"Subtract" is not'),
    "a_table_for_a_number": (one(mapped(part("Add", by=[1.0] * 9))), "by must be a number"),
    "nothing_left_of_images": (one(mapped(part("Multiply", by=0))), "by must be a number from"),
    "huge_factor": (one(mapped(part("Multiply", by=1e12))), "by must be a number from"),
    "an_unknown_type": (one(mapped(part("Cast", dtype="string"))), "dtype must be one of"),
    "bytes_that_are_divided": (
        one(mapped(part("Cast", dtype="uint8"), *SCALED)), "numbers of the type uint8"
    ),
    "many_steps": (one(mapped(*SCALED * 13)), "x must be a list of 0 to 12"),
    "one_hot_twice": (
        one(mapped(y=(part("OneHot", classes=2), part("OneHot", classes=2)))),
        "OneHot is not done to labels of the shape",
    ),
    "a_crop_of_more": (
        one(mapped(part("CenterCrop", height=24, width=0))), "width must be a whole number"
    ),
    "labels_of_two_lengths": (one(mapped(y=(part("ExpandDims"),))), "labels of the shape"),
    "nothing_taken": (one(part("take", count=0)), "leaves no images"),
    "all_skipped": (one(part("skip", count=8)), "leaves no images"),
    "all_skipped_by_a_sign": (one(part("skip", count=-1)), "leaves no images"),
    "taken_by_a_share": (one(part("take", count=0.8)), "count must be a whole number"),
    "taken_without_a_count": (one(part("take")), "count is missing"),
    "an_empty_buffer": (one(part("shuffle", buffer_size=0)), "buffer_size must be a whole"),
    "no_buffer": (one(part("prefetch")), "buffer_size is missing"),
    "a_huge_buffer": (one(part("shuffle", buffer_size=10**12)), "buffer_size must be a whole"),
    "a_negative_seed": (one(part("shuffle", buffer_size=5, seed=-1)), "seed must be null or"),
    "a_path_for_a_cache": (one(part("cache", filename="/x")), 'takes no "filename"'),
    "batches_of_batches": (one(part("batch", batch_size=2)), "makes batches of batches"),
    "no_batches": (trains(chain(first=IN_IMAGES)), "does not come in batches"),
    "images_of_images": (
        trains(chain(part("unbatch"), first=IN_IMAGES)), "takes batches, and there are none"
    ),
    "all_dropped": (
        trains(chain(part("batch", batch_size=99, drop_remainder=True), first=IN_IMAGES)),
        "leaves no images",
    ),
    "never_repeated": (one(part("repeat", count=0)), "leaves no images"),
    "repeated_too_often": (one(part("repeat", count=10**6)), "count must be null or"),
    "repeated_again_and_again": (
        trains(chain(*[part("repeat", count=1000)] * 3)), "makes more than 1000000 images"
    ),
    "a_cache_without_an_end": (
        trains(chain(part("repeat"), part("cache"))), "would hold images without end"
    ),
    "an_epoch_without_an_end": (one(part("repeat")), "steps_per_epoch is not given"),
    "an_epoch_of_many": (
        trains(chain(part("repeat")), fit={"epochs": 1, "steps_per_epoch": 100}),
        "an epoch shows 1000 images, and there are 80",
    ),
    "an_epoch_of_two_passes": (one(part("repeat", count=2)), "an epoch shows 160 images"),
    "a_validation_without_an_end": (
        trains(chain(), numbered(chain(part("repeat")), 1, 2)), "validation_steps is not given"
    ),
    "joined_with_another_size": (
        trains({"nodes": [*JOINED["nodes"][:1],
                          {"number": 3, "made": of(**HELD_BACK, image_size=[8, 8]), "inputs": []},
                          JOINED["nodes"][2]]}),
        "images or labels of another form",
    ),
    "joined_after_no_end": (
        trains({"nodes": [*chain(part("repeat"))["nodes"],
                          {"number": 2, "made": part("concatenate"), "inputs": [1, 0]}]}),
        "does not end",
    ),
    "no_label_mode": (setting(label_mode=None), "label_mode must be one of"),
    "labels_of_ones_own": (setting(labels=[0, 1]), 'takes no "labels"'),
    "a_directory": (setting(directory="/etc"), 'takes no "directory"'),
    "no_size": (setting(image_size=[0, 24]), "image_size must be a list of 2"),
    "a_huge_size": (setting(image_size=[10**6, 24]), "image_size must be a list of 2"),
    "no_batch": (setting(batch_size=0), "batch_size must be null or"),
    "a_split_alone": (setting(validation_split=0.5), "validation_split and subset go together"),
    "a_part_alone": (setting(subset="training"), "validation_split and subset go together"),
    "a_split_of_chance": (
        setting(validation_split=0.5, subset="training"), "a split of shuffled images needs a seed"
    ),
    "nothing_held_back": (
        setting(**PART | {"validation_split": 0.001, "subset": "validation"}), "leaves no images"
    ),
    "cropped_and_padded": (
        setting(crop_to_aspect_ratio=True, pad_to_aspect_ratio=True), "either cropped or padded"
    ),
    "cropped_as_it_cannot_be": (
        setting(crop_to_aspect_ratio=True, interpolation="gaussian"), "Keras crops no images"
    ),
    "no_files": (first(files="x"), "files must be 64 hexadecimal digits"),
    "no_images": (first(images=0), "images must be a whole number from 1"),
    "endless_images": (first(images=10**9), "images must be a whole number from 1"),
    "a_class_twice": (first(classes=["sad", "sad"]), "a class stands twice"),
    "binary_of_three": (first(classes=["a", "b", "c"]), "binary labels are of 2 classes"),
    "another_shape": (trains(chain(), shape=[8, 8, 3]), r"shape must be \(24, 24, 3\)"),
    "validation_of_another_shape": (
        trains(chain(), numbered(chain(first=of(color_mode="grayscale")), 1)), "have another shape"
    ),
    "one_number_for_two": (
        trains(chain(), chain(first=of(batch_size=20))),
        "dataset 0 is another one in training and in validation",
    ),
    "a_batch_size_of_arrays": (trains(chain(), fit={"batch_size": 8}), "goes with arrays"),
    "too_large": (
        trains(chain(*[part("cache")] * 2, first=folder(images=200_000))), "of memory to be trained"
    ),
}  # fmt: skip


def taken(found: Json) -> Description:
    return accept(sent(found))


@pytest.mark.parametrize("name", TAKEN)
def test_what_can_be_trained_is_taken(name: str) -> None:
    assert isinstance(taken(TAKEN[name]).loader, PipelineSpec)


@pytest.mark.parametrize("name", TAKEN)
def test_what_was_taken_is_written_down_so_that_it_is_taken_again(name: str) -> None:
    found = taken(TAKEN[name])
    again: Any = to_json(found)
    assert canonical(taken(again)) == canonical(found)


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_trained_is_refused_with_its_reason(name: str) -> None:
    found, reason = REFUSED[name]
    with pytest.raises(Refused, match=reason):
        taken(found)


def test_a_dataset_may_be_read_alone() -> None:
    assert accept_pipeline(sent(chain(mapped(*SCALED)))) == PipelineSpec(
        (
            DatasetNode(0, made_of_folder()),
            DatasetNode(1, MapSpec((ObjectSpec("Divide", {"by": 255.0}),)), (0,)),
        )
    )


def made_of_folder() -> DirectorySpec:
    settings: dict[str, Value] = {"label_mode": "binary", "color_mode": "rgb"}
    settings |= {"image_size": (24, 24), "batch_size": 10}
    return DirectorySpec(settings, ("happy", "sad"), FILES, 80)


def test_images_and_what_is_cached_of_them_count_as_memory() -> None:
    little = Budget(memory_bytes=60 * 2**20)
    loaded = trains(chain(first=folder(images=500)))
    assert accept(sent(loaded), little)
    cached = trains(chain(*[part("cache")] * 3, first=folder(images=500)))
    with pytest.raises(Refused, match="of memory to be trained"):
        accept(sent(cached), little)


def test_a_buffer_of_a_dataset_without_an_end_counts_as_memory() -> None:
    found = trains(chain(part("repeat"), part("shuffle", buffer_size=10**5)), **STEPS)
    with pytest.raises(Refused, match="of memory to be trained"):
        taken(found)


@pytest.mark.parametrize(
    ("name", "images", "size", "updates"),
    [
        ("as_loaded", 80, 10, 8),
        ("parts", 60, 10, 6),
        ("batched_anew", 80, 8, 10),
        ("both_parts", 60, 10, 6),
        ("joined", 80, 10, 8),
        ("without_an_end", 80, 10, 8),
    ],
)
def test_it_is_known_how_many_images_and_updates_an_epoch_has(
    name: str, images: int, size: int, updates: int
) -> None:
    found = taken(TAKEN[name])
    assert (samples(found, 80), batch_size(found), fewest_updates(found, 80)) == (
        images,
        size,
        updates,
    )


@pytest.mark.parametrize(
    ("made", "mixed"),
    [
        (chain(), True),
        (chain(first=of(shuffle=False)), False),
        (chain(part("shuffle", buffer_size=100), first=of(shuffle=False)), False),
        (chain(part("unbatch"), part("shuffle", buffer_size=80), part("batch", batch_size=10),
               first=of(shuffle=False)), True),
        (chain(part("unbatch"), part("shuffle", buffer_size=79), part("batch", batch_size=10),
               first=of(shuffle=False)), False),
    ],
)  # fmt: skip
def test_it_is_known_whether_images_come_in_mixed_order(made: Json, *, mixed: bool) -> None:
    assert shuffled(taken(trains(made))) == mixed


def test_what_changes_images_at_random_is_not_done_to_all_alike() -> None:
    steps = stream_of(accept_pipeline(sent(chain(AUGMENTED)))).steps
    assert [step.name for step in steps] == ["Divide"]


# What an attacker would like to see taken somewhere.
POISON: tuple[Any, ...] = (
    None, True, 0, -1, 1e9, 10**19, 0.5, "", "x" * 200, "/etc/passwd", "os.system", "\x00", [],
    "\ud800", "Lambda", [0.5] * 30, [[1.0, 2.0]] * 3, {}, {"number": "float64", "value": 2.0},
    {"__numpy__": [1.0]}, part("Add", by=[1.0]), part("repeat"), part("cache", filename="/x"),
    mapped(part("Rescaling", scale=[1.0] * 9)), folder(), {"nodes": []}, [0, 0], [10**6],
)  # fmt: skip


@pytest.fixture(scope="module")
def outcomes(request: pytest.FixtureRequest) -> list[Description | str]:
    chance = random.Random(4)  # noqa: S311 - repeatable, not secret
    many = MUTATIONS[request.config.getoption("--prove")]
    return [outcome(mutated(chance, TAKEN, POISON)) for _ in range(many)]


def outcome(found: Any) -> Description | str:
    try:
        return taken(found)
    except Refused as refused:
        return str(refused)


def nodes_of(outcomes: list[Description | str]) -> Iterator[DatasetNode]:
    for found in outcomes:
        if isinstance(found, Description):
            for source in (found.loader, found.validation):
                yield from source.nodes if isinstance(source, PipelineSpec) else ()


def test_some_are_taken_and_most_are_not(outcomes: list[Description | str]) -> None:
    descriptions = sum(isinstance(found, Description) for found in outcomes)
    assert len(outcomes) / 50 < descriptions < len(outcomes) / 2


def test_what_is_taken_is_made_of_what_was_made_before(outcomes: list[Description | str]) -> None:
    assert all(number < node.number for node in nodes_of(outcomes) for number in node.inputs)


def test_what_is_taken_holds_scalars_and_short_tuples(outcomes: list[Description | str]) -> None:
    for node in nodes_of(outcomes):
        for held in arguments(node):
            values = held if isinstance(held, tuple) else (held,)
            assert len(values) <= 2
            assert all(map(is_scalar, values))


def arguments(node: DatasetNode) -> Iterator[Any]:
    made = node.made
    steps = (*made.x, *made.y) if isinstance(made, MapSpec) else ()
    for each in steps or (made,):
        held = each.settings if isinstance(each, DirectorySpec) else vars_of(each)
        yield from held.values()


def vars_of(made: Any) -> dict[str, Any]:
    return dict(made.arguments) if isinstance(made, ObjectSpec) else {}


def is_scalar(value: Any) -> bool:
    return value is None or isinstance(value, int | float | str | Number)
