"""What was observed inside a student's kernel, checked on its way out."""

from grader.checked import PartEvidence, Raised
from grader.evidence.division import Division
from grader.evidence.parts import (
    Compilation,
    Examined,
    Layer,
    Metric,
    PassedCallback,
    finite,
)
from grader.evidence.reading import Evidence, collect, load, parse
from grader.evidence.schema import (
    ByGrader,
    CellEnd,
    ConvolutionInput,
    Environment,
    Fault,
    Fit,
    Model,
    NotRun,
    Patched,
    Unprobed,
    WeightsSet,
)
from grader.evidence.splits import OnSplit, ValidationSamples
from grader.kinds.batches import Loader, Returned, ShownImage
from grader.kinds.result import ReturnedResult

__all__ = [
    "ByGrader",
    "CellEnd",
    "Compilation",
    "ConvolutionInput",
    "Division",
    "Environment",
    "Evidence",
    "Examined",
    "Fault",
    "Fit",
    "Layer",
    "Loader",
    "Metric",
    "Model",
    "NotRun",
    "OnSplit",
    "PartEvidence",
    "PassedCallback",
    "Patched",
    "Raised",
    "Returned",
    "ReturnedResult",
    "ShownImage",
    "Unprobed",
    "ValidationSamples",
    "WeightsSet",
    "collect",
    "finite",
    "load",
    "parse",
]
