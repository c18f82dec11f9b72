"""docs/goals.md is made from goals as authors write them."""

from collections.abc import Callable

from grader.authoring import Goal, Quantity
from grader.goals import words

PAGE = """\
# Goals

What a training must come to is written as goals, which the part that trains is given:

```python
from grader.authoring import Goal

GOAL = Goal("accuracy", at_least=0.9, by_epoch=10)
model = clothes.part(
    TrainedModel("train", variable="history", loader=images, goals=(GOAL,), most_epochs=10)
)


@training.check(model.training, points=40, hint="Does the accuracy rise too slowly?")
def goal_reached(training: Training) -> Expectation:
    \"\"\"Training reaches 90 % accuracy by epoch 10.\"\"\"
    return targets.reaches(training, GOAL)
```

A goal is a number of the training, with a bound and a time:

- the *metric*, as the history logs it; `accuracy` is the share classified correctly, under
  whichever name the student's metric has;
- the *split*: `training`, which is what is meant if none is named, `validation` or `test`;
- one *bound*: `at_least`, `at_most`, `above` or `below`, as a share from 0 to 1 where it is one;
- a *time*: `before_epoch` or `by_epoch`, or `at_end`, when training has ended; without one, any
  epoch will do that is looked at;
- `minus` a `Quantity`: the bound is then one of the difference;
- `retry_within`, such as 0.1: the next seeds are tried only where the best value came that near to
  the bound. Without it they are tried however far it was. Use it where a training takes long and
  what luck can do is known.

`most_epochs` says how many epochs are looked at: the grader trains no more. It is the deadline of
[several trainings together](training.md#several-trainings) where the goal has none.

What is said of it in reports, pages, charts and on terminals is made from the goal:

| written | said | points for reaching it |
|---|---|---|
{rows}
*Given* are points for what the grader has measured itself, on all images: the accuracy in training
and on [validation data](training.md#validation-data), and the loss on validation data, after the
epochs that may have reached the goal; the same on [test data](training.md#test-data), and how far
two accuracies are apart, when training has ended. These take splits of the dataset for validation
and tests, class folders or arrays; without them, such points wait. The next seeds are tried where a
goal was missed by bad luck, and how much of an accuracy bears another one out is [computed from the
goal](training.md#other-goals). Only what is among the `goals` of the part that trains is measured.

A training that missed such an accuracy [is told why](diagnoses.md), where that is sure: by the
check that calls `targets.reaches`, in the place of its hint, or else beside the curves.

Of any other number there is but the log of a notebook, and whoever writes a notebook can write a
log. A goal that is missed by that log is missed. Points for one that is reached by it *wait*: the
verdict is `needs_review`, and a person looks.

Checks of your own cannot believe a log by accident: a `Training` has what the grader made or
measured itself, and its `curves` are empty where the notebook trained. What only the notebook says
is `TrainedModel.claims`, no evidence but a claim. `group.check` refuses it, mypy does too, and
`group.check_claim` takes it, so that points wait for a person here as well:

```python
@clothes.group("validation").check_claim(model.claims, points=10, hint="Is it learnt by heart?")
def validated(claims: ClaimedTraining) -> Expectation:
    \"""Validation reaches a recall of 80 %.\"""
    best = max((rate or 0.0 for rate in claims.curves.get("val_recall", ())), default=0.0)
    return expect(best >= 0.8, "a recall of 80%", f"{{best:.0%}}")
```

A goal that nobody can have meant, such as a loss of at least 0.3 or an accuracy of 90 where 0.9 is
meant, is refused when the assignment is loaded, with its file and line and what to write instead.
"""
WRITTEN = (
    'Goal("accuracy", at_least=0.999, before_epoch=15)',
    "Goal(at_least=0.9, by_epoch=10)",
    "Goal(above=0.9, at_end=True)",
    'Goal("accuracy", "validation", at_least=0.75)',
    'Goal("accuracy", "test", at_least=0.75)',
    'Goal("loss", "validation", at_most=0.3, at_end=True)',
    'Goal("loss", "test", at_most=0.3)',
    'Goal("mean_absolute_error", below=2, by_epoch=20)',
    'Goal("recall", "validation", at_least=0.8)',
    'Goal(at_most=0.05, at_end=True, minus=Quantity("accuracy", "validation"))',
    'Goal("loss", below=0, at_end=True, minus=Quantity("loss", first_epoch=True))',
)


def row(written: str) -> str:
    goal: Goal = eval(written, {"Goal": Goal, "Quantity": Quantity})  # noqa: S307 - those above
    given = goal.measured or goal.measured_on
    return f"| `{written}` | {words.sentence(goal)} | {'given' if given else 'wait'} |\n"


def test_the_page_is_what_the_code_says(keep_true: Callable[[str, str], None]) -> None:
    keep_true("goals.md", PAGE.format(rows="".join(map(row, WRITTEN))))
