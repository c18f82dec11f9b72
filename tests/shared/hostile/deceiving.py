"""Attacks on what runs in the same process: IPython, the libraries, the probe."""

from hostile.attack import RAN, Ending, attack, calling, graded
from hostile.harm import none

LOADED = (graded("load", "def load(): return []"), calling("load", "gen = load()"))
LOST = RAN | {Ending.DIED}
ATTACKS = (
    attack(
        "patches-the-probe",
        "Replaces what writes down the evidence.",
        none,
        """
        from grader.kinds.loader import inside
        from grader.probe import channel, session
        channel.Channel.send = lambda *args, **fields: None
        session.after = inside.look = session.Session.after = print
        """,
        *LOADED,
    ),
    attack(
        "unloads-the-probe",
        "Removes the probe's modules and puts others in their place.",
        none,
        """
        import sys, types
        for name in [name for name in sys.modules if name.startswith("grader")]:
            sys.modules[name] = types.ModuleType(name)
        """,
        *LOADED,
    ),
    attack(
        "patches-libraries",
        "Has json, nbformat and NumPy raise.",
        none,
        """
        import json, nbformat, numpy
        json.dumps = json.loads = nbformat.reads = numpy.asarray = numpy.random.get_state = exit
        """,
        *LOADED,
        ends=LOST | {Ending.CELL_TIMED_OUT},
        cell_s=1.0,
    ),
    attack(
        "patches-builtins",
        "Removes the functions that everything is made with.",
        none,
        "import builtins\nbuiltins.__import__ = builtins.getattr = builtins.isinstance = None",
        *LOADED,
        ends=LOST | {Ending.CELL_TIMED_OUT},
        cell_s=1.0,
    ),
    attack(
        "patches-the-shell",
        "Has IPython's own functions raise.",
        none,
        """
        shell = get_ipython()
        shell.run_cell = shell.showtraceback = shell.run_cell_async = exit
        """,
        *LOADED,
        ends=LOST | {Ending.CELL_TIMED_OUT},
        cell_s=1.0,
    ),
    attack(
        "drops-code",
        "Has IPython drop the text of all later cells.",
        none,
        "get_ipython().input_transformers_cleanup.append(lambda lines: [])",
        *LOADED,
    ),
    attack(
        "changes-code",
        "Has IPython put other code in the place of all later cells.",
        none,
        """
        import ast
        class Changing(ast.NodeTransformer):
            def visit_Module(self, node): return ast.parse("1 / 0")
        get_ipython().ast_transformers.append(Changing())
        """,
        *LOADED,
    ),
    attack(
        "hooks-imports",
        "Has every import raise.",
        none,
        """
        import sys
        class Refusing:
            def find_spec(self, *args): raise ImportError("refused")
        sys.meta_path.insert(0, Refusing())
        sys.modules.pop("keras", None)
        """,
        *LOADED,
    ),
    attack(
        "shadows-modules",
        "Puts files named as modules beside the notebook.",
        none,
        "%%writefile json.py\nraise SystemExit",
        "%%writefile numpy.py\nraise SystemExit",
        "import json, numpy\njson.dumps(numpy.zeros(1).tolist())",
        *LOADED,
        ends=Ending.DONE,
    ),
)
