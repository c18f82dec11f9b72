"""Whether data is divided rightly into what is trained on and what is validated with."""

from collections.abc import Iterator, Sequence

from grader.checks.declaration import Absent, Expectation, expect
from grader.checks.trusted import Training
from grader.evidence import Division

_HALF = 0.5
_APART = "no image both trained on and validated with"


def apart(training: Training) -> Expectation:
    """No image is both trained on and validated with, in whichever passes.

    Args:
        training: The graded one.

    Raises:
        Absent: The grader did not train on two datasets whose calls are known.
    """
    found = _of(training)
    if found.shared:
        said = f"{found.shared} of {sum(found.validation)} images of validation trained on as well"
        return expect(met=False, expected=_APART, actual=said)
    said = f"{found.shared_later} images that change between the two from pass to pass"
    return expect(not found.shared_later, _APART, said if found.shared_later else _APART)


def of_all_classes(training: Training) -> Expectation:
    """Both parts have images of each class.

    Args:
        training: The graded one.

    Raises:
        Absent: As ``apart`` does.
    """
    found = _of(training)
    lacking = [*_lacking("training", found.training), *_lacking("validation", found.validation)]
    said = " and ".join(lacking) if lacking else "images of each class in both"
    return expect(not lacking, "images of each class in both", said)


def leaves_nothing_out(training: Training, most: int = 0) -> Expectation:
    """Each image is trained on or validated with.

    Args:
        training: The graded one.
        most: So many may be neither, such as those that are kept for a test.

    Raises:
        Absent: As ``apart`` does.
    """
    found = _of(training)
    expected = f"at most {most} images left out" if most else "no image left out"
    left = found.left_out or 0
    return expect(left <= most, expected, f"{left} of {found.there} images left out")


def divides(training: Training, share: float, tolerance: float = 0.05) -> Expectation:
    """So large a share of the folder's images is trained on.

    Args:
        training: The graded one.
        share: From 0 to 1.
        tolerance: How far from that it may be, from 0 to 1; half an image more, as none is divided.

    Raises:
        Absent: As ``apart`` does.
    """
    found = _of(training)
    trained = sum(found.training)
    expected = f"{round(share * found.there)} of {found.there} images trained on, or about as many"
    near = abs(trained - share * found.there) <= tolerance * found.there + _HALF
    return expect(near, expected, f"{trained} trained on, {sum(found.validation)} validated with")


def _of(training: Training) -> Division:
    if training.division is None:
        part = training.part
        raise Absent(
            part,
            f"{part} did not train and validate with two datasets that the grader can make again.",
            "Does fit get two datasets that begin with image_dataset_from_directory?",
        )
    return training.division


def _lacking(name: str, counts: Sequence[int]) -> Iterator[str]:
    known = sum(bool(count) for count in counts)
    if known < len(counts):
        yield f"images of {known} of {len(counts)} classes in {name}"
