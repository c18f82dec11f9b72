import io
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from grader.records import Status
from grader.report import text, wording
from grader.report.document import CheckRow, IssueRow, Report
from grader.report.terminal import sparkline

ANY_TEXT = st.text(st.characters(categories=None))


def printed(report: Report, width: int = 80, **options: Path) -> str:
    out = io.StringIO()
    text.render(report, Console(file=out, width=width, color_system=None), **options)
    return out.getvalue()


def flat(report: Report) -> str:
    return " ".join(printed(report).split())


def with_checks(report: Report, checks: list[CheckRow]) -> Report:
    return report.model_copy(update={"checks": checks})


def test_full_marks_say_passed_with_all_points(full_marks: Report) -> None:
    assert "✓ Passed · 100 of 100 points" in flat(full_marks)


def test_full_marks_need_nothing_done(full_marks: Report) -> None:
    assert "What to do first" not in flat(full_marks)


def test_a_failing_submission_says_how_many_points_it_takes(three_mistakes: Report) -> None:
    assert "Passing takes 80 of 100 points; this is 50." in flat(three_mistakes)


def test_a_failed_required_check_is_named_as_a_reason(three_mistakes: Report) -> None:
    reason = "Passing takes this check too, and it failed: Training reaches 99.9% accuracy"
    assert reason in flat(three_mistakes)


def test_the_hint_of_what_costs_most_is_what_to_do_first(three_mistakes: Report) -> None:
    told = "What to do first Training reaches 99.9% accuracy before epoch 15: Large inputs make"
    assert told in flat(three_mistakes)


def test_what_was_said_as_the_first_thing_is_not_said_again(three_mistakes: Report) -> None:
    first = wording.costliest(three_mistakes)
    assert first is not None
    assert flat(three_mistakes).count(first.hint) == 1


def test_without_a_hint_there_is_none(three_mistakes: Report) -> None:
    checks = [check.model_copy(update={"hint": ""}) for check in three_mistakes.checks]
    assert " hint " not in flat(with_checks(three_mistakes, checks))


def test_without_a_hint_what_was_found_is_said_once(three_mistakes: Report) -> None:
    checks = [check.model_copy(update={"hint": ""}) for check in three_mistakes.checks]
    said = flat(with_checks(three_mistakes, checks))
    assert said.count("the best run took 17 epochs") == 1


def test_a_failed_check_shows_expected_found_and_hint(three_mistakes: Report) -> None:
    said = flat(three_mistakes)
    assert "expected binary_crossentropy, as an object or by name found mean_squared_error" in said


def test_passed_checks_are_only_counted(three_mistakes: Report) -> None:
    assert "A batch holds 10 images" not in flat(three_mistakes)


def test_points_are_summed_for_each_group(three_mistakes: Report) -> None:
    assert "Points image_generator 20/30 model 30/40 training 0/30" in flat(three_mistakes)


def test_checks_skipped_for_one_reason_share_a_line(three_mistakes: Report) -> None:
    skipped = next(check for check in three_mistakes.checks if check.status is Status.SKIPPED)
    twice = with_checks(three_mistakes, [*three_mistakes.checks, skipped])
    assert "○ 2 checks skipped (20 points): Depends on" in flat(twice)


def test_training_tells_epochs_limit_and_seeds(three_mistakes: Report) -> None:
    told = "after 17 epochs, too late: it must be before epoch 15. 0 of 3 seeds in time."
    assert told in flat(three_mistakes)


def test_accuracy_is_drawn_and_ends_full(full_marks: Report) -> None:
    assert "accuracy ▄▅▆▇▇▇▇▇█" in flat(full_marks)


def test_a_long_training_still_fits_a_line(reports: ModuleType, full_marks: Report) -> None:
    long = reports.training(accuracy=[0.1] * 499 + [1.0])
    drawn = sparkline(long.accuracy)
    assert len(drawn) <= 24
    assert drawn.endswith("█")
    assert printed(full_marks.model_copy(update={"trainings": [long]}))


def test_cells_are_counted_from_one(three_mistakes: Report) -> None:
    assert "Cell 9: This cell is given" in flat(three_mistakes)


def test_more_than_five_issues_are_only_counted(three_mistakes: Report) -> None:
    issues: list[IssueRow] = three_mistakes.issues * 4
    assert "and 3 more" in flat(three_mistakes.model_copy(update={"issues": issues}))


def test_a_rejected_file_says_why_and_what_to_do(rejected: Report) -> None:
    said = flat(rejected)
    assert "✗ Could not be graded Expected a Jupyter notebook, found a web page" in said
    assert "What to do first In Jupyter choose File, Download" in said


def test_a_rejected_file_has_no_points(rejected: Report) -> None:
    assert "of 100 points" not in flat(rejected)


def test_what_failed_in_the_assignment_is_told_to_students_without_blame(
    needs_review: Report,
) -> None:
    checks = [
        each.model_copy(update={"of_assignment": each.status is Status.ERRORED})
        for each in needs_review.checks
    ]
    said = flat(needs_review.model_copy(update={"checks": checks}))
    assert "could not be finished. That is not your fault. 30 points wait" in said
    assert "grader's fault" not in said


def test_needs_review_is_the_graders_fault_with_points_pending(needs_review: Report) -> None:
    said = flat(needs_review)
    assert "That is the grader's fault, not yours. 30 points wait" in said


def test_the_full_report_is_named_when_there_is_one(full_marks: Report) -> None:
    assert "Full report: out/report.html" in printed(
        full_marks, full_report=Path("out/report.html")
    )


def test_a_path_is_not_markup(full_marks: Report) -> None:
    assert "[bold]/x" in printed(full_marks, full_report=Path("[bold]/x"))


def test_three_mistakes_fit_one_screen(three_mistakes: Report) -> None:
    assert printed(three_mistakes).count("\n") <= 40


def test_everything_failing_fits_two_screens(three_mistakes: Report) -> None:
    failed = next(check for check in three_mistakes.checks if check.status is Status.FAILED)
    many = printed(with_checks(three_mistakes, [failed] * 60))
    assert many.count("\n") <= 80
    assert "and 48 more" in many


def test_what_a_student_wrote_is_shown_as_it_is(hostile: Report) -> None:
    assert "<script>alert(1)</script> [bold red]x[/] [/nope] ]]>" in flat(hostile)


def test_a_terminal_gets_no_escape_sequence_of_a_student(hostile: Report) -> None:
    assert "\x1b" not in printed(hostile)


@pytest.mark.parametrize("name", ["full_marks", "three_mistakes", "rejected", "needs_review"])
def test_no_line_is_wider_than_the_terminal(reports: ModuleType, name: str) -> None:
    lines = printed(getattr(reports, name)(), width=60).splitlines()
    assert max(cell_len(line) for line in lines) <= 60


def test_points_of_a_group_stay_on_one_line(three_mistakes: Report) -> None:
    lines = [line.strip() for line in printed(three_mistakes, width=60).splitlines()]
    assert "training 0/30" in lines


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_terminal_without_utf_8_is_served(hostile: Report, encoding: str) -> None:
    raw = io.BytesIO()
    console = Console(file=io.TextIOWrapper(raw, encoding=encoding), color_system=None)
    text.render(hostile, console)
    console.file.flush()
    assert b"Needs review" in raw.getvalue()


def test_colours_are_used_where_there_are_some(full_marks: Report) -> None:
    out = io.StringIO()
    console = Console(file=out, width=80, force_terminal=True, color_system="standard")
    text.render(full_marks, console)
    assert "\x1b[1;32m✓ Passed" in out.getvalue()


@given(ANY_TEXT)
def test_any_text_can_be_printed(reports: ModuleType, value: str) -> None:
    assert "Needs review" in printed(reports.saying(value))


def test_a_row_has_the_outcome_at_a_glance(three_mistakes: Report) -> None:
    cells = [cell.plain for cell in text.row(three_mistakes)]
    more = "Pixel values are scaled to the range 0 to 1 and 2 more"
    assert cells == ["ben", "graded", "50/100", "✗ not passed", more]


def test_a_row_of_full_marks_names_no_check(full_marks: Report) -> None:
    assert text.row(full_marks)[-1].plain == ""


def test_a_row_of_a_rejected_file_says_why(rejected: Report) -> None:
    assert text.row(rejected)[-1].plain.startswith("Expected a Jupyter notebook, found a web page")


def test_a_row_whose_points_are_pending_says_so(needs_review: Report) -> None:
    assert text.row(needs_review)[3].plain == "! pending"


def test_a_curve_outside_of_zero_to_one_is_drawn() -> None:
    assert sparkline([-1e300, None, 1e300]) == "▁ █"
