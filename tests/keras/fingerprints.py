"""Prints all that a notebook could tell of Keras: as it is, or while it is watched."""
# ruff: noqa: T201

import functools
import gc
import json
import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FunctionType
from typing import Any

import keras
import public
import tensorflow as tf
import uses

THREADS = 1


def plainly(_: Path) -> None:
    tf.config.threading.set_intra_op_parallelism_threads(THREADS)
    tf.config.threading.set_inter_op_parallelism_threads(THREADS)


def watched(folder: Path, connection: Any = None) -> None:
    from grader.probe.channel import Channel
    from grader.probe.session import Session

    Session(Channel(folder / "evidence.jsonl")).begin(THREADS, connection)


def connected(folder: Path) -> None:
    import graders

    connection, _ = graders.playing([])
    watched(folder, connection)


def replaced(_: Path) -> None:
    """Do what watching must not do."""
    original = keras.Model.compile

    @functools.wraps(original)
    def compile_(*args: Any, **kwargs: Any) -> None:
        original(*args, **kwargs)

    keras.Model.compile = compile_


WAYS: dict[str, Callable[[Path], None]] = {
    "plainly": plainly, "watched": watched, "connected": connected, "replaced": replaced,
}  # fmt: skip


def told(way: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        WAYS[way](Path(folder))
        found = {"walk": public.walk(), "hooked": hooked()}
        return found | {"uses": {} if way == "replaced" else uses.use(Path(folder))}


def hooked() -> list[str]:
    """Return the names of functions whose code holds what is no constant of Python's."""
    codes = [each.__code__ for each in gc.get_objects() if isinstance(each, FunctionType)]
    return sorted(
        {
            code.co_qualname
            for code in codes
            for constant in code.co_consts
            if type(constant).__module__ != "builtins"
        }
    )


def _answer(answer: Any, way: str) -> None:
    try:
        json.dump(told(way), answer)
    except Exception:  # noqa: BLE001 - whatever it is, this process ends
        traceback.print_exc()
        os._exit(1)


def forked(way: str) -> dict[str, Any]:
    """Tell of it in a process of its own; TensorFlow has done nothing in this one."""
    reading, writing = os.pipe()
    if os.fork() == 0:
        os.close(reading)
        with os.fdopen(writing, "w") as answer:
            _answer(answer, way)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        found: dict[str, Any] = json.load(answer)
    os.wait()
    return found


if __name__ == "__main__":
    shown = {way: forked(way) for way in sys.argv[1:]}
    print()
    print(json.dumps(shown))
