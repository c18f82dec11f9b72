"""A function is called with the author's arguments, and its answers are compared outside."""

import gc
import math
import os
import sys
import time
from collections.abc import Callable
from itertools import count
from typing import Any

import looking
import numpy as np
import pytest

from grader.checks import Absent, Expectation
from grader.kinds.function.part import Case, Function, Tolerance
from grader.kinds.function.view import CALLABLE, RETURN, FunctionView
from grader.kinds.kind import PartError

TURNS = count()


def area(width: float, height: float) -> float:
    return width * height


AREA = Function(
    "area",
    cases=[(2, 3), Case((2,), {"height": 0.5}), Case((1, 1), expected=1)],
    reference=area,
    draw=lambda generator: (int(generator.integers(2, 9)), int(generator.integers(2, 9))),
)


def view(function: object, part: Function = AREA, random: bytes = bytes(32)) -> FunctionView:
    return looking.seen(part, looking.look(part, {part.name: function}, random))


def agrees(function: object, part: Function = AREA) -> Expectation:
    return view(function, part).agrees()


def one(*args: Any, gives: Any, name: str = "f", **options: Any) -> Function:
    return Function(name, cases=[Case(args, expected=gives)], **options)


def test_a_right_function_agrees() -> None:
    assert agrees(lambda width, height: height * width) == Expectation(
        met=True, expected="the right value for 8 calls", actual="right for all of them"
    )


@pytest.mark.parametrize(
    ("body", "actual"),
    [
        ("width + height", "area(2, 3) = 5"),
        ("width * 3", "area(2, height=0.5) = 6: 6, not 1.0"),
        ("None", "area(2, 3) = None"),
        ("[6]", "area(2, 3) = [6]: a list of 1, not 6 (a whole number)"),
        ("width()", "raised TypeError"),
        ("1 / 0", "area(2, 3) raised ZeroDivisionError: division by zero"),
    ],
)
def test_the_first_wrong_answer_is_told(body: str, actual: str) -> None:
    found = agrees(eval(f"lambda width, height: {body}"))  # noqa: S307 - the test's own
    assert not found.met
    assert actual in found.actual


def test_right_for_the_given_calls_alone_is_not_enough() -> None:
    known = {(2, 3): 6, (2, 0.5): 1.0, (1, 1): 1}
    found = agrees(lambda width, height: known.get((width, height), 0))
    assert not found.met
    assert found.actual.endswith("= 0")


def test_a_forgotten_return_is_asked_for() -> None:
    assert agrees(lambda width, height: str(width * height) and None).hint == RETURN


@pytest.mark.parametrize(
    ("other", "words"), [(3, "a number (int)"), ("area", "a text (str)"), (None, "nothing")]
)
def test_what_is_no_function_is_told(other: object, words: str) -> None:
    found = agrees(other)
    assert (found.expected, found.actual) == ("a function called area", words)
    assert found.hint == CALLABLE


def test_of_a_name_that_is_not_there_nothing_is_known() -> None:
    assert not looking.look(AREA, {}).parts


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        (np.arange(6).reshape(2, 3), np.arange(6).reshape(2, 3) / 1),
        ({"a": [1, 2]}, {"a": [1, 2]}),
        ("Ångström", "Ångström"),
        (None, None),
        (10**40, 10**40),
        (np.zeros((8, 8, 3), np.uint8), np.zeros((8, 8, 3), np.uint8)),
        (1 / 3, np.float32(1 / 3)),
    ],
    ids=["array", "dict", "text", "None", "large number", "image", "32-bit"],
)
def test_values_of_many_kinds_are_compared(expected: Any, actual: Any) -> None:
    assert agrees(lambda: actual, one(gives=expected)).met


@pytest.mark.parametrize(
    ("expected", "actual", "words"),
    [
        ([1, 2, 3], (1, 2, 3), "a tuple of 3, not a list of 3"),
        (np.ones(3), np.ones((3, 1)), "an array of shape (3, 1), not of shape (3,)"),
        ({"a": 1}, {"b": 1}, "no key 'a'"),
        (True, 1, "1 (a whole number), not True (a truth value)"),
        ("a" * 200 + "b", "a" * 200 + "c", "f() = a text: 'aaaaaaaaaac', not 'aaaaaaaaaab' at"),
        ([[1, 2], [3, 4]], [[1, 2], [3, 5]], "5, not 4 at [1][1]"),
        (np.zeros((40, 40)), np.eye(40), "1.0, not 0.0 at [0, 0]"),
        (3, iter(()), "a tuple_iterator, not 3 (a whole number)"),
    ],
)
def test_where_values_differ_is_told(expected: Any, actual: Any, words: str) -> None:
    assert words in agrees(lambda: actual, one(gives=expected)).actual


def test_a_tolerance_is_told_with_the_number() -> None:
    part = one(gives=2.0, tolerance=Tolerance(relative=0.0, absolute=0.01))
    assert agrees(lambda: 2.009, part).met
    found = agrees(lambda: 2.02, part)
    assert (found.expected, found.actual) == ("f() = 2.0 (within 0.01)", "f() = 2.02")


def test_a_changed_argument_is_told() -> None:
    part = one([3, 1, 2], gives=[1, 2, 3])

    def sorts(values: list[int]) -> list[int]:
        values.sort()
        return values

    assert view(sorts, part).agrees().met
    found = view(sorts, part).keeps_arguments()
    assert (found.met, found.actual) == (False, "f([3, 1, 2]) changed what it was given")
    assert view(sorted, part).keeps_arguments().met


@pytest.mark.parametrize("returned", [None, 0, [1, 2, 4]])
def test_of_a_function_that_is_never_right_nobody_says_what_it_does_to_arguments(
    returned: object,
) -> None:
    part = Function("f", cases=[([3, 1, 2],)], reference=sorted)
    with pytest.raises(Absent, match="f returned no right value yet"):
        view(lambda _: returned, part).keeps_arguments()


EMPTY = {
    "list": ([2, 1], []),
    "array": (np.ones(3), np.zeros(0)),
    "dict": ({"a": 1}, {}),
    "set": ({1}, set()),
    "rows": ([{"city": "Oslo"}], []),
    "nothing": ([2, 1], None),
    "a number": ([2, 1], 0),
    "a tuple with a list": (([2],), ()),
}


@pytest.mark.parametrize(("full", "empty"), EMPTY.values(), ids=EMPTY)
def test_a_call_with_nothing_to_change_tells_nothing_of_arguments(full: Any, empty: Any) -> None:
    def fails(value: Any) -> str:
        if repr(value) != repr(empty):
            raise TypeError
        return repr(value)

    part = Function("f", cases=[(full,), (empty,)], reference=repr)
    with pytest.raises(Absent):
        view(fails, part).keeps_arguments()
    assert view(repr, part).keeps_arguments().met


def test_a_function_of_numbers_keeps_its_arguments_where_it_is_right() -> None:
    assert view(area).keeps_arguments().met


def test_a_wrong_function_that_changes_its_argument_is_told_so() -> None:
    part = Function("f", cases=[([3, 1, 2],)], reference=sorted)
    found = view(lambda values: values.clear(), part).keeps_arguments()
    assert (found.met, found.actual) == (False, "f([3, 1, 2]) changed what it was given")


def test_a_function_that_is_right_at_times_keeps_its_arguments() -> None:
    part = Function("f", cases=[([3, 1, 2],), ([1],)], reference=sorted)
    assert view(lambda values: values, part).keeps_arguments().met


@pytest.mark.parametrize(
    "argument", [np.zeros(3), {"a": 1}, {3}, [[1]]], ids=["array", "dict", "set", "list"]
)
def test_each_call_has_arguments_of_its_own(argument: Any) -> None:
    def spoils(value: Any) -> str:
        before = repr(value)
        value.clear() if hasattr(value, "clear") else value.fill(7)
        return before

    part = Function("f", cases=[(argument,), (argument,)], reference=repr)
    found = view(spoils, part)
    assert found.agrees().met
    assert not found.keeps_arguments().met


@pytest.mark.parametrize("right", [math.nan, math.inf, {"b", "a", "c"}, None])
def test_a_reference_that_returns_the_same_twice_is_one(right: object) -> None:
    part = Function("f", cases=[(1,)], reference=lambda _: right)
    assert agrees(lambda _: right, part).met


def test_of_what_is_no_number_no_tolerance_is_told() -> None:
    part = Function("f", cases=[(1,)], reference=lambda _: math.nan)
    assert agrees(lambda _: 1.0, part).expected == "f(1) = nan"


def test_the_reference_may_change_its_arguments() -> None:
    part = Function("f", cases=[([1, 2],)], reference=lambda values: values.pop())
    assert agrees(lambda values: values[-1], part).met


def test_a_call_that_takes_too_long_is_told_and_the_others_are_made() -> None:
    def slow(number: int) -> int:
        end = time.monotonic() + 60 * number
        while time.monotonic() < end:
            pass
        return 0

    part = Function("f", cases=[*[(0,)] * 24, (1,)], reference=lambda _: 0)
    found = view(slow, part)
    assert [each.answer.outcome for each in found.calls] == ["value"] * 24 + ["slow"]
    assert found.agrees().actual == "f(1) did not return in time"


@pytest.mark.parametrize("leave", [SystemExit, KeyError, RecursionError, MemoryError])
def test_whatever_a_function_raises_is_told_as_its_own(leave: type[BaseException]) -> None:
    def leaves() -> None:
        raise leave

    assert leave.__name__ in agrees(leaves, one(gives=1)).actual


def test_calls_come_in_an_order_of_their_own_in_each_run() -> None:
    part = Function("f", cases=[(n,) for n in range(20)], reference=lambda n: n)
    orders = []
    for random in (b"a" * 32, b"b" * 32):
        seen: list[int] = []
        assert view(lambda n, seen=seen: seen.append(n) or n, part, random).agrees().met
        orders.append(seen)
    assert orders[0] != orders[1]
    assert sorted(orders[0]) == sorted(orders[1]) == list(range(20))


def test_drawn_arguments_are_others_in_each_run() -> None:
    drawn = [
        [each.words for each in view(area, random=random).calls if each.drawn]
        for random in (b"a" * 32, b"b" * 32)
    ]
    assert drawn[0] != drawn[1]
    assert [len(each) for each in drawn] == [5, 5]


class Sly:
    """Returns what is right the first time it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, width: float, height: float) -> float:
        self.asked += 1
        return width * height if self.asked == 1 else -1


class Equal:
    def __eq__(self, _: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


def reads_the_stack(*_: float) -> object:
    """Return whatever it finds that somebody expects."""
    held = [each for each in gc.get_objects() if isinstance(each, dict) and "expected" in each]
    return [str(each["expected"]) for each in held if "outcome" in each]


def contains_itself(width: float, height: float) -> list[Any]:
    found: list[Any] = [width * height]
    found.append(found)
    return found


@pytest.mark.parametrize(
    "function",
    [
        Sly(),
        lambda *_, **__: Equal(),
        reads_the_stack,
        contains_itself,
        lambda *_, **__: "x" * 10**8,
        lambda *_, **__: type("Whole", (), {"text": "6"})(),
        lambda *_, **__: [[[0] * 100] * 100] * 100,
    ],
    ids=["sly", "equal", "stack", "itself", "100 MB", "our own", "wide"],
)
def test_no_trick_agrees(function: Callable[..., Any]) -> None:
    assert not agrees(function).met


def test_what_is_right_is_not_among_what_is_sent() -> None:
    part = Function("f", cases=[Case((1,), expected="a-secret")], reference=lambda _: "a-secret")
    [request] = looking.requests(looking.challenges(part))
    assert "a-secret" not in repr(request)


@pytest.mark.parametrize(
    "forged",
    [
        [],
        [{"outcome": "value", "value": "6"}] * 9,
    ],
)
def test_answers_to_other_calls_are_not_believed(forged: list[dict[str, Any]]) -> None:
    stage = looking.Stage({})
    stage.send("function", name="area", answers=forged)
    evidence = looking.compared(stage, looking.challenges(AREA))
    assert not evidence.parts
    assert "area" in evidence.tampered


def test_what_a_kernel_says_was_expected_is_not_believed() -> None:
    stage, part = looking.Stage({}), one(gives=6)
    answer = {"outcome": "value", "value": "5", "expected": "5", "arguments": "null"}
    stage.send("function", name="f", answers=[answer])
    evidence = looking.compared(stage, looking.challenges(part))
    assert looking.seen(part, evidence).agrees().actual == "f() = 5"


@pytest.mark.parametrize("value", ["", "[", '["array"]', '["list"'])
def test_a_value_that_cannot_be_read_is_none_that_agrees(value: str) -> None:
    stage, part = looking.Stage({}), one(gives=6)
    stage.send("function", name="f", answers=[{"outcome": "value", "value": value}])
    evidence = looking.compared(stage, looking.challenges(part))
    assert "cannot be read" in looking.seen(part, evidence).agrees().actual


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (Function("f", cases=[(1,)], reference=lambda _: 1 / 0), "reference raised ZeroDivision"),
        (Function("f", cases=[(1,)], reference=lambda _: object()), "what is right is an object"),
        (
            Function("f", reference=area, draw=lambda _: 1 / 0, draws=1),  # type: ignore[arg-type,return-value]
            "draw raised ZeroDivisionError",
        ),
        (Function("f", reference=area, draw=lambda _: (object(),)), "an argument is an object"),
        (Function("f", cases=[(1,)], reference=lambda _: sys.exit(1)), "SystemExit"),
        (Function("f", cases=[(1,)], reference=lambda _: os.urandom(8)), "called twice alike"),
        (
            Function("f", cases=[(1,)], reference=lambda _: next(TURNS)),
            "the reference returned 1, not 0",
        ),
        (
            Function("f", cases=[(1,)], reference=lambda _: np.random.default_rng().random(3)),
            "called twice alike",
        ),
        (
            Function("f", cases=[(1,)], reference=lambda _, kept=[]: [*kept, kept.append(1)]),
            "a list of 2, not a list of 1",
        ),
        (Function("f", reference=abs, draw=lambda _: 3), "of a single argument, write"),  # type: ignore[arg-type,return-value]
    ],
)
def test_a_fault_of_the_authors_is_none_of_the_student(part: Function, words: str) -> None:
    evidence = looking.look(part, {"f": lambda *_: 1})
    assert not evidence.parts
    assert [fault.name for fault in evidence.faults] == ["f"]
    assert words in evidence.faults[0].message
    assert evidence.faults[0].of_assignment


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "expected calls by cases or draw, found none"),
        ({"cases": [(1,)]}, "no expected value, nor a reference"),
        ({"draw": lambda _: (1,)}, "draw needs a reference"),
        ({"cases": [(1,)] * 101, "reference": abs}, "found 101"),
        ({"cases": [(object(),)], "reference": abs}, "an argument is an object"),
        ({"cases": [Case((1,), expected=iter(()))]}, "an expected value is"),
        ({"cases": 3, "reference": abs}, "expected a list of cases, found 3"),
        ({"cases": "abc", "reference": abs}, "a tuple of arguments or a Case with one, found 'a'"),
        ({"cases": [3], "reference": abs}, "found 3; of a single argument, write \\(argument,\\)"),
        ({"cases": [[3]], "reference": abs}, "a tuple of arguments or a Case"),
        ({"cases": [Case(3)], "reference": abs}, "a tuple of arguments or a Case"),  # type: ignore[arg-type]
        ({"cases": [(1,)], "reference": 1}, "reference is a right function, found 1"),
        ({"cases": [(1,)], "reference": abs, "tolerance": 0.1}, "expected a Tolerance, found 0.1"),
        ({"draw": (1,), "reference": abs}, "draw is a function of a random generator"),
        ({"draw": lambda _: (1,), "draws": 0, "reference": abs}, "draws is how many calls"),
        ({"draw": lambda _: (1,), "draws": 2.5, "reference": abs}, "draws is how many calls"),
        ({"cases": [("x" * 5_000_000,)], "reference": len}, "an argument is too large"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_at_once(options: Any, words: str) -> None:
    with pytest.raises(PartError, match=words):
        Function("f", **options)


@pytest.mark.parametrize("name", ["", "1a", "a b", "f()", "a.b", 5])
def test_a_part_has_a_name_of_python(name: Any) -> None:
    with pytest.raises(PartError, match="expected a name of Python"):
        Function(name, cases=[(1,)], reference=abs)


def test_a_function_is_not_called_again_unless_it_is_another_or_raised() -> None:
    asked: list[int] = []
    part, stage = one(1, gives=1), looking.Stage({"f": asked.append})
    made = looking.challenges(part)
    for _ in range(2):
        looking.look_at(stage, made)
    assert asked == [1]
    stage.namespace["f"] = lambda _: missing()  # type: ignore[name-defined]  # noqa: F821
    assert not looking.seen(part, looking.look_at(stage, made)).agrees().met


def test_a_function_whose_helper_is_defined_later_is_called_again() -> None:
    namespace: dict[str, Any] = {}
    exec("def f(n):\n    return helper(n)", namespace)  # noqa: S102 - as a cell does
    part, stage = one(1, gives=2), looking.Stage(namespace)
    made = looking.challenges(part)
    looking.look_at(stage, made)
    namespace["helper"] = lambda n: n + 1
    stage.lines.append(b'{"kind": "cell", "index": 1, "place": 1}\n')
    assert looking.seen(part, looking.look_at(stage, made)).agrees().met
