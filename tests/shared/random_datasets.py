"""Descriptions of small trainings on ``tf.data`` datasets that are taken, drawn at random."""

import random
from collections.abc import Iterator
from typing import Any

from coloured import COLOURS, IMAGES
from descriptions import part, sent
from random_descriptions import MILD, WILD, OnFiles, taken

from grader.training.description import Description
from grader.training.pipelines import accept_pipeline
from grader.training.refusals import Refused
from grader.training.streams import stream_of
from grader.training.tables.pipelines import METHODS, STEPS

MODES = {"binary": "binary", "sparse": "int", "categorical": "categorical"}
FLOAT, SCALED = part("Cast", dtype="float32"), part("Divide", by=255.0)
PARTS: tuple[dict[str, Any], ...] = (
    {}, {}, {"validation_split": 0.25, "subset": "training", "seed": 7},
    {"validation_split": 0.5, "subset": "training", "seed": 3, "both": True},
)  # fmt: skip
NUMBERS = {"count": [-1, 0, 1, 2, 5], "buffer_size": [1, 4, 50], "batch_size": [1, 4, 9]}
MOST_CALLS = 5
Json = dict[str, Any]


def drawn_on_datasets(chance: random.Random, files: str) -> Iterator[Description]:
    """Yield descriptions of trainings on datasets for ever; most of them make sense.

    Args:
        chance: Draws.
        files: Digest of the images.
    """
    while True:
        values = WILD if chance.random() < 0.2 else MILD
        described = taken(OnDatasets(chance, values, files).description())
        if described:
            yield described


class OnDatasets(OnFiles):
    """Draws a training on a dataset."""

    def data(self, labels: str) -> tuple[Json, list[int]]:
        """Draw a dataset of a folder, and one that is validated with now and then."""
        while True:
            found = self._datasets(labels)
            try:
                one, *_ = [stream_of(accept_pipeline(sent(each))) for each in found if each]
            except Refused:
                continue
            return {"loader": found[0], "validation": found[1]}, [*one.sample]

    def _datasets(self, labels: str) -> tuple[Json, Json | None]:
        """Draw what is trained on; what is validated with may be the other part of the same."""
        times = range(self._chance.randint(0, MOST_CALLS))
        calls = [call for _ in times for call in self._calls()]
        common = [_node(0, self._folder(labels))]
        for number, made in enumerate(calls, 1):
            twice = made.get("part") == "concatenate"
            common.append(_node(number, made, *[number - 1] * (1 + twice)))
        whole = {"nodes": common}
        if self._chance.random() < 0.5:
            return whole, self._chance.choice([None, whole])
        last, count = len(calls), self._chance.choice([1, 2])
        parts = [
            {"nodes": [*common, _node(last + place, part(name, count=count), last)]}
            for place, name in enumerate(("take", "skip"), 1)
        ]
        return parts[0], parts[1]

    def _folder(self, labels: str) -> Json:
        choice = self._chance.choice
        settings = {
            "label_mode": MODES[labels], "color_mode": choice(["rgb", "grayscale"]),
            "image_size": choice([[8, 8], [16, 12], [24, 24]]), "batch_size": choice([3, 7, 32]),
            "shuffle": self._chance.random() < 0.8,
            "interpolation": choice(["bilinear", "nearest", "area", "lanczos5"]),
        }  # fmt: skip
        images = IMAGES * len(COLOURS)
        told = {"classes": list(COLOURS), "files": self._files, "images": images}
        return {"settings": settings | choice(PARTS), **told}

    def _calls(self) -> list[Json]:
        """Draw a call, or those that belong together."""
        if self._chance.random() < 0.4:
            return [{"x": self._steps(), "y": self._chance.choice([[], [FLOAT]])}]
        if self._chance.random() < 0.2:
            mixed = part("shuffle", buffer_size=self._chance.choice([3, 50]), seed=5)
            batched = part("batch", batch_size=self._chance.choice([1, 4, 9]))
            return [part("unbatch"), mixed, batched]
        name = self._chance.choice(sorted(METHODS))
        arguments = self._arguments(METHODS[name], 0.5)
        drawn = {each: self._chance.choice(of) for each, of in NUMBERS.items() if each in arguments}
        return [{"part": name, "arguments": arguments | drawn}]

    def _steps(self) -> list[Json]:
        layers = {name: of for name, of in STEPS["x"].items() if name != "Cast"}
        drawn = [self._part(layers) for _ in range(self._chance.randint(0, 2))]
        return [FLOAT, *self._chance.choice([[], [SCALED]]), *drawn]


def _node(number: int, made: Json, *inputs: int) -> Json:
    return {"number": number, "made": made, "inputs": list(inputs)}
