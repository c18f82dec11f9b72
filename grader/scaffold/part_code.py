"""Writes the part and the checks of a graded cell."""

from collections.abc import Sequence

from grader.assignments.hints import given_away
from grader.records.graded_names import is_call, variable_of
from grader.scaffold.graded_cells import AuthorCell, AuthorNotebook
from grader.scaffold.guessing import (
    LOADS,
    PartKind,
    compared,
    constant,
    drawn,
    given_to,
    kind_of,
    literal,
    required,
    snake,
)
from grader.scaffold.part_text import PartCode
from grader.scaffold.python_code import WIDTH, call, quoted, remark

_POINTS = "points=10"
_OF_CLASS = (
    "Objects of a class cannot be compared. Write below it, in the same cell, a function that uses "
    "it and returns numbers or texts; name that one in the cell's comment, and here. "
)
_PLAIN_HINT = "What does the text above the cell ask for?"


class PartWriter:
    """Writes the parts of a notebook, one after the other.

    Args:
        notebook: The author's.
        secret: Lines of its solution, which no hint may have.
    """

    def __init__(self, notebook: AuthorNotebook, secret: Sequence[str]) -> None:
        self._notebook = notebook
        self._secret = secret
        self._taken: set[str] = set()
        self._loader = ""

    def write(self, cell: AuthorCell) -> PartCode:
        """Write the part of a cell.

        Raises:
            UsageError: No given cell keeps what it returns, and one must.
        """
        kind, base = kind_of(cell), snake(cell.name)
        while base in self._taken:
            base += "_2"
        self._taken.add(base)
        part = PartCode(cell.name, kind, f"{base}_part")
        writers = {
            PartKind.LOADER: self._loader_part,
            PartKind.CALLBACK: self._callback_part,
            PartKind.TRAINING: self._training_part,
            PartKind.FIGURE: self._figure,
            PartKind.FUNCTION: self._function,
            PartKind.VALUE: self._value,
            PartKind.CELL: self._cell,
        }
        writers[kind](part, cell)
        return part

    def _declare(self, part: PartCode, kind: str, *arguments: str, todo: str = "") -> None:
        part.imports |= {kind}
        made = call(kind, [quoted(part.name), *arguments])
        line = f"{part.variable} = assignment.part({made})"
        if "\n" in made or len(line) > WIDTH:
            inner = call(kind, [quoted(part.name), *arguments], "    ")
            line = f"{part.variable} = assignment.part(\n{inner},\n)"
        part.lines = f"{remark(todo)}\n{line}" if todo else line

    def _check(  # noqa: PLR0913, PLR0917 - so much is said of each
        self, part: PartCode, what: str, title: str, hint: str, evidence: Sequence[str],
        takes: Sequence[str], returns: str, todo: str = "",
    ) -> None:  # fmt: skip
        """Add a check; with something to do, it raises until that is done."""
        base = part.variable.removesuffix("_part")
        said = hint if given_away(hint, self._secret) is None else _PLAIN_HINT
        asked = [f"{part.variable}{each}" for each in evidence]
        head = call(
            f"@assignment.group({quoted(part.kind.value)}).check",
            [*asked, _POINTS, f"hint={quoted(said)}"],
        )
        lines = [head, call(f"def {base}_{what}", takes, behind=" -> Expectation:")]
        lines.append(f'    """{"TODO: " if title[0].islower() else ""}{title}"""')
        if todo:
            part.open += 1
            lines.append(remark(f"TODO: {todo} Then return {returns}.", "    "))
            lines.append(
                f"    raise NotImplementedError({quoted('this check is not written yet')})"
            )
        else:
            lines.append(f"    return {returns}")
        part.imports |= {
            "Expectation",
            *(kind for each in takes if (kind := each.split(": ")[1]).isidentifier()),
        }
        part.checks.append("\n".join(lines))

    def _function(self, part: PartCode, cell: AuthorCell) -> None:
        given = ["None"] * required(cell.node)
        case = f"({', '.join(given)}{',' * (len(given) == 1)})"
        part.imports |= {"Case"}
        self._declare(
            part, "Function", f"cases=[Case({case}, expected=None)]",
            todo=f"TODO: {_OF_CLASS if cell.is_class else ''}Write the calls that are tried, each "
            "with what is right.",
        )  # fmt: skip
        self._check(
            part, "is_right", "what it must return, in a sentence that students read.",
            "What does it return for the example?", [""], ["function: FunctionView"],
            "function.agrees()", "Write the cases above.",
        )  # fmt: skip

    def _value(self, part: PartCode, cell: AuthorCell) -> None:
        self._declare(part, "Value")
        right = literal(cell)
        self._check(
            part, "is_right", "The answer is right.", "Look at the question once more.", [""],
            ["value: ValueView"], f"value.equals({right or '...'})",
            "" if right else "Write what is right.",
        )  # fmt: skip

    def _cell(self, part: PartCode, cell: AuthorCell) -> None:  # noqa: ARG002 - all alike
        self._declare(part, "GradedCell")

    def _figure(self, part: PartCode, cell: AuthorCell) -> None:
        needed = required(cell.node)
        kinds = drawn(cell) or ["line"]
        if cell.node is None:
            self._declare(part, "Figure")
        elif not needed:
            self._declare(part, "Figure", "cases=[()]")
        else:
            part.imports |= {"Case"}
            given = ", ".join(["None"] * needed) + "," * (needed == 1)
            self._declare(
                part, "Figure", f"cases=[Case(({given}))]",
                todo="TODO: Write the arguments with which it is called.",
            )  # fmt: skip
        for kind in kinds:
            self._check(
                part, f"has_{kind}", f"What is asked for is drawn: {kind}.",
                "Is all drawn that is asked for?", [""], ["figure: FigureView"],
                f"figure.has({quoted(kind)})", "Write the cases above." if needed else "",
            )  # fmt: skip

    def _loader_part(self, part: PartCode, cell: AuthorCell) -> None:
        kept = self._notebook.kept(cell)
        self._declare(part, "ImageLoader", f"variable={quoted(kept)}")
        self._loader = self._loader or part.variable
        part.imports |= {"loaders"}
        takes = ["loader: Loader"]
        self._check(
            part, "images_found", "All images of all classes are found.",
            "Which folder holds a folder for each class?", [".loader", ".dataset"],
            [*takes, "dataset: tuple[int, int]"], "loaders.finds(loader, *dataset)",
        )  # fmt: skip
        if isinstance(size := constant(given_to(cell.code, LOADS, "batch_size")), int):
            self._check(
                part, "batch_size", f"Images come in batches of {size}.",
                "How many images come at a time?", [".loader"], takes,
                f"loaders.batches_of(loader, {size})",
            )  # fmt: skip
        match constant(given_to(cell.code, LOADS, "target_size")):
            case (int(height), int(width)):
                self._check(
                    part, "image_size", f"Images are {height} by {width} pixels.",
                    "Which argument resizes the images?", [".loader"], takes,
                    f"loaders.sized(loader, {height}, {width})",
                )  # fmt: skip
        if constant(given_to(cell.code, LOADS, "class_mode")) == "binary":
            self._check(
                part, "labels", "Labels are single numbers, 0 or 1.",
                "How many numbers tell two classes apart?", [".loader"], takes,
                "loaders.binary_labels(loader)",
            )  # fmt: skip

    def _callback_part(self, part: PartCode, cell: AuthorCell) -> None:
        threshold = compared(cell)
        bound = 0.9 if threshold is None else threshold
        near = sorted({0.0, 0.5, bound, round((bound + 1) / 2, 6), 1.0})
        todo = "" if threshold is not None else "Write the accuracy above which it stops."
        self._declare(
            part, "StoppingCallback", f"threshold={bound}", f"accuracies={tuple(near)}",
            todo=f"TODO: {todo}" if todo else "",
        )  # fmt: skip
        part.imports |= {"callbacks"}
        both = ["callback: Callback", "in_training: InTraining"]
        evidence = [".callback", ".in_training"]
        self._check(
            part, "stops_above", "Training stops above the accuracy.",
            "What is compared with what?", evidence, both,
            f"callbacks.stops_above(callback, in_training, {bound})", todo,
        )  # fmt: skip
        self._check(
            part, "goes_on_below", "Training goes on below the accuracy.",
            "At which accuracy must training still go on?", evidence, both,
            f"callbacks.goes_on_below(callback, in_training, {bound})", todo,
        )  # fmt: skip
        self._check(
            part, "lives_without", "Logs without an accuracy do no harm.",
            "What does a dictionary give for a key that it lacks?", [".callback"], both[:1],
            "callbacks.lives_without(callback)",
        )  # fmt: skip

    def _training_part(self, part: PartCode, cell: AuthorCell) -> None:
        kept = variable_of(cell.name) or self._notebook.kept(cell)
        epochs = constant(given_to(cell.code, {"fit"}, "epochs"))
        most = epochs if isinstance(epochs, int) else 10
        source = f"loader={self._loader}" if self._loader else 'data="train"'
        self._declare(
            part, "TrainedModel", f"variable={quoted(kept)}", source, f"most_epochs={most}"
        )
        part.imports |= {"compilations"}
        self._check(
            part, "logs_accuracy", "An accuracy is logged.",
            "Under which name is the metric logged?", [".model", ".compilation", ".one_hot"],
            ["model: Model", "compilation: Compilation", "one_hot: bool | None"],
            "compilations.logs_accuracy(model, compilation, one_hot=one_hot)",
        )  # fmt: skip
        if not is_call(cell.name):
            self._history_returned(part)
        self._check(
            part, "goal_reached", "what the training must come to.",
            "Does the accuracy rise too slowly?", [".training"], ["training: Training"],
            "targets.reaches(training, GOAL)",
            "Name a Goal, such as one of accuracy with at_least and by_epoch, and hand it to "
            "TrainedModel in goals; it is imported as targets is.",
        )  # fmt: skip

    def _history_returned(self, part: PartCode) -> None:
        part.imports |= {"returned"}
        self._check(
            part, "history_returned", "The History of the training is returned.",
            "Does it return what fit gives?", [".result", ".training"],
            ["result: Result", "training: Training"], "returned.returned(result, training)",
        )  # fmt: skip
