"""Grades the submissions of a class on this machine, several at a time."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

from grader.batch import output
from grader.batch.changes import Again, Change
from grader.batch.display import Display
from grader.batch.order import longest_first
from grader.batch.signatures import Signatures
from grader.errors import DatasetError, FullDiskError, UsageError
from grader.kept import unpack
from grader.pipeline import Entry, Graded, Pipeline
from grader.report.document import Report


@dataclass(slots=True)
class Class:
    """What came of a class.

    Args:
        reports: Of those that were graded, in the order of the submissions.
        faults: Ids of the submissions over which the grader itself failed, or whose results could
            not be written, in the same order.
    """

    reports: list[Report] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Grading:
    """How a class is graded.

    Args:
        pipeline: Grades one.
        out: Where results go.
        jobs: How many are graded at a time.
        earlier: Reports of submissions that were graded before, by id; they are left as they are.
        quiet: Show nothing but faults.
        beside: What lies beside the submissions and is not graded.
        signatures: Sign the reports.
        again: Those to be judged again by the evidence that was kept, by id.
    """

    pipeline: Pipeline
    out: Path
    jobs: int = 1
    earlier: Mapping[str, Report] = field(default_factory=dict)
    quiet: bool = False
    beside: Sequence[str] = ()
    signatures: Signatures = field(default_factory=Signatures.of_user)
    again: Mapping[str, Again] = field(default_factory=dict)


def grade_all(grading: Grading, entries: Sequence[Entry]) -> Class:
    """Grade all entries; each submission's results are written as soon as there are any.

    Raises:
        UsageError: The output folder cannot be written to any more.
        KeyboardInterrupt: Nothing runs any more; what was finished is kept.
    """
    display = Display(entries, quiet=grading.quiet)
    if grading.earlier:
        told = f"{len(grading.earlier)} of {len(entries)} were graded before and stay as they are;"
        display.say(f"{told} --fresh grades them again.")
    with display.shown():
        made = _graded(grading, entries, display)
    graded = Class()
    for entry in entries:
        report = made[entry.id]
        if report is None:
            graded.faults.append(entry.id)
        else:
            graded.reports.append(report)
    display.sum_up(graded.reports, len(graded.faults), grading.beside)
    display.end(output.write_class(graded.reports, grading.out, display.say), grading.out)
    return graded


def _graded(
    grading: Grading, entries: Sequence[Entry], display: Display
) -> dict[str, Report | None]:
    made: dict[str, Report | None] = {}
    for entry in entries:
        if entry.id in grading.earlier:
            made[entry.id] = grading.earlier[entry.id]
            display.done(entry, made[entry.id])
    left = [entry for entry in entries if entry.id not in made]
    # One more than are graded at a time: the next kernel gets ready while these run.
    with ThreadPoolExecutor(grading.jobs + 1, thread_name_prefix="grade") as pool:
        try:
            futures = {
                pool.submit(_grade, grading, entry, display): entry
                for entry in longest_first(left, grading.pipeline.workload)
            }
            made.update(_results(futures, display, several=grading.pipeline.of_several))
        except BaseException:
            grading.pipeline.cancel()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return made


def _results(
    futures: Mapping["Future[Report]", Entry], display: Display, *, several: bool
) -> dict[str, Report | None]:
    made: dict[str, Report | None] = {}
    missing: dict[str, DatasetError] = {}
    for future in as_completed(futures):
        entry, report = futures[future], None
        try:
            report = future.result()
        except FullDiskError as error:
            # Another submission may have filled it, whose files are gone when it ends.
            display.fault(entry, error)
        except DatasetError as error:
            if not several:
                # There is nothing to grade on: nobody would get a grade.
                raise
            # Submissions of other assignments have what they are graded on.
            if str(error) not in missing:
                display.fault(entry, error)
            missing[str(error)] = error
        except UsageError:
            # The output folder cannot be written to any more.
            raise
        except Exception as error:  # noqa: BLE001 - the others must get their grades
            display.fault(entry, error)
        made[entry.id] = report
        display.done(entry, report)
    return made


def _grade(grading: Grading, entry: Entry, display: Display) -> Report:
    show = display.sink(entry)
    show("reading")
    graded = _judged_again(grading, entry, display) or grading.pipeline.grade(entry, show)
    report = graded.report
    folder = output.submission_folder(grading.out, report.submission.id)
    output.write_submission(graded, folder, grading.signatures)
    return report


def _judged_again(grading: Grading, entry: Entry, display: Display) -> Graded | None:
    """Return what the evidence that was kept comes to; None where there is nothing to judge by."""
    again = grading.again.get(entry.id)
    if again is None:
        return None
    folder = output.submission_folder(grading.out, entry.id)
    evidence = output.signed_evidence(folder, grading.signatures)
    kept = unpack(evidence) if evidence is not None else None
    judged = grading.pipeline.judge_again(entry, again.report, kept) if kept else None
    display.judged(again.change if judged else Change.EVIDENCE)
    return judged
