"""Attacks on the evidence that a kernel leaves, and on what it says over its sockets."""

from grader.records import PlannedCell
from hostile.attack import RAN, Ending, Outcome, attack, required
from hostile.harm import none
from hostile.surroundings import Surroundings

EVIDENCE = "../probe/evidence.jsonl"
FIT = '{"kind": "fit", "index": 0, "model": "m", "finished": true, "stopped": true}'
SAY = """
kernel = get_ipython().kernel
def say(kind, content):
    kernel.session.send(kernel.iopub_socket, kind, content, kernel.get_parent(), ident=b"x")
"""


def believed(_: Surroundings, outcome: Outcome) -> bool:
    """What was only shown became evidence."""
    return outcome.run is not None and bool(outcome.run.evidence.fits)


def appended(line: str) -> PlannedCell:
    """Plan a cell that adds bytes, an expression, to the evidence."""
    return required(f'open("{EVIDENCE}", "ab").write({line})')


def exchanged(source: str) -> PlannedCell:
    """Plan a cell that puts something else in the place of the evidence."""
    return required(f'import os\nevidence = "{EVIDENCE}"\nos.unlink(evidence)\n{source}')


FILE = (
    attack(
        "stuffs-evidence",
        "Adds 30 MB to the evidence.",
        none,
        appended('b"x" * 30_000_000'),
        ends=Ending.DONE,
    ),
    attack(
        "stuffs-evidence-with-a-hole",
        "Makes the evidence a gibibyte long.",
        none,
        'import os\nos.truncate("../probe/evidence.jsonl", 1 << 30)',
    ),
    attack(
        "stuffs-evidence-with-lines",
        "Adds 100,000 lines to the evidence.",
        none,
        appended('b"{}\\n" * 100_000'),
        ends=Ending.DONE,
    ),
    attack(
        "nests-evidence",
        "Adds lists within lists, 100,000 deep, to the evidence.",
        none,
        appended('b"[" * 100_000 + b"]" * 100_000 + b"\\n"'),
        ends=Ending.DONE,
    ),
    attack(
        "nests-evidence-in-a-field",
        "The same, in a field that takes a list.",
        none,
        appended('b\'{"kind": "fault", "name": \' + b"[" * 100_000 + b"\\n"'),
        ends=Ending.DONE,
    ),
    attack(
        "adds-no-number",
        "Adds numbers to the evidence that are none, or endless.",
        none,
        appended(
            'b\'{"kind": "convolution_input", "model": "m", "minimum": NaN, "maximum": 1e999}\\n\''
        ),
        ends=Ending.DONE,
    ),
    attack(
        "adds-a-long-number",
        "Adds a number of a million digits to the evidence.",
        none,
        appended('b\'{"kind": "cell", "index": \' + b"9" * 1_000_000 + b"}\\n"'),
        ends=Ending.DONE,
    ),
    attack(
        "adds-half-a-character",
        "Adds half of a character, which UTF-8 cannot carry, to the evidence.",
        none,
        appended('b\'{"kind": "fault", "name": "evidence", "message": "\\\\ud800"}\\n\''),
        ends=Ending.DONE,
    ),
    attack(
        "adds-bytes",
        "Adds bytes to the evidence that are no text.",
        none,
        appended('bytes(range(256)) * 100 + b"\\n"'),
        ends=Ending.DONE,
    ),
    attack(
        "pipes-evidence",
        "Puts a pipe that never ends in the place of the evidence.",
        none,
        exchanged("os.mkfifo(evidence)"),
        ends=Ending.DONE,
    ),
    attack(
        "links-evidence",
        "Puts a link to what never ends in the place of the evidence.",
        none,
        exchanged('os.symlink("/dev/zero", evidence)'),
        ends=Ending.DONE,
    ),
    attack(
        "links-evidence-folder",
        "Puts a link to others' files in the place of the evidence's folder.",
        none,
        """
        import os, shutil
        shutil.rmtree("../probe")
        os.symlink("{reports}", "../probe")
        """,
        ends=Ending.DONE,
    ),
    attack(
        "folds-evidence",
        "Puts a folder in the place of the evidence.",
        none,
        exchanged("os.mkdir(evidence)"),
        ends=Ending.DONE,
    ),
)
MESSAGES = (
    attack(
        "imitates-evidence",
        "Displays and prints what looks like evidence.",
        believed,
        f"print('''{FIT}''')\ndisplay({{'application/json': {FIT!r}}}, raw=True)",
        ends=Ending.DONE,
    ),
    attack(
        "shows-half-a-character",
        "Prints half of a character, which UTF-8 cannot carry.",
        none,
        "print('\\ud800')\ndisplay({'text/plain': '\\udfff'}, raw=True)",
    ),
    attack(
        "shows-no-text",
        "Displays numbers and lists where texts belong.",
        none,
        "display({'text/plain': 5, 'image/png': [1], 'x': {'y': None}}, raw=True)",
        ends=RAN | {Ending.DIED},
    ),
    attack(
        "says-nonsense",
        "Sends messages that lack what they must have.",
        none,
        SAY,
        "say('stream', {'nonsense': 1})",
        "print('the next cell')",
        ends=RAN | {Ending.DIED},
    ),
    attack(
        "says-nothing",
        "Sends the grader bytes that are no message.",
        none,
        SAY,
        "kernel.iopub_socket.send_multipart([b'nonsense'] * 3)",
        "print('the next cell')",
        ends=RAN | {Ending.DIED, Ending.OUTPUT, Ending.CELL_TIMED_OUT},
    ),
    attack(
        "says-it-is-done",
        "Says that its cell has ended, and goes on without end.",
        none,
        SAY,
        "say('status', {'execution_state': 'idle'})\nwhile True: pass",
        "print('the next cell')",
        ends=frozenset({Ending.CELL_TIMED_OUT, Ending.OUTPUT}),
        cell_s=1.0,
    ),
    attack(
        "opens-comms",
        "Opens and floods channels to a front end that is not there.",
        none,
        """
        from ipykernel.comm import Comm
        for _ in range(500):
            Comm(target_name="x", data={"x": "y" * 1000}).send({"x": "y" * 1000})
        """,
        ends=RAN | {Ending.OUTPUT},
    ),
)
ATTACKS = (*FILE, *MESSAGES)
