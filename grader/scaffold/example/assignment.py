"""Example: two parts that students write, and what each must do.

Change what is here into your own assignment: first the cells of the notebook, then the parts, then
the checks. Run `grader check` after each change.
"""

from pathlib import Path

from grader.authoring import (
    Assignment,
    Expectation,
    Function,
    FunctionView,
    Value,
    ValueView,
    expect,
)

HERE = Path(__file__).parent
# Outputs above it are of the class 1.
BETWEEN = 0.5

assignment = Assignment("example", "Example", HERE / "example.ipynb")

# Labels of some images, and what a network with one sigmoid unit makes of these.
CASES = [
    ([1, 0, 1, 0], [0.9, 0.2, 0.8, 0.1]),
    ([1, 0, 1, 0], [0.9, 0.2, 0.3, 0.6]),
    ([1, 0], [0.5, 0.5]),
    ([1, 1], [0.505, 0.495]),
    ([0], [0.7]),
]


def right_accuracy(labels: list[int], outputs: list[float]) -> float:
    """Return the accuracy, for the grader to compare with; no student sees it."""
    told = [int(output > BETWEEN) for output in outputs]
    right = [one == other for one, other in zip(labels, told, strict=True)]
    return sum(right) / len(right)


# A part is what students write. This one is called with all cases.
accuracy = assignment.part(Function("accuracy", cases=CASES, reference=right_accuracy))
guessed = assignment.part(Value("guessed", form="a number between 0 and 1"))

functions = assignment.group("functions")
answers = assignment.group("answers")


# The docstring is what students read, and the hint is shown to those who fail the check.
@functions.check(accuracy, points=6, hint="Which outputs count as the class 1?")
def accuracy_is_right(function: FunctionView) -> Expectation:
    """The share of right outputs is computed."""
    return function.agrees()


@functions.check(accuracy, points=2, hint="Can an accuracy be larger than 1?")
def accuracy_is_a_share(function: FunctionView) -> Expectation:
    """An accuracy lies between 0 and 1."""
    found = [call.answer.outcome == "value" and call.value for call in function.calls]
    shares = all(isinstance(each, float) and 0 <= each <= 1 for each in found)
    told = "such numbers" if shares else "something else"
    return expect(shares, "numbers from 0 to 1", told)


@answers.check(guessed, points=2, hint="How often is a coin right?")
def guessed_is_right(value: ValueView) -> Expectation:
    """The accuracy of guessing is known."""
    return value.equals(0.5)
