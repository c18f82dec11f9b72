"""What luck and leaks do in "Happy or Sad in the Wild": accuracies over many seeds.

``python -m tests.prove.happy_sad_pipeline --seeds 20 --write docs/happy_sad_pipeline.md`` trains
the solution's network with each seed: on pictures that are divided once, and as the notebook that
this follows did, by ``take`` and ``skip`` of a dataset that is shuffled anew in each pass. Pictures
are those that are graded on, steps those of the grader's own trainer. Results are kept in
``build/happy_sad_pipeline.json`` as they come, so that an interrupted run goes on where it was;
``--known`` trains nothing and writes the tables of what is kept.
"""

import argparse
import json
import statistics
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from tests.prove.results import Kept, publish
from tests.prove.seeds import train_missing
from tests.prove.shares import TRIES, lines, with_one, with_several

CACHE = Path("build/happy_sad_pipeline.json")
MODULE = "tests.prove.happy_sad_pipeline"
EPOCHS, BATCH, SIDE, MARK, MORE = 20, 32, 256, 0.7, 0.05
RIGHT, PRINTED = "divided once", "by take and skip in each pass"
# Of Keras' own loader: it shuffles among so many batches.
_BUFFER = 8 * BATCH
_COARSE = 32
_PENALTIES = (0.1, 1.0, 10.0, 100.0, 1000.0)
Found: TypeAlias = Mapping[str, Any]


def pictures(part: str) -> tuple[Any, Any]:
    """Return the pictures of a part, as Keras' loader scales them, and labels; drawn once."""
    import numpy as np

    from grader.assignments.happy_sad_pipeline.images import DIGESTS

    kept = CACHE.parent / f"happy_sad_pipeline-{part}-{DIGESTS[part][:12]}.npz"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        pixels, labels = _drawn(part)
        with kept.with_suffix(".part").open("wb") as file:
            np.savez(file, pixels=pixels, labels=labels)
        kept.with_suffix(".part").replace(kept)
    with np.load(kept) as held:
        return held["pixels"] / np.float32(255), held["labels"]


def _drawn(part: str) -> tuple[Any, Any]:
    import numpy as np
    import tensorflow as tf

    from grader.assignments.happy_sad_pipeline.images import CLASSES, draw

    scaled, labels = [], []
    for name, pixels in draw(part):
        # As a loader of colours reads grey pictures, and those with an alpha channel.
        colours = np.atleast_3d(pixels)[..., :3]
        whole = np.broadcast_to(colours, (*colours.shape[:2], 3))
        scaled.append(tf.image.resize(whole, (SIDE, SIDE)).numpy())
        labels.append(CLASSES.index(name.partition("/")[0]))
    return np.stack(scaled), np.array(labels)


def network() -> Any:
    """Build the solution's network, compiled, with the quick steps of the grader's trainer."""
    import keras
    from keras import layers as of

    from grader.training.dense import quicken
    from grader.training.fused import fuse
    from grader.training.pooled import pool_first

    convolved = [
        layer
        for filters in (16, 32, 16)
        for layer in (of.Conv2D(filters, 3, activation="relu"), of.MaxPooling2D())
    ]
    dense = (of.Flatten(), of.Dense(256, activation="relu"), of.Dense(1, activation="sigmoid"))
    stack = keras.Sequential([keras.Input((SIDE, SIDE, 3)), *convolved, *dense])
    model = keras.Model(stack.inputs, stack.outputs)
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    fuse(model)
    quicken(model)
    pool_first(model)
    return model


def trained(way: str, seed: int) -> dict[str, float]:
    """Train with a seed; return the accuracies that came of it at the end."""
    import keras

    keras.utils.set_random_seed(seed)
    x, y = pictures("faces")
    model, divided = network(), _once if way == RIGHT else _anew
    train, validation, test = divided(x, y, seed)
    curves = model.fit(
        train, epochs=EPOCHS, validation_data=validation, validation_freq=[EPOCHS], verbose=0
    ).history
    unseen = _datasets(*pictures("test"), [range(150)])[0]
    return {
        "training": curves["accuracy"][-1],
        "validation": curves["val_accuracy"][-1],
        "test": model.evaluate(test, verbose=0)[1],
        "unseen": model.evaluate(unseen, verbose=0)[1],
    }


def _once(x: Any, y: Any, seed: int) -> Sequence[Any]:
    """Divide pictures 70, 20 and 10, the same in each epoch."""
    import numpy as np

    order = np.random.default_rng(seed).permutation(len(x))
    one, other = int(len(x) * 0.7), int(len(x) * 0.7) + int(len(x) * 0.2)
    parts = _datasets(x, y, (order[:one], order[one:other], order[other:]))
    return [parts[0].unbatch().shuffle(one).batch(BATCH), *parts[1:]]


def _anew(x: Any, y: Any, seed: int) -> Sequence[Any]:
    """Divide the batches 7, 2 and 1 of what is shuffled anew in each pass."""
    import numpy as np
    import tensorflow as tf

    order = np.random.default_rng(seed).permutation(len(x))
    images = tf.constant(x), tf.constant(y)
    shuffled = tf.data.Dataset.from_tensor_slices(order).shuffle(_BUFFER).batch(BATCH)
    whole = shuffled.map(lambda rows: tuple(tf.gather(each, rows) for each in images))
    return whole.take(7), whole.skip(7).take(2), whole.skip(9).take(1)


def _datasets(x: Any, y: Any, rows: Sequence[Any]) -> list[Any]:
    import tensorflow as tf

    pairs = [(x[[*each]], y[[*each]]) for each in rows]
    return [tf.data.Dataset.from_tensor_slices(each).batch(BATCH) for each in pairs]


def linear() -> dict[str, float]:
    """Return what linear models of mean colours and of few pixels come to on unseen pictures."""
    (x, y), (unseen, labels) = pictures("faces"), pictures("test")
    cells = SIDE // _COARSE
    ways: dict[str, Callable[[Any], Any]] = {
        "its mean colours": lambda a: a.mean((1, 2)),
        f"{_COARSE} x {_COARSE} pixels": lambda a: a.reshape(
            len(a), _COARSE, cells, _COARSE, cells, 3
        ).mean((2, 4)).reshape(len(a), -1),
    }  # fmt: skip
    return {
        name: max(_ridge(of(x), y, of(unseen), labels, each) for each in _PENALTIES)
        for name, of in ways.items()
    }


def _ridge(x: Any, y: Any, unseen: Any, labels: Any, penalty: float) -> float:
    """Fit a linear model by least squares with a penalty; return its accuracy."""
    import numpy as np

    mean, spread = x.mean(0), x.std(0) + 1e-6
    x, unseen = (x - mean) / spread, (unseen - mean) / spread
    targets = 2.0 * y - 1.0
    # In the space of the pictures, which are fewer than their pixels.
    inner = x @ x.T + penalty * np.eye(len(x))
    found = unseen @ (x.T @ np.linalg.solve(inner, targets - targets.mean())) + targets.mean()
    return float(np.mean((found > 0) == (labels == 1)))


def tables(found: Mapping[str, Mapping[int, Found]], simple: Mapping[str, float]) -> str:
    """Write what each way to divide came to, what linear models did, and each seed.

    Args:
        found: By the way and the seed, the accuracies.
        simple: Those of linear models, by what they are given.
    """
    heads = ("divided", "seeds", "accuracy in", "median", "range")
    spread = [
        (way, str(len(each)), name, *_spread([of[key] for of in each.values()]))
        for way, each in found.items()
        for name, key in _NAMED.items()
        if each
    ]
    luck_heads = ("seeds", "reached 70 %", "one seed misses", "three seeds miss")
    told = [(f"{name}", f"{value:.3f}") for name, value in simple.items()]
    return "\n".join((
        lines(luck_heads, [_luck([each["unseen"] for each in found[RIGHT].values()])]),
        lines(heads, spread),
        lines(("a linear model sees of each picture", "accuracy on the 150"), told),
        lines(_SEED_HEADS, [*_each(found)]),
    ))  # fmt: skip


_NAMED = {"training": "training", "validation": "validation", "the 150 unseen": "unseen"}
_SEED_HEADS = ("seed", "validation, divided once", "the 150 unseen", "validation, as printed",
               "difference")  # fmt: skip


def _spread(values: Sequence[float]) -> tuple[str, str]:
    return f"{statistics.median(values):.3f}", f"{min(values):.3f} to {max(values):.3f}"


def _luck(values: Sequence[float]) -> Sequence[str]:
    missed, seeds = sum(value < MARK for value in values), len(values)
    several = str(with_several(missed, seeds)) if seeds >= TRIES else "not known"
    return str(seeds), f"{seeds - missed} of {seeds}", str(with_one(missed, seeds)), several


def _each(found: Mapping[str, Mapping[int, Found]]) -> Sequence[Sequence[str]]:
    rows = []
    for seed, of in found[RIGHT].items():
        printed = found[PRINTED].get(seed)
        told = ("not trained", "")
        if printed is not None:
            more = printed["validation"] - of["validation"]
            told = f"{printed['validation']:.3f}", f"{more:.3f}"
        rows.append((str(seed), f"{of['validation']:.3f}", f"{of['unseen']:.3f}", *told))
    return rows


def main() -> None:
    """Train what is not known yet, and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--known", action="store_true")
    parser.add_argument("--write", type=Path)
    parser.add_argument("--one", nargs="+", metavar=("WAY", "SEED"))
    given = parser.parse_args()
    if given.one:
        way, *seeds = given.one
        for seed in seeds:
            print(json.dumps(trained(way, int(seed))), flush=True)
        return
    kept = Kept(CACHE)
    keys = {way: {seed: f"{way} {seed}" for seed in range(given.seeds)} for way in (RIGHT, PRINTED)}
    for way in () if given.known else keys:
        train_missing((MODULE, "--one", way), kept, keys[way], given.jobs)
    found = {
        way: {seed: kept.known[key] for seed, key in each.items() if key in kept.known}
        for way, each in keys.items()
    }
    publish(tables(found, linear()), given.write)


if __name__ == "__main__":
    main()
