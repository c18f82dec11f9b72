"""The images that the assignments train on: what they are, how to draw and how to check them."""

from grader.datasets.catalog import DATASETS, Dataset, FileRecord, get
from grader.datasets.images import copy_images, image_files
from grader.datasets.integrity import check_usable, digest, surplus, verify
from grader.datasets.making import make

__all__ = [
    "DATASETS",
    "Dataset",
    "FileRecord",
    "check_usable",
    "copy_images",
    "digest",
    "get",
    "image_files",
    "make",
    "surplus",
    "verify",
]
