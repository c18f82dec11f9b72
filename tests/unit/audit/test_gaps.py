"""Advice: a check is advised that was tried, and nothing where none would help."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from audited import RUBRIC, judged
from audits import audit
from happy_or_sad.alone import ALONE, PREFIX
from happy_or_sad.right import RIGHT

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.audit.document import AdviceRow
from grader.audit.gaps import advice
from grader.audit.judged import Judged
from grader.audit.matrix import Matrix
from grader.audit.specimens import Specimen, SpecimenKind
from grader.checks import Check
from grader.records import CheckResult, Status

# What is advised where a check of the kit's own rubric is not there.
ADVISED = {
    "images_found": "loaders.finds(loader, *dataset)",
    "batch_size": "loaders.batches_of(loader, 10)",
    "target_size": "loaders.sized(loader, 150, 150)",
    "class_mode": "loaders.binary_labels(loader)",
    "pixels_scaled": "loaders.unit_range(*scale)",
    "stops_above": "callbacks.stops_above(callback, in_training, 0.999)",
    "goes_on_below": "callbacks.goes_on_below(callback, in_training, 0.999)",
    "lives_without_accuracy": "callbacks.lives_without(callback)",
    "input_shape": "models.takes_images(model, (150, 150, 3))",
    "convolutions": "models.convolutions(model, 3)",
    "flattened": "models.flattened(model)",
    "output_layer": "models.two_class_output(model, from_logits=from_logits)",
    "loss": "compilations.loss_fits(model, compilation, one_hot=one_hot)",
    "metric": "compilations.logs_accuracy(model, compilation, one_hot=one_hot)",
    "target_reached": "targets.reaches(training, GOAL)",
    "epochs_asked": "expect(training.epochs_asked <= 20, ...)",
    "history_returned": "returned.returned(result, training)",
}


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Judged]:
    folder = tmp_path_factory.mktemp("notebooks")
    return {each.id: judged(each, folder) for each in (*RIGHT, *ALONE)}


def advised(known: dict[str, Judged], check: str) -> list[AdviceRow]:
    """Return what is advised where a check is missing, and a mutant fails that alone."""
    lacking = replace(happy_or_sad, checks=[each for each in RUBRIC if each.id != check])
    right = [replace(known[each.id], assignment=lacking) for each in RIGHT]
    mistake = known[f"{PREFIX}{check}"]
    mutant = replace(mistake.specimen, id="mutant", kind=SpecimenKind.MUTANT)
    several = [*right, replace(mistake, assignment=lacking, specimen=mutant)]
    matrix = Matrix(lacking.checks, several, {})
    return [each for each in advice(matrix, matrix.columns()) if each.kind == "check-missing"]


@pytest.mark.parametrize("check", [name for name in ADVISED if name != "images_found"])
def test_the_check_is_advised_that_would_kill_what_lives(
    known: dict[str, Judged], check: str
) -> None:
    [told] = advised(known, check)
    assert (f"returns {ADVISED[check]}" in told.text, told.about) == (True, ["mutant"])


def test_nothing_is_advised_where_no_check_would_help(known: dict[str, Judged]) -> None:
    assert advised(known, "stopped_by_callback") == []


def test_nothing_is_advised_where_nothing_lives(known: dict[str, Judged]) -> None:
    matrix = Matrix(RUBRIC, list(known.values()), {})
    assert [a for a in advice(matrix, matrix.columns()) if a.kind == "check-missing"] == []


class Told(Judged):
    """A specimen of which the results are given."""


def with_results(name: str, **statuses: tuple[int, Status]) -> Judged:
    made = Told(replace(happy_or_sad, checks=checks()), Specimen(name, SpecimenKind.MUTANT, ""))
    results = [
        CheckResult(id=check, group="", title="", status=status, possible=points)
        for check, (points, status) in statuses.items()
    ]
    made.__dict__.update(results=results, lost=frozenset(
        each.id for each in results if each.status is not Status.PASSED
    ))  # fmt: skip
    return made


def checks() -> list[Check]:
    points = {"small": 2, "large": 8, "goal": 30}
    return [
        replace(check, function=_named(name), points=worth)
        for check, (name, worth) in zip(RUBRIC, points.items(), strict=False)
    ]


def of(*several: Judged) -> Sequence[AdviceRow]:
    matrix = Matrix(checks(), several, {})
    return advice(matrix, matrix.columns())


def _named(name: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
    def check() -> None:
        """Something holds."""

    check.__name__ = name
    return check


FAILED, SKIPPED, PASSED = Status.FAILED, Status.SKIPPED, Status.PASSED


def test_points_that_go_against_what_mistakes_cost_are_told() -> None:
    costly = [
        with_results(f"a{n}", small=(2, FAILED), large=(8, PASSED), goal=(30, SKIPPED))
        for n in range(3)
    ]
    cheap = [
        with_results(f"b{n}", small=(2, PASSED), large=(8, FAILED), goal=(30, PASSED))
        for n in range(3)
    ]
    [told] = [each for each in of(*costly, *cheap) if each.kind == "points"]
    assert told.text == (
        "large has 8 points and small 2, but mistakes that fail small first cost 32 in the median, "
        "and those that fail large first 8."
    )


def test_of_few_mistakes_nothing_is_told() -> None:
    costly = with_results("a", small=(2, FAILED), large=(8, PASSED), goal=(30, SKIPPED))
    cheap = with_results("b", small=(2, PASSED), large=(8, FAILED), goal=(30, PASSED))
    assert [each for each in of(costly, cheap) if each.kind == "points"] == []


# Of what was made up, a check that fails now and then, and that others always fail with.
FAILS_WITH_OTHERS = [each.model_copy(update={"without": 0}) for each in audit(checks=2).checks[1:]]


@pytest.mark.parametrize(("complete", "kinds"), [(True, ["check-never-needed"]), (False, [])])
def test_only_all_mutants_tell_that_a_check_is_never_needed(
    *, complete: bool, kinds: Sequence[str]
) -> None:
    found = advice(Matrix(checks(), [], {}), FAILS_WITH_OTHERS, complete=complete)
    assert [each.kind for each in found] == kinds
