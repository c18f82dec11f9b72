"""What has changed since a submission was graded, and so whether it is judged or graded again."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from importlib import metadata

from grader import __version__, machine
from grader.assignments.assignment import Assignment
from grader.pipeline import Pipeline
from grader.report.document import Report
from grader.report.origin import ProfileRow, ProvenanceRow


class Change(StrEnum):
    """What has changed; the value says so."""

    SUBMISSION = "the submission has changed"
    VERSIONS = "another version of the kit, of Python or of TensorFlow has graded before"
    ASSIGNMENT = "another assignment, or another version of it, has graded before"
    PROFILE = "another grading profile has graded before, or none"
    TRAINING = "trainings are made in another way now"
    IMAGES = "the images have changed"
    UNKNOWN = "it is not known by which rubric it was graded"
    OBSERVATION = "what is run and observed has changed"
    EVIDENCE = "what was observed is not kept, damaged, of another installation, or gives no grade"
    RUBRIC = "the rubric has changed"
    WORDING = "titles or hints have changed"


# What these touch needs no kernel.
JUDGED_AGAIN = frozenset({Change.RUBRIC, Change.WORDING})


@dataclass(frozen=True, slots=True)
class Again:
    """A report that is to be made again by the evidence beside it, and why."""

    report: Report
    change: Change


def change(report: Report, pipeline: Pipeline) -> Change | None:
    """Return the first change that a grade depends on; None where there is none.

    Args:
        report: Of the submission, as it was graded before.
        pipeline: What it would be graded with now.
    """
    assignment = pipeline.assignment_of(report.assignment)
    if assignment is None:
        return Change.ASSIGNMENT
    made = report.provenance
    if not _same_versions(made):
        return Change.VERSIONS
    if _named(made.profile) != _named(pipeline.provenance.profile(assignment)):
        return Change.PROFILE
    if made.training != pipeline.provenance.trained_by:
        return Change.TRAINING
    # What was rejected was never run on any images.
    images = made.dataset_sha256
    if images is not None and images != pipeline.images.of(assignment).sha256:
        return Change.IMAGES
    return _of_digests(made, assignment, pipeline)


def _named(profile: ProfileRow | None) -> tuple[str, bool] | None:
    return (profile.name, profile.full) if profile else None


def _same_versions(made: ProvenanceRow) -> bool:
    versions = (made.kit, made.python, made.tensorflow, made.keras)
    now = (__version__, machine.python(), *map(metadata.version, ("tensorflow", "keras")))
    return all(old in (None, new) for old, new in zip(versions, now, strict=True))


def _of_digests(made: ProvenanceRow, assignment: Assignment, pipeline: Pipeline) -> Change | None:
    old, new = made.digests, pipeline.provenance.digests_row(assignment)
    if old is None or new is None:
        return Change.UNKNOWN
    if old.observation != new.observation:
        return Change.OBSERVATION
    if old.rubric != new.rubric:
        return Change.RUBRIC
    return Change.WORDING if old.wording != new.wording else None


def told(changes: Iterable[Change], one: str, several: str) -> list[str]:
    """Say of how many submissions what has changed, in a line for each change.

    Args:
        changes: One for each submission.
        one: What comes of one, such as "is graded again".
        several: What comes of several.
    """
    counts = Counter(changes).items()
    return [f"{count} {one if count == 1 else several}: {each}." for each, count in counts]
