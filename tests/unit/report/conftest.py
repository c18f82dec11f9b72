import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from grader.report.document import Report


@pytest.fixture(scope="session")
def reports() -> ModuleType:
    # Under --import-mode=importlib a test folder is not on sys.path; the file is loaded by path.
    path = Path(__file__).with_name("reports.py")
    spec = importlib.util.spec_from_file_location("report_samples", path)
    if spec is None or spec.loader is None:
        pytest.fail(f"cannot load {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def full_marks(reports: ModuleType) -> Report:
    report: Report = reports.full_marks()
    return report


@pytest.fixture
def three_mistakes(reports: ModuleType) -> Report:
    report: Report = reports.three_mistakes()
    return report


@pytest.fixture
def rejected(reports: ModuleType) -> Report:
    report: Report = reports.rejected()
    return report


@pytest.fixture
def needs_review(reports: ModuleType) -> Report:
    report: Report = reports.needs_review()
    return report


@pytest.fixture
def hostile(reports: ModuleType) -> Report:
    report: Report = reports.saying(reports.HOSTILE)
    return report
