"""What an author asks for of a file."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from grader.checked import PartEvidence
from grader.kinds.challenge import Challenge
from grader.kinds.file.evidence import FileEvidence
from grader.kinds.kind import Explain, Part, plainly

if TYPE_CHECKING:
    from grader.kinds.file.view import FileView

MISSING = "There is no file {} once its cell has run."
SAVE = "Is it written under that very name, into the folder of the notebook?"


@dataclass(frozen=True, kw_only=True)
class File(Part["FileView"]):
    """A file that the cell that defines ``name`` leaves in the notebook's folder.

    The grader itself reads it, once the notebook has run, and follows no link to it.

    Args:
        path: Where, such as ``results/log.csv``. A ``*`` in its name stands for whatever a program
            calls it, as in ``logs/train/events.*``: of several, the first by the alphabet is read.
        model: Variable of a Keras model that is saved there, so that it is loaded again, inside the
            kernel, and both are asked for predictions of the same random inputs.
        loaded: Variable of the model that the notebook itself loads from it, which is asked, too.

    Raises:
        PartError: It cannot be asked for so.
    """

    kind: ClassVar[str] = "file"
    record: ClassVar[type[PartEvidence]] = FileEvidence

    path: str = ""
    model: str | None = None
    loaded: str | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        names = self.path.split("/") if isinstance(self.path, str) else [""]
        if "\\" in str(self.path) or {"", ".", ".."} & set(names):
            raise self.error(
                "expected a path below the notebook's folder, with slashes, such as "
                f"results/log.csv; found {self.path!r}"
            )

        if "*" in "/".join(names[:-1]) or ("*" in self.path and self.model):
            raise self.error(
                f"expected * in the name of a file alone, and none in that of a model; found "
                f"{self.path!r}"
            )
        if self.loaded and not self.model:
            raise self.error(f"expected a model that is loaded as {self.loaded}, found none")

    @property
    def missing(self) -> tuple[str, str]:
        """That there is no such file."""
        return MISSING.format(self.path), SAVE

    @property
    def saves(self) -> str:
        """Its path, where it is to be a model's."""
        return self.path if self.model else ""

    def challenge(self, random: bytes) -> Challenge:
        """Ask for it by its path, and for predictions of random inputs."""
        from grader.kinds.file.challenge import FileChallenge

        return FileChallenge(self, random)

    def unwatched(self, record: PartEvidence) -> PartEvidence | None:
        """The grader itself reads a file; what a model predicts is told by the kernel."""
        return record if self.model is None else None

    def view(self, record: PartEvidence, explain: Explain = plainly) -> "FileView":
        """Return the file."""
        from grader.kinds.file.view import FileView

        return FileView(self, FileEvidence.model_validate(record), explain)
