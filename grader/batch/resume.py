"""What was graded earlier and needs no second time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

from pydantic import ValidationError

from grader import __version__, machine
from grader.batch import output
from grader.batch.signatures import Signatures
from grader.notebook.read import sha256_of
from grader.pipeline import Entry, Pipeline
from grader.records import Verdict
from grader.report.document import Report
from grader.report.reading import read


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was graded earlier.

    Args:
        reports: Those that grading again would only repeat, by id.
        remarks: Why others are graded again, for whoever grades.
    """

    reports: Mapping[str, Report] = field(default_factory=dict)
    remarks: Sequence[str] = ()


def earlier(
    out: Path, entries: Sequence[Entry], pipeline: Pipeline, signatures: Signatures
) -> Earlier:
    """Find what was graded earlier.

    Args:
        out: The output folder.
        entries: What is to be graded.
        pipeline: What it would be graded with.
        signatures: Those that reports must bear.
    """
    found = {entry.id: _found(out, entry, pipeline, signatures) for entry in entries}
    known = {name: (report, own) for name, (report, own) in found.items() if report}
    above = handed_in_with(out, entries)
    if known and above is not None:
        told = f"Results in {out} are graded again: it lies in {above}, so they may be handed in."
        return Earlier(remarks=(told,))
    foreign = sum(not own for _, own in known.values())
    remarks = [signatures.remark] if signatures.remark else []
    if foreign and not remarks:
        results = "1 result was" if foreign == 1 else f"{foreign} results were"
        remarks = [f"{results} not written by this installation; graded again."]
    return Earlier({name: report for name, (report, own) in known.items() if own}, remarks)


def _found(
    out: Path, entry: Entry, pipeline: Pipeline, signatures: Signatures
) -> tuple[Report | None, bool]:
    """Return a report that grading again might repeat, and whether it is signed."""
    content, own = output.signed_report(output.submission_folder(out, entry.id), signatures)
    try:
        report = read(content or b"")
    except ValidationError:
        return None, False
    return (report, own) if _is_of(report, entry) and _stands(report, pipeline) else (None, False)


def handed_in_with(out: Path, entries: Sequence[Entry]) -> Path | None:
    """Return the folder of submissions that holds results, or lies among them, if any does."""
    results = output.submission_folder(out, "").resolve()
    for root in dict.fromkeys(entry.root for entry in entries if entry.root):
        folder = root.resolve()
        if results.is_relative_to(folder) or folder.is_relative_to(results):
            return root
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
        and report.assignment is not None
        and pipeline.grades(report.assignment, made)
    )


def _installed(package: str) -> str:
    return metadata.version(package)
