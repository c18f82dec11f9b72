"""The images that the assignments train on: what they are, how to draw and how to check them."""

from grader.datasets.catalog import DATASETS, Dataset, FileRecord, get
from grader.datasets.integrity import check_usable, digest, verify
from grader.datasets.making import make

__all__ = [
    "DATASETS",
    "Dataset",
    "FileRecord",
    "check_usable",
    "digest",
    "get",
    "make",
    "verify",
]
