"""Redraws the images and their manifest after a change to the drawing; for maintainers.

Run it as ``python -m grader.assignments.happy_or_sad data/happy_or_sad`` at the top of the
repository, look at the pictures and commit them together with the manifest.
"""

import argparse
import tempfile
from pathlib import Path

from grader.assignments.happy_or_sad.images import MANIFEST, draw, happy_or_sad
from grader.datasets.making import make, write_images, write_manifest


def main(target: Path) -> None:
    """Replaces the manifest by one of freshly drawn images, then the images in the target."""
    with tempfile.TemporaryDirectory() as scratch:
        write_images(draw(), Path(scratch))
        write_manifest(Path(scratch), MANIFEST)
    make(happy_or_sad(), target)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("target", type=Path, help="the folder of the committed images")
    main(parser.parse_args().target)
