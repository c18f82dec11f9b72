"""Redraws happy-or-sad and its manifest after a change to the drawing; for maintainers.

Run it as ``python -m grader.datasets data/happy_or_sad`` at the top of the repository, look at the
pictures and commit them together with the manifest.
"""

import argparse
import tempfile
from pathlib import Path

from grader.datasets.catalog import DATASETS, happy_or_sad, manifest_path
from grader.datasets.making import make, write_images, write_manifest


def main(target: Path) -> None:
    """Replaces the manifest by one of freshly drawn images, then the images in the target."""
    dataset = DATASETS["happy-or-sad"]
    with tempfile.TemporaryDirectory() as scratch:
        write_images(dataset.draw(), Path(scratch))
        write_manifest(Path(scratch), manifest_path(dataset.folder))
    make(happy_or_sad(), target)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("target", type=Path, help="the folder of the committed images")
    main(parser.parse_args().target)
