"""What an audit is made of: the notebooks, what is left of it quickly, luck, and refusals."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from audited import judged
from authoring_page import write_areas, write_variants
from happy_or_sad.alone import ALONE
from happy_or_sad.right import RIGHT

from grader.assignments.catalog import catalog
from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.assignments.loading import load, load_variants
from grader.audit import luck
from grader.audit.notebooks import SolutionNotebook
from grader.audit.quick import few, left_of, without_training
from grader.audit.refusals import refuse_wrong_solution
from grader.audit.specimens import Specimen, SpecimenKind, specimens
from grader.errors import UsageError
from grader.records import Status

TRAINER = "train_happy_sad_model"


@pytest.fixture(scope="module")
def author(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_variants(write_areas(tmp_path_factory.mktemp("author") / "areas"))


@pytest.fixture(scope="module")
def areas(author: Path) -> list[Specimen]:
    return made_of(author)


def made_of(folder: Path) -> list[Specimen]:
    made = load(folder)
    return specimens(SolutionNotebook.of(made), load_variants(made))


def sources(specimen: Specimen) -> list[str]:
    cells = json.loads(specimen.notebook)["cells"]
    return ["".join(cell["source"]) for cell in cells]


def test_the_solution_comes_first(areas: list[Specimen]) -> None:
    assert (areas[0].kind, sources(areas[0])[2].split("\n")[2]) == ("solution", 'unit = "m2"')


def test_the_starter_is_what_students_get(areas: list[Specimen]) -> None:
    assert "unit = None" in sources(areas[1])[2]


def test_variants_that_lose_something_are_mistakes(areas: list[Specimen]) -> None:
    kinds = {each.id: each.kind.value for each in areas[2:6]}
    assert kinds == {
        "variant-rows": "variant", "variant-brackets": "variant",
        "mistake-plus": "mistake", "mistake-metre": "mistake",
    }  # fmt: skip


def test_the_rest_are_mutants(areas: list[Specimen]) -> None:
    assert {each.kind for each in areas[6:]} == {SpecimenKind.MUTANT}


def test_the_same_notebooks_have_the_same_bytes(areas: list[Specimen], author: Path) -> None:
    assert [each.notebook for each in made_of(author)] == [each.notebook for each in areas]


def test_a_mutant_differs_in_one_cell(areas: list[Specimen]) -> None:
    right = sources(areas[0])
    differing = [
        sum(one != two for one, two in zip(sources(each), right, strict=True)) for each in areas[6:]
    ]
    assert {*differing} == {1}


def test_without_training_the_other_parts_are_left() -> None:
    left = without_training(happy_or_sad)
    assert (left.names, left.points) == (["myCallback", "image_generator"], 35)


def test_without_training_no_cell_needs_what_trains() -> None:
    cells = without_training(happy_or_sad).layouts()[0].cells
    assert [
        cell.name or "" for cell in cells if TRAINER in cell.source or "hist" in cell.source
    ] == []


def test_an_assignment_that_trains_nothing_is_left_as_it_is(tmp_path: Path) -> None:
    areas = load(write_areas(tmp_path / "areas"))
    assert without_training(areas) is areas


def test_an_assignment_of_trainings_alone_is_refused() -> None:
    trained = [check for check in happy_or_sad.checks if check.part == TRAINER]
    with pytest.raises(UsageError, match="Every check of happy-or-sad needs a training"):
        without_training(replace(happy_or_sad, checks=trained))


def test_variants_of_what_trains_are_left_out() -> None:
    left = left_of(load_variants(happy_or_sad), without_training(happy_or_sad))
    assert TRAINER not in {name for each in left for name in each.names}


def test_of_a_mistake_only_what_is_left_must_be_lost() -> None:
    left = {each.id: each.loses for each in left_of(ALONE, without_training(happy_or_sad))}
    assert left["alone-images_found"] == {"images_found"}


def test_what_is_right_by_a_part_that_is_not_checked_any_more_is_left_out() -> None:
    edition = catalog().get("happy-or-sad-2024")
    left = [each.id for each in left_of(load_variants(edition), without_training(edition))]
    assert "right-division" in left
    assert "right-rescaling-layer" not in left
    assert "right-functional" not in left


def test_of_each_operator_one_mutant_is_left(areas: list[Specimen]) -> None:
    operators = [each.mutant.operator for each in few(areas) if each.mutant]
    assert operators == [*dict.fromkeys(each.mutant.operator for each in areas if each.mutant)]


def test_a_solution_that_loses_points_is_refused_with_what_it_loses(tmp_path: Path) -> None:
    solution = judged(ALONE[1], tmp_path, SpecimenKind.SOLUTION)
    with pytest.raises(UsageError, match="gets 96 of 100 points by its own rubric") as raised:
        refuse_wrong_solution(solution)
    assert "batch_size: expected batches of 10, found batches of 8" in str(raised.value)


def test_of_a_solution_whose_check_raises_is_told_what_it_raised(tmp_path: Path) -> None:
    solution = judged(ALONE[1], tmp_path, SpecimenKind.SOLUTION)
    first, *others = solution.results
    raised = replace(first, status=Status.ERRORED, expected="", actual="a check raised")
    # As if it had been found: what was recorded of the rubric raises nowhere.
    vars(solution)["results"] = [raised, *others]
    with pytest.raises(UsageError, match=rf"nothing can be told.* {first.id}: a check raised"):
        refuse_wrong_solution(solution)


def test_a_solution_that_has_all_points_is_not(tmp_path: Path) -> None:
    refuse_wrong_solution(judged(RIGHT[0], tmp_path, SpecimenKind.SOLUTION))


def test_luck_counts_the_seeds_that_miss_a_goal(tmp_path: Path) -> None:
    right, late = (judged(each, tmp_path).attempts[0] for each in (RIGHT[0], MISSING))
    [found] = luck.luck(happy_or_sad, [right, right, right, late])
    assert (found.seeds, found.missed, found.tries, found.all_miss) == (4, 1, 3, 0.0)


def test_luck_says_a_goal_as_reports_do(tmp_path: Path) -> None:
    [found] = luck.luck(happy_or_sad, judged(RIGHT[0], tmp_path).attempts)
    assert found.goal == "99.9% accuracy before epoch 15"


MISSING = next(each for each in ALONE if each.id == "alone-target_reached")


# Clopper and Pearson: with no failure among n, the upper end is 1 - (0.05 / 2) ** (1 / n).
def test_no_miss_still_leaves_an_interval() -> None:
    assert luck.interval(0, 20) == pytest.approx((0, 1 - 0.025 ** (1 / 20)))


def test_with_one_seed_that_alone_is_tried() -> None:
    assert luck.with_seed(happy_or_sad, 7).seeds == (7,)
