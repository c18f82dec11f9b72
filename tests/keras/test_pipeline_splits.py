"""How "Happy or Sad in the Wild" may be split: each way is told rightly by what its parts show."""

import importlib.util
from typing import Any, cast

import keras
import looking
import numpy as np
import pytest
from happy_sad_pipeline import divided, mistakes
from happy_sad_pipeline.submission import ROOT, SHOWN, SHOWN_PARTS, SPLIT, Variant, graded

from grader.assignments.happy_sad_pipeline.assignment import happy_sad_pipeline
from grader.kinds.kind import Part

SEEDS = (1, 2)
WAYS = [*divided.OF_SPLITS, *(each for each in mistakes.OF_SPLITS if each.id not in {
    "mistake-unscaled", "mistake-small", "mistake-names-forgotten",
})]  # fmt: skip


def namespace() -> dict[str, Any]:
    """Return what the notebook has defined before, with pictures that are small."""
    path = ROOT / "notebooks" / "wild_pictures.py"
    spec = importlib.util.spec_from_file_location("wild_pictures", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    names = {"IMAGE_SIZE": 8, "BATCH_SIZE": 32, "PICTURES": "", "keras": keras, "np": np}
    return {**names, "pictures_in": module.pictures_in}


def lost(variant: Variant, seed: int) -> set[str]:
    """Return which checks are lost of those that look at what the parts show."""
    cells = {
        name: each.source for each in variant.notebook().cells if (name := graded(each.source))
    }
    known = namespace()
    for name in (SPLIT, SHOWN):
        exec(cells[name], known)  # noqa: S102 - the kit's own variants
    part = next(each for each in happy_sad_pipeline.parts if each.name == SHOWN)
    seen = looking.seen(cast("Part[Any]", part), looking.look(part, known, bytes([seed] * 32)))
    checks = [each for each in happy_sad_pipeline.checks if each.part == SHOWN]
    return {each.id for each in checks if not each.function(seen).met}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("variant", WAYS, ids=lambda each: each.id)
def test_what_the_parts_show_is_told_rightly(variant: Variant, seed: int) -> None:
    assert lost(variant, seed) == set(variant.loses & SHOWN_PARTS)
