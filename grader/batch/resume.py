"""What was graded earlier and needs no second time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from grader.batch import output
from grader.batch.changes import JUDGED_AGAIN, Again, Change, change, told
from grader.batch.signatures import Signatures
from grader.errors import UsageError
from grader.notebook.read import sha256_of
from grader.pipeline import Entry, Pipeline
from grader.report.document import Report
from grader.report.reading import read


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was graded earlier.

    Args:
        reports: Those that grading again would only repeat, by id.
        remarks: Why others are graded again, for whoever grades.
        again: Those that are to be judged again by the evidence that was kept, by id.
    """

    reports: Mapping[str, Report] = field(default_factory=dict)
    remarks: Sequence[str] = ()
    again: Mapping[str, Again] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Found:
    """A report of an earlier grading, what has changed since, and whether it is signed."""

    report: Report
    change: Change | None
    own: bool

    @property
    def counts(self) -> bool:
        """Whether it needs no kernel."""
        return self.change is None or self.again

    @property
    def again(self) -> bool:
        """Whether it is judged again; of what was rejected, nothing was observed."""
        return self.change in JUDGED_AGAIN and self.report.execution is not None


def earlier(
    out: Path, entries: Sequence[Entry], pipeline: Pipeline, signatures: Signatures
) -> Earlier:
    """Find what was graded earlier.

    Args:
        out: The output folder.
        entries: What is to be graded.
        pipeline: What it would be graded with.
        signatures: Those that reports must bear.

    Raises:
        UsageError: There are grades by an assignment that is not at hand.
    """
    looked_at = {entry.id: _found(out, entry, pipeline, signatures) for entry in entries}
    found = {name: each for name, each in looked_at.items() if each}
    _refuse_loss(out, list(found.values()), pipeline)
    above = handed_in_with(out, entries)
    if above is not None and any(each.counts for each in found.values()):
        why = f"Results in {out} are graded again: it lies in {above}, so they may be handed in."
        return Earlier(remarks=(why,))
    own = {name: each for name, each in found.items() if each.own}
    return Earlier(
        {name: each.report for name, each in own.items() if each.change is None},
        _remarks(list(found.values()), signatures),
        {n: Again(e.report, e.change) for n, e in own.items() if e.change and e.again},
    )


def _refuse_loss(out: Path, found: Sequence[_Found], pipeline: Pipeline) -> None:
    """Refuse to put rejections in the place of grades where a folder was forgotten."""
    graded = [each.report.assignment for each in found if each.own and each.report.execution]
    lacking = sorted({each.id for each in graded if each and each.id not in pipeline.ids})
    if lacking:
        raise UsageError(
            f"{out} has grades by {', '.join(lacking)}, and at hand is {', '.join(pipeline.ids)}. "
            "Name its folder with --assignments, or another folder with --out; --fresh grades all "
            "anew."
        )


def _remarks(found: Sequence[_Found], signatures: Signatures) -> list[str]:
    if signatures.remark:
        return [signatures.remark]
    foreign = sum(each.counts and not each.own for each in found)
    results = "1 result was" if foreign == 1 else f"{foreign} results were"
    unsigned = [f"{results} not written by this installation; graded again."] if foreign else []
    changes = [each.change for each in found if each.own and each.change and not each.again]
    return [*unsigned, *told(changes, "is graded again", "are graded again")]


def _found(out: Path, entry: Entry, pipeline: Pipeline, signatures: Signatures) -> _Found | None:
    """Return a report that grading again might repeat."""
    content, own = output.signed_report(output.submission_folder(out, entry.id), signatures)
    try:
        report = read(content or b"")
    except ValidationError:
        return None
    submission = report.submission
    # What nobody knew the assignment of is of one that is at hand now, maybe.
    if (submission.id, submission.path) != (entry.id, entry.shown_path) or not report.assignment:
        return None
    if submission.sha256 is None or submission.sha256 != sha256_of(entry.path, entry.root):
        return _Found(report, Change.SUBMISSION, own)
    changed = change(report, pipeline)
    # What has no grade yet is tried again in full, unless its rubric is another one.
    lacking = report.score.pending and changed is not Change.RUBRIC
    return None if lacking else _Found(report, changed, own)


def handed_in_with(out: Path, entries: Sequence[Entry]) -> Path | None:
    """Return the folder of submissions that holds results, or lies among them, if any does."""
    results = output.submission_folder(out, "").resolve()
    for root in dict.fromkeys(entry.root for entry in entries if entry.root):
        folder = root.resolve()
        if results.is_relative_to(folder) or folder.is_relative_to(results):
            return root
    return None
