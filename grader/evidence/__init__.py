"""What was observed inside a student's kernel, checked on its way out."""

from grader.evidence.parts import (
    Compilation,
    Layer,
    Metric,
    PassedCallback,
    Raised,
    Trial,
)
from grader.evidence.reading import Evidence, collect, load, parse
from grader.evidence.schema import (
    ByGrader,
    Callback,
    CellEnd,
    ConvolutionInput,
    Environment,
    Examined,
    Fault,
    Fit,
    Loader,
    Model,
    Patched,
    Result,
    Unprobed,
    WeightsSet,
)

__all__ = [
    "ByGrader",
    "Callback",
    "CellEnd",
    "Compilation",
    "ConvolutionInput",
    "Environment",
    "Evidence",
    "Examined",
    "Fault",
    "Fit",
    "Layer",
    "Loader",
    "Metric",
    "Model",
    "PassedCallback",
    "Patched",
    "Raised",
    "Result",
    "Trial",
    "Unprobed",
    "WeightsSet",
    "collect",
    "load",
    "parse",
]
