"""What checks get of a file."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from grader.checks.declaration import Expectation, ProbeFault, met, missed
from grader.checks.trusted import Training
from grader.kinds.file.event_files import scalars
from grader.kinds.file.evidence import FileEvidence, Reloaded
from grader.kinds.file.part import File
from grader.kinds.file.tables import table_of
from grader.kinds.kind import Explain, plainly
from grader.values.compare import Tolerance, difference
from grader.values.decode import UnreadableError, decode
from grader.values.records import Table

AGAIN = "Save the model once it is trained, and leave it as it is from there on."
LOAD = "Does the cell that loads it run to its end?"
UNKNOWN = "The weights in {} cannot be compared, as the grader did not train the model itself."
_PROBLEMS = {"slow": "it did not load in time", "large": "it predicts more than can be looked at"}
_TOLERANCE = Tolerance(relative=1e-4, absolute=1e-5)
_EXACT = Tolerance()
_MOST_NAMED, _LONGEST = 10, 40


class FileView:
    """A file that the notebook left.

    Args:
        part: What the author asked for.
        record: What was observed.
        explain: Explains exceptions of the student's code.
    """

    def __init__(self, part: File, record: FileEvidence, explain: Explain = plainly) -> None:
        self._path, self._loaded = part.path, part.loaded
        self._explain = explain
        self._record = record
        found = decode(record.content) if record.content else b""
        self.content = found if isinstance(found, bytes) else b""

    @property
    def text(self) -> str:
        """What is in it, as UTF-8; what is none is replaced."""
        return self.content.decode("utf-8-sig", "replace")

    def table(self, delimiter: str = ",") -> Table:
        """What is in it, as CSV.

        Args:
            delimiter: What is between two places of a line.

        Raises:
            ValueError: It is none.
        """
        return table_of(self.text, delimiter)

    def exists(self) -> Expectation:
        """There is such a file, which is not empty."""
        right = f"a file {self._path}"
        if self._record.problem:
            return missed(right, self._record.problem)
        if not self.content and self._record.reloaded is None:
            return missed(right, "it is empty")
        return met(right, "it is there")

    def has_lines(self, at_least: int, pattern: str = "") -> Expectation:
        """It has so many lines in which a regular expression is found.

        Args:
            at_least: How many.
            pattern: The expression; each line that is not blank has nothing.
        """
        such = f" with {pattern}" if pattern else ""
        right = f"at least {at_least} lines{such}"
        if not (there := self.exists()).met:
            return missed(right, f"{self._path}: {there.actual}")
        lines = [line for line in self.text.splitlines() if line.strip()]
        count = sum(bool(re.search(pattern, line)) for line in lines)
        found = f"{count} such lines" if pattern else f"{count} lines"
        return met(right, found) if count >= at_least else missed(right, found)

    def has_columns(
        self, *names: str, rows: int | None = None, delimiter: str = ","
    ) -> Expectation:
        """It is CSV with these columns, others beside them or not.

        Args:
            names: Of columns.
            rows: How many rows there are beside the names; None for any number of at least one.
            delimiter: What is between two places of a line.
        """
        count = "at least 1 row" if rows is None else f"{rows} rows"
        right = f"columns {', '.join(names)} and {count}"
        found = self._as_table(right, delimiter)
        if isinstance(found, Expectation):
            return found
        there = len(found.index)
        lacking = [name for name in names if name not in found.columns]
        fits = there > 0 if rows is None else there == rows
        words = f"columns {_listed(found.columns)} and {there} rows"
        return missed(right, words) if lacking or not fits else met(right, words)

    def holds(
        self,
        columns: Mapping[str, Sequence[object]],
        tolerance: Tolerance = _EXACT,
        delimiter: str = ",",
    ) -> Expectation:
        """It is CSV that has in some columns what is right.

        Args:
            columns: The rows of each of them.
            tolerance: How far numbers may be off.
            delimiter: What is between two places of a line.
        """
        right = f"the right values in {', '.join(columns)}"
        found = self._as_table(right, delimiter)
        if isinstance(found, Expectation):
            return found
        data = dict(zip(found.columns, found.data, strict=True))
        for name, rows in columns.items():
            if name not in data:
                return missed(right, f"no column {name}")
            differs = difference(list(rows), data[name], tolerance)
            if differs is not None:
                return missed(right, f"in column {name}: {differs}")
        return met(right, right)

    def _as_table(self, right: str, delimiter: str) -> Table | Expectation:
        if not (there := self.exists()).met:
            return missed(right, f"{self._path}: {there.actual}")
        try:
            return self.table(delimiter)
        except ValueError as error:
            return missed(right, f"{self._path} is no CSV: {error}")

    def logs(self, curve: Sequence[float | None], tag: str) -> Expectation:
        """It is TensorBoard's, and has what each epoch of a training came to.

        Args:
            curve: A number of each epoch, as of ``training.curves``; None where it is not known.
            tag: What TensorBoard calls that number, such as ``epoch_loss``.
        """
        right = f"{tag} of {len(curve)} epochs, as it was in the training"
        if not (there := self.exists()).met:
            return missed(right, f"{self._path}: {there.actual}")
        found = scalars(self.content, tag)
        if not found:
            return missed(right, f"no {tag} in {self._path}")
        for epoch, value in enumerate(curve):
            written = found.get(epoch, [])
            if not written:
                return missed(right, f"none of epoch {epoch + 1}")
            if value is not None and not any(_near(value, each) for each in written):
                return missed(right, f"{written[0]:.4g} for epoch {epoch + 1}, not {value:.4g}")
        return met(right, right)

    def loads_again(self, tolerance: Tolerance = _TOLERANCE) -> Expectation:
        """The model in it loads again, and predicts the same as the notebook's own."""
        right = "a saved model that loads again and predicts the same"
        if self._record.problem:
            return missed(right, f"{self._path}: {self._record.problem}")
        reloaded = self._record.reloaded
        if reloaded is None or reloaded.outcome != "value":
            problem, hint = self._not_loaded(reloaded)
            return missed(right, f"{self._path}: {problem}", hint)
        wrong, hint = self._differs(reloaded.value, tolerance)
        return missed(right, wrong, hint) if wrong else met(right, "it does")

    def _differs(self, value: str, tolerance: Tolerance) -> tuple[str, str]:
        """Say how what was loaded predicts otherwise, and what helps; nothing where it does not."""
        try:
            model, loaded, *own = decode(value)
        except (UnreadableError, TypeError, ValueError):
            return f"{self._path}: its predictions cannot be read", ""
        if (differs := difference(model, loaded, tolerance)) is not None:
            return f"it predicts otherwise: {differs}", AGAIN
        if self._loaded and (not own or own[0] is None):
            return f"{self._loaded} holds no Keras model", LOAD
        if self._loaded and (differs := difference(model, own[0], tolerance)) is not None:
            return f"{self._loaded} predicts otherwise: {differs}", AGAIN
        return "", ""

    def holds_weights(self, training: Training) -> Expectation:
        """The model in it has the weights that the grader trained, and no others.

        Every number of every array is compared, not which array lies under which name.

        Args:
            training: Of the part that trains the model.

        Raises:
            ProbeFault: The grader did not train it, so that it does not know its weights.
        """
        right = f"the weights that were trained, in {self._path}"
        problem = self._record.problem or self._record.unread
        if problem:
            return missed(right, f"{self._path}: {problem}")
        trained, arrays = Counter(training.weights), Counter(self._record.arrays or ())
        if not trained or self._record.arrays is None:
            raise ProbeFault(UNKNOWN.format(self._path))
        same, others = (trained & arrays).total(), (arrays - trained).total()
        if trained == arrays:
            return met(right, "these")
        of_them = f"{same} of their {trained.total()} arrays" if same else "none of them"
        found = f"{of_them}, and {others} of other numbers" if others else of_them
        return missed(right, found, AGAIN)

    def _not_loaded(self, reloaded: Reloaded | None) -> tuple[str, str]:
        if reloaded is None:
            return "it was not loaded", ""
        if reloaded.error is not None:
            raised, hint = self._explain(reloaded.error)
            return f"loading it {raised}", hint
        return _PROBLEMS.get(reloaded.outcome, "its predictions cannot be read"), ""


def _near(value: float, written: float) -> bool:
    # TensorBoard writes numbers of 32 bits.
    return difference(value, written, _TOLERANCE) is None


def _listed(names: Sequence[str]) -> str:
    """Name the first of some columns; a student may have written anything there."""
    known = [name if name.isprintable() and len(name) <= _LONGEST else "…" for name in names]
    return ", ".join([*known[:_MOST_NAMED], *(["…"] if len(known) > _MOST_NAMED else [])])
