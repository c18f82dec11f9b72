"""The data that assignments train on: what it is, how to draw, fetch, record and check it."""

from grader.datasets.arrays import Arrays
from grader.datasets.class_folders import ClassFolders
from grader.datasets.dataset import Dataset
from grader.datasets.fetching import Fetched
from grader.datasets.image_folder import ImageFolder
from grader.datasets.images import copy_images, image_files
from grader.datasets.integrity import check_usable, digest, surplus, verify
from grader.datasets.keras_data import KerasData
from grader.datasets.making import make
from grader.datasets.record import FileRecord
from grader.datasets.split import Split

__all__ = [
    "Arrays",
    "ClassFolders",
    "Dataset",
    "Fetched",
    "FileRecord",
    "ImageFolder",
    "KerasData",
    "Split",
    "check_usable",
    "copy_images",
    "digest",
    "image_files",
    "make",
    "surplus",
    "verify",
]
