"""A number, a text or a choice that a student wrote down, without the right one being told."""

import math
from collections.abc import Callable
from typing import Any

import looking
import numpy as np
import pytest

from grader.checks import Expectation
from grader.kinds.kind import PartError
from grader.kinds.value.part import Value
from grader.kinds.value.view import EMPTY, NO_QUOTES, ValueView
from grader.values.compare import Tolerance

PART = Value("answer")
CHOICES = ("a", "b", "c")
Told = tuple[bool, str, str]


def view(value: object, part: Value = PART) -> ValueView:
    return looking.seen(part, looking.look(part, {"answer": value}))


def told(found: Expectation) -> Told:
    return found.met, found.expected, found.actual


@pytest.mark.parametrize(
    ("right", "value"),
    [
        (3, 3),
        (3, 3.0),
        (0.25, np.float32(0.25)),
        (7, np.int64(7)),
        (7, np.array(7)),
        ("Paris", "paris "),
        ("New  York", "new york"),
        (True, np.True_),
        ([1, 2], [1, 2]),
        ((64, 64), (64, 64)),
        ({"lr": 0.1}, {"lr": 0.1}),
        (np.arange(3), np.arange(3)),
    ],
    ids=repr,
)
def test_the_right_value_is_right(right: Any, value: Any) -> None:
    assert view(value).equals(right).met


@pytest.mark.parametrize(
    ("right", "value", "expected", "actual", "hint"),
    [
        (42, 41, "the right answer, a number", "41", ""),
        (42, "42", "the right answer, a number", "'42'", NO_QUOTES),
        (42, " 4,2 ", "the right answer, a number", "' 4,2 '", NO_QUOTES),
        (42, None, "the right answer, a number", "None", EMPTY),
        (42, True, "the right answer, a number", "True", "Write it as a number."),
        (42, [42], "the right answer, a number", "a list of 1", "Write it as a number."),
        (42, math.nan, "the right answer, a number", "nan", ""),
        pytest.param(
            42,
            object(),
            "the right answer, a number",
            "an object",
            "Write it as a number.",
            id="an object",
        ),
        ("Paris", "Rome", "the right answer, a text", "'Rome'", ""),
        ("Paris", 3, "the right answer, a text", "3", "Write it as a text."),
        ([1, 2], [1, 3], "the right answer, a list", "[1, 3]", ""),
        ([1, 2], (1, 2), "the right answer, a list", "a tuple of 2", "Write it as a list."),
        (True, 1, "the right answer, True or False", "1", "Write it as True or False."),
    ],
    ids=repr,
)
def test_a_wrong_value_is_told_without_the_right_one(
    right: Any, value: Any, expected: str, actual: str, hint: str
) -> None:
    found = view(value).equals(right)
    assert told(found) == (False, expected, actual)
    assert found.hint == hint


def test_an_author_says_what_an_answer_looks_like() -> None:
    part = Value("answer", form="a number between 0 and 1")
    found = view("0.3", part).equals(0.3)
    assert found.expected == "the right answer, a number between 0 and 1"
    assert found.hint == NO_QUOTES


@pytest.mark.parametrize(("value", "met"), [(0.9, True), (1, True), (0.89, False), (1.01, False)])
def test_a_number_lies_within_bounds(value: float, met: bool) -> None:  # noqa: FBT001
    assert told(view(value).within(0.9, 1)) == (met, "the right answer, a number", str(value))


@pytest.mark.parametrize("value", [True, "1", [1], None, math.nan, 1j])
def test_what_is_no_number_lies_within_no_bounds(value: object) -> None:
    assert not view(value).within(0, 2).met


@pytest.mark.parametrize("value", ["b", "B", " b ", "(b)", "b)", "B.", "[b]"])
def test_a_choice_may_be_written_in_several_ways(value: str) -> None:
    assert view(value).one_of(CHOICES, "b").met


@pytest.mark.parametrize(
    ("value", "hint"),
    [("a", ""), ("d", "Write it as one of a, b, c."), ("ab", "Write it as one of a, b, c."),
     (2, "Write it as one of a, b, c."), (["b"], "Write it as one of a, b, c."), (None, EMPTY)],
)  # fmt: skip
def test_another_choice_is_told(value: object, hint: str) -> None:
    found = view(value).one_of(CHOICES, "b")
    assert (found.met, found.expected) == (False, "the right answer, one of a, b, c")
    assert found.hint == hint


@pytest.mark.parametrize("value", [2, 2.0, "2", np.int64(2)])
def test_a_choice_may_be_a_number(value: object) -> None:
    assert view(value).one_of((1, 2, 3), 2, 3).met
    assert not view(value).one_of((1, 2, 3), 1).met


@pytest.mark.parametrize(
    ("value", "met"), [("Batch Normalization", True), (" batchnorm ", True), ("dropout", False)]
)
def test_a_text_is_matched_as_a_whole(value: str, met: bool) -> None:  # noqa: FBT001
    assert view(value).matches(r"batch ?norm(alization)?").met is met
    assert not view(f"{value} or dropout").matches(r"batch ?norm(alization)?").met


@pytest.mark.parametrize(
    "check",
    [
        lambda found: found.one_of(["m", "m2"], "m3"),
        lambda found: found.one_of(["m", "m2"]),
        lambda found: found.one_of(["m", "m2"], "m2", "m3"),
        lambda found: found.all_of(["m", "m2"], "m2", "m3"),
        lambda found: found.all_of(["m", "m2"]),
        lambda found: found.within(5, 2),
        lambda found: found.within(math.nan, 2),
    ],
)
def test_what_nobody_could_answer_is_no_students_fault(
    check: Callable[[ValueView], Expectation],
) -> None:
    with pytest.raises(ValueError, match=r"one of the choices|no number is from"):
        check(view("m2"))


@pytest.mark.parametrize(
    "value", [["a", "c"], ("c", "a"), {"A", "c"}, "a, c", "(c, a)", ["a)", "c."], ["a", "a", "c"]]
)
def test_several_choices_may_be_written_in_several_ways(value: object) -> None:
    assert view(value).all_of(CHOICES, "a", "c").met


@pytest.mark.parametrize(
    ("value", "hint"),
    [(["a"], ""), (["a", "b", "c"], ""), ("a", ""), (None, EMPTY),
     (["a", "c", "d"], "Write it as a list of those that are right of a, b, c."),
     ([], "Write it as a list of those that are right of a, b, c."),
     ("ac", "Write it as a list of those that are right of a, b, c."),
     ([["a"], "c"], "Write it as a list of those that are right of a, b, c.")],
)  # fmt: skip
def test_other_choices_are_told_without_how_many_are_right(value: object, hint: str) -> None:
    found = view(value).all_of(CHOICES, "a", "c")
    assert (found.met, found.hint) == (False, hint)
    assert found.expected == "the right answer, a list of those that are right of a, b, c"


@pytest.mark.parametrize("value", [[3, 2.5], (3, 2.5), np.array([3, 2.5])], ids=repr)
def test_items_are_right_in_their_order(value: object) -> None:
    assert view(value).in_order([3, 2.5]).met
    assert not view(value).in_order([2.5, 3]).met


@pytest.mark.parametrize(
    ("value", "actual", "hint"),
    [
        ([3, 2], "[3, 2]: number 2 of them is not right", ""),
        ([3], "[3]: they are too few", ""),
        ([3, 2.5, 1], "[3, 2.5, 1]: they are too many", ""),
        ([2, 2.5, 1], "[2, 2.5, 1]: number 1 of them is not right", ""),
        ([], "[]: they are too few", ""),
        ({3, 2.5}, "a set of 2", "Write it as a list."),
        (3, "3", "Write it as a list."),
        (None, "None", EMPTY),
    ],
)
def test_the_first_item_that_is_not_right_is_told(value: object, actual: str, hint: str) -> None:
    found = view(value).in_order([3, 2.5])
    assert told(found) == (False, "the right answer, a list", actual)
    assert found.hint == hint


def test_items_are_as_near_as_the_check_says() -> None:
    assert view([0.67]).in_order([2 / 3], Tolerance(absolute=0.01)).met
    assert not view([0.67]).in_order([2 / 3]).met


def test_a_tolerance_is_the_checks_own() -> None:
    assert view(0.67).equals(2 / 3, Tolerance(absolute=0.01)).met
    assert not view(0.67).equals(2 / 3).met


class Equal:
    def __eq__(self, _: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]

    def __le__(self, _: object) -> bool:
        return True

    __ge__ = __le__

    def __float__(self) -> float:
        return 0.5


class Text(str):
    __slots__ = ()

    def strip(self, _: object = None) -> str:
        return "b"

    casefold = strip


ITSELF: list[Any] = []
ITSELF.append(ITSELF)


@pytest.mark.parametrize(
    "value",
    [
        Equal(),
        Text("a"),
        ITSELF,
        10**5_000,
        {10**5_000},
        range(10**18),
        "b" * 10**7,
        type("b", (), {}),
    ],
    ids=["equal", "text", "itself", "huge", "a set of it", "range", "long", "class"],
)
def test_no_trick_is_right(value: object) -> None:
    found = view(value)
    results = [
        found.equals("b"),
        found.within(0, 1),
        found.one_of(CHOICES, "b"),
        found.all_of(CHOICES, "b"),
        found.in_order(["b"]),
        found.matches("b"),
    ]
    assert not any(each.met for each in results)
    assert all(len(each.actual) < 200 for each in results)


def test_a_value_that_a_later_cell_changed_counts() -> None:
    stage, made = looking.Stage({"answer": 1}), looking.challenges(PART)
    looking.look_at(stage, made)
    looking.look_at(stage, made)
    assert len(stage.lines) == 1
    stage.namespace["answer"] = 2
    stage.lines.append(b'{"kind": "cell", "index": 1, "place": 1}\n')
    assert looking.seen(PART, looking.look_at(stage, made)).equals(2).met


def test_a_value_that_is_not_there_is_none() -> None:
    assert not looking.look(PART, {}).parts


@pytest.mark.parametrize("text", ["", "[", "[[]]"])
def test_what_no_probe_wrote_is_never_right(text: str) -> None:
    stage = looking.Stage({})
    stage.send("value", name="answer", outcome="value", value=text)
    evidence = looking.compared(stage, looking.challenges(PART))
    assert not looking.seen(PART, evidence).equals(None).met


def test_a_form_is_a_text() -> None:
    with pytest.raises(PartError, match="form is a text"):
        Value("answer", form=3)  # type: ignore[arg-type]
