"""What TensorBoard has written is read, and compared with what the training came to."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.kinds.file.event_files import scalars
from grader.kinds.file.evidence import FileEvidence
from grader.kinds.file.part import File
from grader.kinds.file.view import FileView
from grader.values.encode import encode

PART = File("make_callbacks", path="logs/train/events.*")
# Of TensorFlow 2.21: epoch_accuracy of 0.5, 1.5 and 2.5, and epoch_loss of 0.25, 0.5 and 0.75.
WRITTEN = base64.b64decode(
    "PgAAAAAAAADZ0kDnCQAAwP7BwtpBGg1icmFpbi5FdmVudDoyUiQKInRlbnNvcmZsb3cuY29yZS51dGlsLmV2ZW50"
    "c193cml0ZXIsh9QdNgAAAAAAAABPV4zvCeW51/7BwtpBKisKKQoOZXBvY2hfYWNjdXJhY3lCCggBEgAiBAAAAD9K"
    "CwoJCgdzY2FsYXJzvaug/DIAAAAAAAAAJBlW7Allw9f+wcLaQSonCiUKCmVwb2NoX2xvc3NCCggBEgAiBAAAgD5K"
    "CwoJCgdzY2FsYXJz1t3uXDgAAAAAAAAAo3l9Vwlxytf+wcLaQRABKisKKQoOZXBvY2hfYWNjdXJhY3lCCggBEgAi"
    "BAAAwD9KCwoJCgdzY2FsYXJzUUAVXDQAAAAAAAAAXjMXXAkQz9f+wcLaQRABKicKJQoKZXBvY2hfbG9zc0IKCAES"
    "ACIEAAAAP0oLCgkKB3NjYWxhcnO4BPCJOAAAAAAAAACjeX1XCbvT1/7BwtpBEAIqKwopCg5lcG9jaF9hY2N1cmFj"
    "eUIKCAESACIEAAAgQEoLCgkKB3NjYWxhcnNQwmdNNAAAAAAAAABeMxdcCfnc2P7BwtpBEAIqJwolCgplcG9jaF9s"
    "b3NzQgoIARIAIgQAAEA/SgsKCQoHc2NhbGFycxpo58I="
)
LOSSES = (0.25, 0.5, 0.75)


def view(content: bytes) -> FileView:
    record = FileEvidence(kind="file", name="make_callbacks", content=encode(content, 10_000))
    return FileView(PART, record)


@pytest.mark.parametrize(("tag", "first"), [("epoch_loss", 0.25), ("epoch_accuracy", 0.5)])
def test_a_number_is_read_by_its_step(tag: str, first: float) -> None:
    found = scalars(WRITTEN, tag)
    assert list(found) == [0, 1, 2]
    assert found[0] == [first]


def test_of_another_number_there_is_none() -> None:
    assert scalars(WRITTEN, "loss") == {}


@given(st.integers(0, len(WRITTEN)))
def test_of_a_file_that_was_cut_off_the_beginning_is_read(length: int) -> None:
    found = scalars(WRITTEN[:length], "epoch_loss")
    assert [each for values in found.values() for each in values] == [*LOSSES[: len(found)]]


@given(st.integers(0, len(WRITTEN) - 1), st.integers(0, 255))
def test_a_file_that_was_changed_is_read_as_far_as_it_can_be(place: int, byte: int) -> None:
    changed = bytearray(WRITTEN)
    changed[place] = byte
    assert sum(map(len, scalars(bytes(changed), "epoch_loss").values())) <= len(LOSSES)


@given(st.binary(max_size=200))
def test_what_is_no_such_file_has_nothing(content: bytes) -> None:
    assert scalars(content, "epoch_loss") == {}


def test_a_log_of_that_training_is_known() -> None:
    assert view(WRITTEN).logs(LOSSES, "epoch_loss").met


def test_what_nobody_knows_of_an_epoch_may_be_anything() -> None:
    assert view(WRITTEN).logs((0.25, None, 0.75), "epoch_loss").met


@pytest.mark.parametrize(
    ("content", "curve", "actual"),
    [
        (b"epoch_loss", LOSSES, "no epoch_loss in logs/train/events.*"),
        (b"", LOSSES, "logs/train/events.*: it is empty"),
        (WRITTEN, (*LOSSES, 1.0), "none of epoch 4"),
        (WRITTEN, (0.25, 0.4, 0.75), "0.5 for epoch 2, not 0.4"),
    ],
)
def test_a_log_of_something_else_is_told(
    content: bytes, curve: tuple[float, ...], actual: str
) -> None:
    found = view(content).logs(curve, "epoch_loss")
    assert (found.met, found.actual) == (False, actual)
    assert found.expected == f"epoch_loss of {len(curve)} epochs, as it was in the training"
