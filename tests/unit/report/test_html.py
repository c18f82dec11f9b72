import re
from html.parser import HTMLParser
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.report import charts, html
from grader.report.document import Report, TrainingRow

ANY_TEXT = st.text(st.characters(categories=None))
VOID = {"meta", "link", "br"}


class Page(HTMLParser):
    """Collects what a browser would find, and refuses tags that do not match."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(source)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.update(name for name, _ in attrs)
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open[-1:] != ["style"]:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def page(report: Report) -> Page:
    return Page(html.render(report))


@pytest.mark.parametrize("name", ["full_marks", "three_mistakes", "rejected", "needs_review"])
def test_every_tag_that_is_opened_is_closed(reports: ModuleType, name: str) -> None:
    assert page(getattr(reports, name)()).tags[:2] == ["html", "head"]


def test_the_headline_has_verdict_and_points(three_mistakes: Report) -> None:
    assert "Not passed yet 50 of 100 points (50%)" in page(three_mistakes).text


def test_a_near_miss_is_not_rounded_up(full_marks: Report) -> None:
    points = full_marks.score.model_copy(update={"earned": 29_999, "possible": 30_000})
    assert "(99.99%)" in page(full_marks.model_copy(update={"score": points})).text


def test_a_failed_check_shows_expected_found_and_hint(three_mistakes: Report) -> None:
    told = "Expected a largest value of at most 1.0 Found 255.0 in the first batch Hint Look at"
    assert told in page(three_mistakes).text


def test_a_skipped_check_says_why(three_mistakes: Report) -> None:
    assert "Skipped 0 / 10 Why Depends on" in page(three_mistakes).text


def test_a_status_is_told_in_words(full_marks: Report) -> None:
    assert "The loader finds all 80 images Passed 10 / 10" in page(full_marks).text


def test_the_hint_of_what_costs_most_is_what_to_do_first(three_mistakes: Report) -> None:
    told = "What to do first Training reaches 99.9% accuracy before epoch 15: Large inputs make"
    assert told in page(three_mistakes).text


def test_without_a_hint_there_is_none(three_mistakes: Report) -> None:
    checks = [check.model_copy(update={"hint": ""}) for check in three_mistakes.checks]
    assert " Hint " not in page(three_mistakes.model_copy(update={"checks": checks})).text


def test_seeds_are_listed_and_counted(three_mistakes: Report) -> None:
    told = "0 of 3 seeds in time seed 0: not reached seed 1: 17 epochs seed 2: not reached"
    assert told in page(three_mistakes).text


def test_curves_mark_the_target_and_the_limit(full_marks: Report) -> None:
    said = page(full_marks).text
    assert "before epoch 15 target 99.9% epoch 9" in said


def test_a_missing_value_breaks_the_curve(three_mistakes: Report) -> None:
    plot = charts.loss(three_mistakes.trainings[0])
    assert plot is not None
    assert len(plot.lines) == 2


def test_the_parameters_are_totalled(full_marks: Report) -> None:
    assert "Total 9,494,561" in page(full_marks).text


def test_a_layer_of_unknown_size_is_named_as_such(hostile: Report) -> None:
    assert "Total of those known 0" in page(hostile).text


def test_cells_are_counted_from_one(three_mistakes: Report) -> None:
    assert "Noticed · Cell 9 This cell is given" in page(three_mistakes).text


def test_a_rejected_file_says_why_and_what_to_do(rejected: Report) -> None:
    said = page(rejected).text
    assert "Could not be graded Expected a Jupyter notebook, found a web page" in said
    assert "What to do first In Jupyter choose File, Download" in said


def test_needs_review_is_the_graders_fault_with_points_pending(needs_review: Report) -> None:
    assert "That is the grader's fault, not yours. 30 points wait" in page(needs_review).text


def test_what_the_grade_depends_on_is_named(full_marks: Report) -> None:
    assert "TensorFlow 2.21.0 Keras 3.15.1 Seed 0" in page(full_marks).text


def test_the_page_runs_no_script_and_fetches_nothing(full_marks: Report) -> None:
    found = page(full_marks)
    assert not {"script", "img", "iframe", "object", "embed", "form"} & set(found.tags)
    assert not {"src", "style", "onclick", "onload"} & found.attributes
    assert "http://" not in html.render(full_marks)
    assert "https://" not in html.render(full_marks)


def test_the_policy_lets_in_the_one_style_sheet_only(full_marks: Report) -> None:
    source = html.render(full_marks)
    style = re.search("<style>(.*)</style>", source, re.DOTALL)
    assert style is not None
    assert f"default-src 'none'; style-src '{html.policy_hash(style[1])}'" in source


@pytest.mark.parametrize(
    ("level", "above"), [("h2", "h1"), ("h3", "h2"), ("h4", "h3")], ids=["h2", "h3", "h4"]
)
def test_no_level_of_heading_is_skipped(three_mistakes: Report, level: str, above: str) -> None:
    tags = page(three_mistakes).tags
    assert tags.index(above) < tags.index(level)


def test_what_a_student_wrote_is_shown_as_it_is(hostile: Report) -> None:
    assert "<script>alert(1)</script> [bold red]x[/] [/nope] ]]> &amp; \"'>" in page(hostile).text


@given(ANY_TEXT)
def test_no_text_adds_a_tag_or_an_attribute(reports: ModuleType, value: str) -> None:
    plain, found = page(reports.saying("plain")), page(reports.saying(f"x{value}"))
    assert (found.tags, found.attributes) == (plain.tags, plain.attributes)


CURVE = st.lists(st.none() | st.floats(), max_size=60)


def trained(reports: ModuleType, curve: list[float | None], hit: int | None) -> TrainingRow:
    training: TrainingRow = reports.training(accuracy=curve, loss=curve, hits=[hit])
    return training


@given(CURVE, st.none() | st.integers(0, 100))
def test_any_curve_is_drawn_within_its_frame(
    reports: ModuleType, curve: list[float | None], hit: int | None
) -> None:
    training = trained(reports, curve, hit)
    for plot in filter(None, (charts.accuracy(training), charts.loss(training))):
        points = [
            *plot.markers,
            *(tuple(map(float, p.split(","))) for p in "".join(plot.lines[:1]).split()),
        ]
        assert all(charts.LEFT <= x <= charts.RIGHT for x, _ in points)
        assert all(charts.TOP <= y <= charts.BOTTOM for _, y in points)


@given(CURVE, st.none() | st.integers(0, 100))
def test_any_curve_makes_a_page(
    reports: ModuleType, curve: list[float | None], hit: int | None
) -> None:
    training = trained(reports, curve, hit)
    report = reports.full_marks().model_copy(update={"trainings": [training]})
    assert "Training" in page(report).text


@given(CURVE)
def test_axes_have_a_handful_of_distinct_labels(
    reports: ModuleType, curve: list[float | None]
) -> None:
    plot = charts.loss(trained(reports, curve, None))
    labels = [tick.label for tick in plot.y_ticks] if plot else ["0", "1"]
    assert 2 <= len(set(labels)) == len(labels) <= 12


@pytest.mark.parametrize(("trainings", "is_marked"), [(1, True), (2, False)])
def test_epochs_of_several_trainings_are_no_place_in_the_curve_of_one(
    reports: ModuleType, trainings: int, *, is_marked: bool
) -> None:
    curve: list[float | None] = [0.5, 0.9, 1.0, 1.0]
    plot = charts.accuracy(trained(reports, curve, 4).model_copy(update={"trainings": trainings}))
    assert plot is not None
    assert (plot.goals[0].hit is not None) is is_marked
