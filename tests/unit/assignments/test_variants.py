"""The variants of a solution: declared beside the assignment, or told with file, line and cure."""

from pathlib import Path

import pytest
from authoring_page import write_areas, write_variants

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.assignments.loading import load, load_variants
from grader.authoring import DeclarationError, Variant

SOLUTION = {"area": "result = width * height", "unit": 'unit = "m2"'}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_variants(write_areas(tmp_path / "areas"))


def test_variants_are_found_beside_the_assignment(folder: Path) -> None:
    found = load_variants(load(folder))
    assert [each.id for each in found] == ["rows", "brackets", "plus", "metre"]


def test_without_their_module_there_are_none(tmp_path: Path) -> None:
    assert load_variants(load(write_areas(tmp_path / "areas"))) == ()


def test_a_module_of_variants_imports_what_is_beside_it(folder: Path) -> None:
    module = folder / "variants.py"
    (folder / "more.py").write_text("MORE = ()\n")
    module.write_text(f"from .more import MORE\n{module.read_text()}\nVARIANTS += MORE\n")
    assert len(load_variants(load(folder))) == 4


def test_the_assignment_of_a_module_beside_it_is_the_one_that_was_loaded(folder: Path) -> None:
    areas = load(folder)
    (folder / "variants.py").write_text(
        "from grader.authoring import Variant\nfrom .assignment import areas\n"
        "VARIANTS = [Variant(str(id(areas)), 'which one it is')]\n"
    )
    assert [each.id for each in load_variants(areas)] == [str(id(areas))]


def test_the_kits_own_assignment_has_some_that_are_right_and_some_that_are_not() -> None:
    assert {bool(each.loses) for each in load_variants(happy_or_sad)} == {False, True}


def test_cells_are_replaced_before_they_are_edited() -> None:
    edited = Variant("a", "both", [("unit", "m", "cm")], cells={"unit": 'unit = "m"'})
    assert edited.texts(SOLUTION) == {**SOLUTION, "unit": 'unit = "cm"'}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("VARIANTS =", "VARIANT =", "VARIANTS was expected, a list of Variant; found None"),
        ('Variant("metre"', 'Variant("plus"', "There are two variants called plus. Rename one"),
        ("area_is_right", "area_is_write", "no check called 'area_is_write'. Did you mean area_is"),
        ("import Variant", "import Variants", "Did you mean Variant?"),
    ],
)  # fmt: skip
def test_what_is_not_declared_as_it_must_be_is_told(
    folder: Path, old: str, new: str, told: str
) -> None:
    module = folder / "variants.py"
    module.write_text(module.read_text().replace(old, new))
    with pytest.raises(DeclarationError, match=r"variants\.py, line") as raised:
        load_variants(load(folder))
    assert told in str(raised.value)


@pytest.mark.parametrize(
    ("variant", "told"),
    [
        ("Variant('../a b', '')", "The id of a variant has letters, digits, hyphens, dots"),
        ("Variant('', '')", "found ''. Write one, such as"),
        ("Variant(1, '')", "found 1. Write one, such as"),
        ("Variant('a', None)", "a: why is a text; found None"),
        ("Variant('a', '', loses='area_is_right')", "a: loses are ids of checks; found 'area_is"),
        ("Variant('a', '', loses=None)", "Write loses=frozenset({'its_id'})"),
        ("Variant('a', '', ('area', 'a', 'b'))", "instead; found 'area'. Write a list of them"),
        ("Variant('a', '', [('area', 'a')])", "instead; found ('area', 'a')"),
        ("Variant('a', '', 3)", "instead; found 3"),
        ("Variant('a', '', cells=['area'])", "a: cells are texts by graded name; found ['area']"),
        ("Variant('a', '', cells={'area': None})", "Write cells={'name': '...'}"),
        ("Variant('a', '', [('aera', 'a', 'b')])", "'aera' is no graded name"),
    ],
)
def test_a_variant_of_another_shape_is_told(folder: Path, variant: str, told: str) -> None:
    head = "from grader.authoring import Variant\nVARIANTS = "
    (folder / "variants.py").write_text(f"{head}[{variant}]\n")
    with pytest.raises(DeclarationError, match=r"variants\.py, line 2") as raised:
        load_variants(load(folder))
    assert told in str(raised.value)


@pytest.mark.parametrize("loses", ["['area_is_right']", "{'area_is_right'}", "('area_is_right',)"])
def test_what_is_lost_may_be_written_as_any_collection(folder: Path, loses: str) -> None:
    head = "from grader.authoring import Variant\nVARIANTS = "
    (folder / "variants.py").write_text(f"{head}[Variant('a', '', loses={loses})]\n")
    [found] = load_variants(load(folder))
    assert found.loses == frozenset({"area_is_right"})


@pytest.mark.parametrize(
    ("variant", "told"),
    [
        (Variant("a", "", [("aera", "a", "b")]), "'aera' is no graded name"),
        (Variant("a", "", cells={"aera": ""}), "Did you mean area?"),
        (Variant("a", "", [("area", "2 *", "")]), "'2 *' is not in the cell of area. Write it"),
    ],
)
def test_an_edit_of_what_is_not_there_is_told(variant: Variant, told: str) -> None:
    with pytest.raises(DeclarationError, match=r"test_variants\.py, line") as raised:
        variant.texts(SOLUTION)
    assert told in str(raised.value)
