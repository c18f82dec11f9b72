"""Five ways to divide pictures rightly in "Happy or Sad in the Wild"."""

from .submission import QUICKER, SPLIT, Variant

HEAD = """\
# GRADED FUNCTION: split_pictures
def split_pictures(folder=PICTURES):
    load = keras.utils.image_dataset_from_directory
    size = (IMAGE_SIZE, IMAGE_SIZE)
"""


def split(*lines: str) -> dict[str, str]:
    """Write the cell that divides pictures, out of what stands behind its first lines."""
    body = "".join(f"    {line}\n" for line in lines)
    return {SPLIT: f"{HEAD}{body}    return train_data, val_data, test_data\n"}


# Five ways in which the order is decided once.
SCALE = "scale = lambda x, y: (x / 255, y)"
ONE_CALL = split(
    'train, rest = load(folder, image_size=size, validation_split=0.3, subset="both", seed=7,',
    "                   batch_size=None)",
    "train, rest = train.map(lambda x, y: (x / 255, y)), rest.map(lambda x, y: (x / 255, y))",
    "kept = round(len(rest) * 2 / 3)",
    "train_data, val_data = train.batch(BATCH_SIZE), rest.take(kept).batch(BATCH_SIZE)",
    "test_data = rest.skip(kept).batch(BATCH_SIZE)",
)
FILLED = split(
    "data = load(folder, image_size=size, batch_size=None, seed=3)",
    "data = data.map(lambda x, y: (x / 255, y)).cache()",
    "for _ in data:",
    "    pass",
    "first, second = round(0.7 * len(data)), round(0.9 * len(data))",
    "train_data, val_data = data.take(first), data.take(second).skip(first)",
    "test_data = data.skip(second).batch(BATCH_SIZE)",
    "train_data, val_data = train_data.batch(BATCH_SIZE), val_data.batch(BATCH_SIZE)",
)
UNBATCHED = split(
    "data = load(folder, image_size=size, batch_size=50, shuffle=False).unbatch()",
    "count = sum(1 for _ in data)",
    "data = data.shuffle(count, seed=11, reshuffle_each_iteration=False)",
    "data = data.map(lambda x, y: (x * (1.0 / 255), y), num_parallel_calls=4)",
    "first, second = int(0.7 * count), int(0.2 * count)",
    "train_data, val_data, test_data = (",
    "    part.batch(BATCH_SIZE).prefetch(2)",
    "    for part in (data.take(first), data.skip(first).take(second), data.skip(first + second))",
    ")",
)
IN_BATCHES = split(
    "data = load(folder, image_size=size, batch_size=None, shuffle=False)",
    "data = data.map(lambda x, y: (x / 255.0, y)).cache()",
    "data = data.shuffle(len(data), seed=5, reshuffle_each_iteration=False).batch(BATCH_SIZE)",
    "count = len(data)",
    "first, second = round(0.7 * count), round(0.2 * count)",
    "train_data = data.take(first).shuffle(first)",
    "val_data = data.skip(first).take(second)",
    "test_data = data.skip(first + second)",
)
TEST_FIRST = split(
    "data = load(folder, image_size=size, batch_size=None, shuffle=False)",
    "count = len(data)",
    "data = data.cache().shuffle(count, seed=2, reshuffle_each_iteration=False)",
    "held, checked = round(0.1 * count), round(0.3 * count)",
    "scaled = lambda part: part.map(lambda x, y: (x / 255, y)).batch(BATCH_SIZE)",
    "test_data = scaled(data.take(held))",
    "val_data = scaled(data.take(checked).skip(held))",
    "train_data = scaled(data.skip(checked))",
)
OF_SPLITS = (
    Variant("right-one-call", "both subsets of one call; the second one is divided again",
            QUICKER, cells=ONE_CALL),
    Variant("right-filled-cache", "a cache that was filled before it is divided",
            QUICKER, cells=FILLED),
    Variant("right-unbatched", "batches are taken apart, mixed once, and made again",
            QUICKER, cells=UNBATCHED),
    Variant("right-in-batches", "whole batches are divided, in an order that stays",
            QUICKER, cells=IN_BATCHES),
    Variant("right-test-first", "the test is taken first", QUICKER, cells=TEST_FIRST),
)  # fmt: skip
