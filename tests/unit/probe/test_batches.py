"""What callbacks are told of an epoch's batches fits into one message."""

import json

from grader.probe.fitting.connection import MAX_JSON
from grader.probe.fitting.fit import MOST_BATCHES
from grader.training.snapshots import MOST_CALLS, HookCall, Snapshot, to_message
from grader.wire import coding

LOGS = dict.fromkeys(("loss", "accuracy", "top_k_categorical_accuracy"), 0.12345678901234568)


def test_each_batch_can_begin_and_end_and_so_can_a_validation() -> None:
    assert 2 * MOST_BATCHES + 2 <= MOST_CALLS


def test_all_that_is_told_of_them_is_short_enough() -> None:
    calls = [
        HookCall(f"on_test_batch_{edge}", batch, logs)
        for batch in range(MOST_BATCHES)
        for edge, logs in (("begin", {}), ("end", LOGS))
    ]
    told = coding.encode(to_message(Snapshot(tuple(calls), ())))
    assert len(json.dumps(told)) < MAX_JSON
