"""Runs variants for real; with ``--record-evidence`` all of them, and keeps what was observed."""

from pathlib import Path

import pytest
import recording
from happy_or_sad.alone import ALONE
from happy_or_sad.mistakes import MISTAKES
from happy_or_sad.right import RIGHT
from happy_or_sad.submission import Variant

from grader.kernel.kernels import Kernels

# One for each way that a run can go; the others are held by the evidence of the last recording.
ALWAYS = {
    "solution",
    "alone-target_size",
    "right-functional-helper-imports",
    "mistake-lr",
    "mistake-class-folder",
    "mistake-threshold-0.9",
    "mistake-signature-changed",
    "mistake-rate-1e-6",
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "variant" in metafunc.fixturenames:
        known = [*RIGHT, *ALONE, *MISTAKES]
        everything = metafunc.config.getoption("--record-evidence")
        wanted = [variant for variant in known if everything or variant.id in ALWAYS]
        metafunc.parametrize("variant", wanted, ids=lambda variant: variant.id)


def test_a_real_run_loses_what_was_foretold(
    variant: Variant, tmp_path: Path, kernels: Kernels, request: pytest.FixtureRequest
) -> None:
    plan = recording.plan(variant.notebook(), tmp_path)
    made = recording.run_now(plan, kernels)
    if request.config.getoption("--record-evidence"):
        recording.save(variant.id, made)
    assert recording.judge(plan, made).lost == variant.loses
