"""All that the author of an assignment imports.

An assignment is a folder with a module ``assignment.py`` that makes one ``Assignment``: its graded
parts, and a rubric of checks. A check is a small function; the evidence that it takes are
attributes of the parts, and what it returns says what was expected and what was found::

    clothes = Assignment("clothes", "Clothes", HERE / "clothes.ipynb", data=IMAGES)
    images = clothes.part(ImageLoader("load", variable="batches"))
    loading = clothes.group("loading")

    @loading.check(images.loader, points=5, hint="Which argument says how many come at a time?")
    def batch_size(loader: Loader) -> Expectation:
        \"\"\"Images come in batches of 32.\"\"\"
        return loaders.batches_of(loader, 32)
"""

from grader.assignments.assignment import Assignment
from grader.assignments.declaring import DeclarationError
from grader.assignments.profile import Profile
from grader.assignments.released import layout_of
from grader.assignments.retired import Retired
from grader.assignments.rubric import Group
from grader.assignments.variants import Variant
from grader.checks import (
    Absent,
    Expectation,
    Need,
    ProbeFault,
    asked,
    compilations,
    divisions,
    expect,
    models,
    returned,
    targets,
    together,
)
from grader.checks.trusted import ClaimedTraining, Observed, Result, Training
from grader.datasets import Arrays, ClassFolders, Dataset, Fetched, ImageFolder, KerasData
from grader.datasets.pixels import Pixels
from grader.datasets.record import recorded
from grader.evidence import Compilation, Division, Loader, Model
from grader.goals import Goal, Quantity
from grader.kinds.callback import view as callbacks
from grader.kinds.callback.evidence import Callback
from grader.kinds.callback.part import StoppingCallback
from grader.kinds.callback.view.agreement import InTraining
from grader.kinds.calls import Case
from grader.kinds.figure.part import Figure
from grader.kinds.figure.view import FigureView, histories
from grader.kinds.file.part import File
from grader.kinds.file.view import FileView
from grader.kinds.function.part import Function
from grader.kinds.function.view import FunctionView
from grader.kinds.graded_cell.part import GradedCell
from grader.kinds.loader import view as loaders
from grader.kinds.loader.part import ImageLoader
from grader.kinds.need import Claim
from grader.kinds.training.part import TrainedModel
from grader.kinds.value.part import Value
from grader.kinds.value.view import ValueView, arithmetic, evaluated
from grader.processes.limits import Limits
from grader.records import Layout, LayoutCell, Role
from grader.resources import checkout, data_folder, reference
from grader.values.compare import Tolerance
from grader.values.records import ColourModel, History, Link, MadeFolder

__all__ = [
    "Absent",
    "Arrays",
    "Assignment",
    "Callback",
    "Case",
    "Claim",
    "ClaimedTraining",
    "ClassFolders",
    "ColourModel",
    "Compilation",
    "Dataset",
    "DeclarationError",
    "Division",
    "Expectation",
    "Fetched",
    "Figure",
    "FigureView",
    "File",
    "FileView",
    "Function",
    "FunctionView",
    "Goal",
    "GradedCell",
    "Group",
    "History",
    "ImageFolder",
    "ImageLoader",
    "InTraining",
    "KerasData",
    "Layout",
    "LayoutCell",
    "Limits",
    "Link",
    "Loader",
    "MadeFolder",
    "Model",
    "Need",
    "Observed",
    "Pixels",
    "ProbeFault",
    "Profile",
    "Quantity",
    "Result",
    "Retired",
    "Role",
    "StoppingCallback",
    "Tolerance",
    "TrainedModel",
    "Training",
    "Value",
    "ValueView",
    "Variant",
    "arithmetic",
    "asked",
    "callbacks",
    "checkout",
    "compilations",
    "data_folder",
    "divisions",
    "evaluated",
    "expect",
    "histories",
    "layout_of",
    "loaders",
    "models",
    "recorded",
    "reference",
    "returned",
    "targets",
    "together",
]
