"""Attacks that show more than anybody could read, or have more of it kept."""

from hostile.attack import Ending, attack
from hostile.harm import none, swelled

ATTACKS = (
    attack(
        "floods-output",
        "Prints without end.",
        none,
        "while True: print('x' * 1000)",
        ends=Ending.OUTPUT,
    ),
    attack(
        "floods-errors",
        "Prints 20 MB to stderr at once.",
        none,
        "import sys\nprint('x' * 20_000_000, file=sys.stderr)",
        ends=Ending.OUTPUT,
    ),
    attack(
        "floods-displays",
        "Displays without end.",
        none,
        "while True: display({'text/plain': 'x' * 1000}, raw=True)",
        ends=Ending.OUTPUT,
    ),
    attack(
        "floods-updates",
        "Shows ten short texts and has each become one of a megabyte.",
        swelled,
        """
        for _ in range(10):
            display("x", display_id=True).update("x" * 1_000_000)
        """,
        ends=Ending.OUTPUT,
    ),
    attack(
        "floods-metadata",
        "Shows ten short texts and says a megabyte of other things about each.",
        swelled,
        """
        for _ in range(10):
            display({"text/plain": "x"}, raw=True, metadata={"x": "x" * 1_000_000})
        """,
        ends=Ending.OUTPUT,
    ),
    attack(
        "floods-comms",
        "Tells a front end that is not there what it is to remember: 20 MB.",
        none,
        """
        from ipykernel.comm import Comm
        for _ in range(20):
            Comm(target_name="x").send({"state": {"x": "x" * 1_000_000}})
        """,
        ends=Ending.OUTPUT,
    ),
    attack(
        "floods-message",
        "Raises an exception with a text of 4 MB.",
        none,
        "raise ValueError('x' * 4_000_000)",
        ends=Ending.OUTPUT,
    ),
    attack(
        "floods-traceback",
        "Raises an exception in 1,000 groups, each within another.",
        none,
        """
        error = ValueError("x")
        for _ in range(1_000):
            error = ExceptionGroup("x" * 100, [error])
        raise error
        """,
        ends=frozenset({Ending.OUTPUT, Ending.CELL_FAILED, Ending.DONE}),
    ),
    attack(
        "floods-chain",
        "Raises an exception with twenty long causes.",
        none,
        """
        error = None
        for _ in range(20):
            try:
                raise ValueError("x" * 50_000) from error
            except ValueError as caught:
                error = caught
        raise error
        """,
        ends=frozenset({Ending.OUTPUT, Ending.CELL_FAILED}),
    ),
)
