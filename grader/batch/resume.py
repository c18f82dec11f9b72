"""What was graded earlier and needs no second time."""

from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from pydantic import ValidationError

from grader import __version__, machine
from grader.batch import output
from grader.notebook.read import sha256_of
from grader.pipeline import Entry, Pipeline
from grader.records import Verdict
from grader.report.document import Report


def earlier(out: Path, entries: Sequence[Entry], pipeline: Pipeline) -> dict[str, Report]:
    """Return the reports in an output folder that grading again would only repeat, by id.

    Args:
        out: The output folder.
        entries: What is to be graded.
        pipeline: What it would be graded with.
    """
    found = ((entry, _read(out, entry.id)) for entry in entries)
    return {
        entry.id: report
        for entry, report in found
        if report is not None and _is_of(report, entry) and _stands(report, pipeline)
    }


def _read(out: Path, submission_id: str) -> Report | None:
    path = output.submission_folder(out, submission_id) / output.REPORT
    try:
        return Report.model_validate_json(output.read(path) or b"")
    except ValidationError:
        return None


def _is_of(report: Report, entry: Entry) -> bool:
    submission = report.submission
    same = (submission.id, submission.path) == (entry.id, entry.shown_path)
    return (
        same
        and submission.sha256 is not None
        and submission.sha256 == sha256_of(entry.path, entry.root)
    )


def _stands(report: Report, pipeline: Pipeline) -> bool:
    """Whether nothing that a grade depends on has changed; what has no grade yet is tried again."""
    made = report.provenance
    versions = (made.kit, made.python, made.tensorflow, made.keras)
    now = (__version__, machine.python(), *map(_installed, ("tensorflow", "keras")))
    return (
        (report.verdict is not Verdict.NEEDS_REVIEW or not report.score.pending)
        and all(old in (None, new) for old, new in zip(versions, now, strict=True))
        and pipeline.grades(report.assignment, made)
    )


def _installed(package: str) -> str:
    return metadata.version(package)
