"""What was observed inside a student's kernel, checked on its way out."""

from grader.evidence.reading import Evidence, collect, load, parse
from grader.evidence.schema import (
    Callback,
    CellEnd,
    Compilation,
    ConvolutionInput,
    Environment,
    Fault,
    Fit,
    Layer,
    Loader,
    Metric,
    Model,
    PassedCallback,
    Raised,
    Result,
    Trial,
    Unprobed,
)

__all__ = [
    "Callback",
    "CellEnd",
    "Compilation",
    "ConvolutionInput",
    "Environment",
    "Evidence",
    "Fault",
    "Fit",
    "Layer",
    "Loader",
    "Metric",
    "Model",
    "PassedCallback",
    "Raised",
    "Result",
    "Trial",
    "Unprobed",
    "collect",
    "load",
    "parse",
]
