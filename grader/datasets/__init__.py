"""The images that assignments train on: what they are, how to draw and how to check them."""

from grader.datasets.dataset import Dataset, FileRecord
from grader.datasets.images import copy_images, image_files
from grader.datasets.integrity import check_usable, digest, surplus, verify
from grader.datasets.making import make

__all__ = [
    "Dataset",
    "FileRecord",
    "check_usable",
    "copy_images",
    "digest",
    "image_files",
    "make",
    "surplus",
    "verify",
]
