"""``python -m grader`` is ``grader``."""

import sys

_INTERRUPTED = 130


def main() -> None:
    """Run the command line, whose modules take a moment to load, in which Ctrl-C is heeded, too."""
    try:
        from grader.cli import main as run
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    run()


if __name__ == "__main__":
    main()
