"""The rooms of the package, and what each may import."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "grader"

# Each room may import what is listed beside it; only rooms further up can be. A room that imports
# more is not a reason to add to the line, but to ask whether the thing is in the right room.
ROOMS = {
    "errors": "",
    "records": "",
    "machine": "",
    "leftovers": "",
    "cached_files": "leftovers",
    "canvas": "",
    "drawing": "canvas",
    "litter": "",
    "beneath": "",
    "tracebacks": "",
    "resources": "errors",
    "datasets": "errors litter tracebacks resources",
    "isolation": "errors",
    "wire": "",
    "hooks": "",
    "inspection": "hooks",
    "preparation": "",
    "accuracies": "",
    "shares": "",
    "goals": "errors shares",
    "diagnosis": "accuracies shares",
    "checked": "",
    "probe": "isolation.confinement isolation.locks wire hooks inspection preparation",
    "values": "inspection.bounded inspection.returned",
    "kinds": "errors goals records hooks inspection checked probe values",
    "evidence": "beneath checked kinds.batches kinds.observing kinds.registry kinds.result",
    "notebook": "errors records litter beneath",
    "training": (
        "errors machine cached_files isolation.confinement isolation.locks wire inspection "
        "preparation accuracies"
    ),
    "processes": (
        "errors records machine leftovers beneath isolation inspection.decoding probe.session "
        "probe.shell kinds.folders training"
    ),
    "trainers": "errors records isolation wire training processes",
    "fits": "errors machine goals checked evidence wire preparation.records training trainers",
    "kernel": (
        "errors records leftovers beneath isolation checked values.encode kinds.challenge "
        "kinds.kind evidence training processes trainers fits"
    ),
    "checks": (
        "errors tracebacks accuracies shares goals diagnosis records kinds.batches kinds.kind "
        "kinds.need evidence notebook.names notebook.source"
    ),
    # What layers come to at another size of images is worked out as the trainer does.
    "kinds.view": (
        "values evidence checks training.axes training.description training.parameters "
        "training.shapes"
    ),
    "scoring": "records checks",
    "assignments": (
        "errors goals records datasets isolation.installed values.encode kinds.kind "
        "notebook checks processes.limits"
    ),
    "authoring": (
        "goals records resources datasets kinds values.compare values.records evidence checks "
        "processes.limits assignments"
    ),
    # What authors import is enough for the kit's own, too; only who redraws its images needs more.
    "assignments.happy_house": "canvas authoring resources",
    "assignments.cats_and_dogs": "canvas drawing authoring",
    "assignments.happy_sad_pipeline": "canvas drawing authoring",
    "assignments.horses_or_humans": "canvas drawing authoring",
    "assignments.happy_or_sad": "canvas authoring datasets.making",
    "assignments.happy_or_sad_2024": "authoring assignments.happy_or_sad",
    "report": "shares goals records evidence checks",
    "images": "datasets kernel.placed processes.folders assignments",
    "attempt": "goals records checks kernel.job assignments",
    "attempts": "goals images records evidence checks fits kernel assignments attempt",
    "kept": "records notebook.source evidence kernel.job assignments attempt",
    "judging": "records checks scoring report assignments attempt",
    "provenance": "machine images kernel.kernels report assignments attempt __version__",
    "pipeline": (
        "errors images records notebook kernel.kernels report assignments attempts kept judging "
        "provenance"
    ),
    "staging": "errors images records notebook kernel.workspace assignments",
    "batch": (
        "errors records machine leftovers litter notebook report assignments.assignment kept "
        "pipeline __version__"
    ),
    "release": (
        "errors leftovers records resources datasets notebook assignments kernel.kernels pipeline "
        "report"
    ),
    "audit": (
        "errors records machine cached_files shares goals evidence notebook checks kinds.kind "
        "scoring "
        "report assignments authoring attempt kept pipeline fits.options kernel.kernels "
        "batch.output release"
    ),
    # The example is written as authors write theirs.
    "scaffold.example": "authoring",
    "scaffold": "errors leftovers records notebook assignments release scaffold.example",
    "overuse": "errors records isolation.choice processes kernel notebook.volume",
    "examination": (
        "errors machine datasets assignments isolation processes.backend batch.workers"
    ),
    "cli": (
        "errors records resources datasets assignments isolation processes fits kernel report "
        "pipeline staging batch release audit scaffold overuse examination "
        "__version__"
    ),
    "__main__": "cli",
}


def purpose(room: str) -> str:
    """Return what a room is for: the first line of its docstring."""
    path = PACKAGE.joinpath(*room.split("."))
    module = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    if not module.is_file():
        return "What checks get of a part."
    text = ast.get_docstring(ast.parse(module.read_text("utf-8"))) or ""
    return text.splitlines()[0]
