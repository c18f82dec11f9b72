"""Trainings over many seeds, in processes of one thread; results are kept as they come."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from tests.prove.results import Kept

ONE_THREAD = dict.fromkeys(
    ("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS", "OMP_NUM_THREADS"), "1"
) | {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "1", "CUDA_VISIBLE_DEVICES": "-1"}


def train_missing(
    command: Sequence[str], kept: Kept, keys: Mapping[int, str], jobs: int = 1
) -> None:
    """Have a module train with each seed whose result is not kept yet, and keep it.

    Args:
        command: Name of the module and its arguments. It is given the seeds as well, trains with
            one after the other, and prints a line of JSON for each.
        kept: Where results are, and go to.
        keys: By which the result of each seed is kept.
        jobs: How many processes at a time.

    Raises:
        subprocess.CalledProcessError: A process failed; what it says is on standard error.
    """
    missing = [seed for seed, key in keys.items() if key not in kept.known]

    def train(seeds: Sequence[int]) -> None:
        whole = [sys.executable, "-m", *command, *map(str, seeds)]
        with subprocess.Popen(
            whole, env=os.environ | ONE_THREAD, stdout=subprocess.PIPE, text=True
        ) as process:
            for seed, line in zip(seeds, process.stdout or (), strict=False):
                kept.add({keys[seed]: json.loads(line)})
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, whole)

    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(train, [some for job in range(jobs) if (some := missing[job::jobs])]))
