import subprocess
import sys

from grader.datasets import Dataset
from grader.datasets.integrity import pixels_digest


def test_importing_the_package_loads_no_heavy_library() -> None:
    program = (
        "import sys, grader.datasets; sys.exit(str({'numpy', 'PIL'} & set(sys.modules) or ''))"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )
    assert (result.returncode, result.stderr.strip()) == (1, "")


def test_the_manifest_lists_eighty_files_in_class_folders(dataset: Dataset) -> None:
    assert len(dataset.files) == 80
    assert {name.split("/")[0] for name in dataset.files} == set(dataset.classes)


def test_the_digest_of_the_manifest_fits_its_files(dataset: Dataset) -> None:
    assert pixels_digest(dataset.files) == dataset.pixels_digest
