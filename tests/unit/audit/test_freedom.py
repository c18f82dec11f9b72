"""What students are free to choose is what right specimens show, and no more."""

from collections.abc import Mapping
from typing import Any

import pytest

from grader.audit.freedom import Freedom


def layer(kind: str, **settings: object) -> dict[str, object]:
    return {"type": kind, "settings": settings, "output_shape": [None, 9], "parameters": 9}


def part(value: str, **more: object) -> dict[str, object]:
    """Return what is observed of a value, or of a file beside its ``more``."""
    return {"kind": "value", "name": "answer", "value": value, **more}


def file(weights: str, outcome: str = "value") -> dict[str, object]:
    reloaded = {"outcome": outcome, "value": weights, "error": None}
    return {"kind": "file", "name": "file", "arrays": [weights], "reloaded": reloaded}


def tree(*layers: Mapping[str, object], **more: Any) -> dict[str, Any]:
    """Return what is observed of a network, some of it otherwise than in others."""
    fit = {"epochs": more.get("epochs", 20), "curves": more.get("curves"), "callbacks": [
        {"names": ["Stop"]} for _ in range(more.get("callbacks", 1))
    ]}  # fmt: skip
    optimizer = more.get("optimizer", "Adam")
    model = {"layers": [*layers, layer("Dense", units=1)], "compilation": {"optimizer": optimizer}}
    return {
        "models": {"model-0": model},
        "fits": {0: fit},
        "parts": more.get("parts", [part("6")]),
        "seed": more.get("seed", 1),
    }


def trained_before(
    now: Mapping[str, object], then: Mapping[str, object], optimizer: str, *, most: float = 1.0
) -> dict[str, Any]:
    """Return what is observed of a network that had been trained otherwise, or as it is now."""
    [model] = tree(then, POOL, optimizer=optimizer)["models"].values()
    found = tree(now, POOL)
    found["fits"][0]["trained"] = {"model": model, "at_convolution": [0.0, most]}
    return found


CONV, POOL = layer("Conv2D", filters=16), layer("MaxPooling2D")
SHOWN = (
    tree(CONV, POOL, CONV, POOL),
    tree(layer("Conv2D", filters=64), POOL, optimizer="Nadam"),
    tree(CONV, POOL, epochs=18),
    trained_before(layer("Conv2D", filters=16), layer("Conv2D", filters=16), "Adam"),
)
FREE = {
    "a number between two that were shown": tree(layer("Conv2D", filters=32), POOL),
    "as many layers of a kind": tree(CONV, CONV, POOL),
    "a name that was shown": tree(CONV, POOL, optimizer="Nadam"),
    "two that were shown apart": tree(CONV, POOL, optimizer="Nadam", epochs=19),
    "another course of the training": tree(CONV, POOL, curves={"loss": [1.0]}),
    "another seed": tree(CONV, POOL, seed=3),
}
BEYOND = {
    "a number beyond them": (tree(layer("Conv2D", filters=8), POOL),
                             ["models.layers.Conv2D.filters"]),
    "a name that was not": (tree(CONV, POOL, optimizer="SGD"), ["models.compilation.optimizer"]),
    "more epochs": (tree(CONV, POOL, epochs=21), ["fits.epochs"]),
    "a layer that none has": (tree(CONV, POOL, layer("Dropout", rate=0.5)),
                              ["models.layers.Dropout#", "models.layers.Dropout.rate"]),
    "no layer of a kind that all have": (tree(POOL), ["models.layers.Conv2D#",
                                                       "models.layers.Conv2D.filters"]),
    "a callback less": (tree(CONV, POOL, callbacks=0),
                        ["fits.callbacks", "fits.callbacks#", "fits.callbacks.names"]),
    "another value": (tree(CONV, POOL, parts=[part("5")]), ["parts.answer"]),
    "a number that none has": (tree(CONV, POOL, parts=[part("0.5")]),
                               ["parts.answer", "parts.answer.value"]),
    "an earlier training with another": (
        trained_before(CONV, layer("Conv2D", filters=8), "Adam"), ["models.layers.Conv2D.filters"]),
    "one that was compiled otherwise": (
        trained_before(CONV, CONV, "SGD"), ["models.compilation.optimizer"]),
    "values of another range": (trained_before(CONV, CONV, "Adam", most=255.0),
                                ["fits.at_convolution"]),
    "an output that none has": (
        {**tree(CONV, POOL), "models": {"model-0": {
            **tree(CONV, POOL)["models"]["model-0"],
            "layers": [CONV, POOL, layer("Dense", units=2)]}}},
        ["models.layers.Dense.last.units"]),
}  # fmt: skip


@pytest.mark.parametrize("name", FREE)
def test_what_was_shown_is_free(name: str) -> None:
    assert Freedom.of(SHOWN).beyond(FREE[name]) == []


@pytest.mark.parametrize("name", BEYOND)
def test_what_was_not_shown_is_not(name: str) -> None:
    found, settings = BEYOND[name]
    assert Freedom.of(SHOWN).beyond(found) == settings


def test_of_the_solution_alone_nothing_is_free_but_what_it_does() -> None:
    alone = Freedom.of(SHOWN[:1])
    assert (alone.beyond(SHOWN[0]), alone.beyond(SHOWN[2])[0]) == ([], "fits.epochs")


def of_parts(*values: str) -> list[dict[str, Any]]:
    """Return what is observed of one network with each of several values."""
    return [tree(CONV, POOL, parts=[part(value)]) for value in values]


@pytest.mark.parametrize(
    ("shown", "value", "free"),
    [
        (("0.25", "0.3125", "0.375"), "0.9", True),
        (("0.25", "0.375"), "0.9", False),
        (("0.25", "0.375"), "0.3", True),
        (("0.25", "0.3125", "0.375"), "1.0", False),
        (("1.0", "2.0", "3.0"), "4.0", False),
        (("1", "2", "3"), "4", False),
        (("0.25", "0.3125", "0.375"), '["list", [0.25]]', False),
        (tuple(f'["list", [{n}, 0.5]]' for n in (0.1, 0.2, 0.3)), '["list", [0.9, 0.5]]', True),
        (tuple(f'["list", [{n}, 0.5]]' for n in (0.1, 0.2, 0.3)), '["list", [0.2, 0.9]]', False),
        (tuple(f'["list", [{n}]]' for n in (0.1, 0.2, 0.3)), '["list", [0.1, 0.2]]', False),
        (tuple(f'["list", [{n}]]' for n in (0.1, 0.2, 0.3)), '["tuple", [0.1]]', False),
        (("0.25", "0.3125", "2"), "0.9", False),
        (("true", "false"), "0.5", False),
    ],
    ids=[
        "follows from the training",
        "two alone are the least and the greatest",
        "between them",
        "a whole number",
        "whole numbers",
        "answers",
        "a list",
        "a list of numbers that follow",
        "a number of a list that does not",
        "a longer list",
        "a tuple",
        "a whole number among them",
        "no numbers",
    ],
)
def test_a_number_that_differs_in_each_of_several_is_none_that_is_chosen(
    shown: tuple[str, ...], value: str, *, free: bool
) -> None:
    found = Freedom.of(of_parts(*shown)).beyond(of_parts(value)[0])
    assert (not found) is free


def test_weights_that_were_saved_follow_from_the_training() -> None:
    shown = Freedom.of([tree(CONV, parts=[file("one")])])
    assert shown.beyond(tree(CONV, parts=[file("other")])) == []
    assert shown.beyond(tree(CONV, parts=[file("one", "raised")])) == ["parts.file"]
