"""``memory_peaks.py NAME...``: how much memory is counted for trainings, and taken; as JSON.

A name is that of a layer, or of an activation, or of a way in which arrays or datasets are made.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

import memory_of_arrays
import memory_of_datasets
import memory_of_layers
from memory import resident

from grader.training import trainer

OF_DATA = (memory_of_arrays, memory_of_datasets)


def counted_and_taken(name: str) -> tuple[int, int]:
    """Return the memory that is counted for a training, and what it takes."""
    with tempfile.TemporaryDirectory() as folder:
        made = next((each for each in OF_DATA if name in each.WAYS), None)
        counted, train = (
            made.counted(name, Path(folder)) if made else memory_of_layers.counted(name)
        )
        Path("/proc/self/clear_refs").write_text("5")  # the highest so far is forgotten
        before = resident("VmRSS")
        train()
        return counted, resident("VmHWM") - before


def forked(name: str) -> tuple[int, int]:
    """Do so in a process of its own: memory that was freed is used again."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        trainer.prepare(1)
        os.write(writing, json.dumps(counted_and_taken(name)).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        counted, taken = json.loads(told.read())
    os.waitpid(child, 0)
    return counted, taken


if __name__ == "__main__":
    sys.stdout.write(json.dumps({name: forked(name) for name in sys.argv[1:]}))
