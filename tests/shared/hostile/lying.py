"""Attacks by what graded functions are and return: objects that lie to whoever looks at them."""

from hostile.attack import Attack, Ending, Endings, attack, calling, graded
from hostile.harm import none


def loads(name: str, tries: str, body: str, made: str = "Lying()") -> Attack:
    """Write a row: a graded function that returns an object, and a cell that keeps it."""
    source = f"{body}\ndef load():\n    return {made}"
    return attack(
        name, tries, none,
        graded("load", source), calling("load", "gen = load()"), "print('the next cell')",
        ends=Ending.DONE, probe_s=1.0,
    )  # fmt: skip


def calls(name: str, tries: str, source: str, ends: Ending | Endings = Ending.DONE) -> Attack:
    """Write a row: a graded callback."""
    cells = (graded("Callback", source), "print('the next cell')")
    return attack(name, tries, none, *cells, ends=ends, probe_s=1.0)


LOADERS = (
    loads(
        "lies-about-its-class",
        "Returns an object that says it is of another class.",
        "class Lying:\n    __class__ = property(lambda self: list)",
    ),
    loads(
        "lies-about-its-length",
        "Returns an object whose length is absurd and whose items are endless.",
        """class Lying:
    __len__ = lambda self: 2**62
    __getitem__ = lambda self, index: ([[1.0]], [1])""",
    ),
    loads(
        "lies-about-equality",
        "Returns an object that equals everything, and says so by raising.",
        """class Lying:
    def __eq__(self, other): raise SystemExit("equal")
    def __hash__(self): raise MemoryError
    def __bool__(self): raise KeyboardInterrupt
    def __iter__(self): return iter([self])""",
    ),
    loads(
        "lies-about-its-text",
        "Returns an object whose text has 30 MB, and whose attributes all are such objects.",
        """class Lying(str):
    def __repr__(self): return "x" * 30_000_000
    __str__ = __repr__
    def __getattr__(self, name): return Lying()""",
    ),
    loads(
        "lies-about-its-attributes",
        "Returns an object whose attributes raise what nobody catches.",
        """class Lying:
    def __getattribute__(self, name): raise BaseException(name)""",
    ),
    loads(
        "interrupts-the-probe",
        "Returns an object that raises KeyboardInterrupt as if the grader had interrupted.",
        """class Lying:
    def __getattribute__(self, name): raise KeyboardInterrupt""",
    ),
    loads(
        "names-its-class-badly",
        "Returns an object of a class whose name is no text.",
        """class Meta(type):
    __name__ = property(lambda cls: 1 / 0)
class Lying(metaclass=Meta):
    def __iter__(self): return iter([])""",
    ),
    loads(
        "returns-numbers-that-are-none",
        "Returns batches of NaN, of huge numbers and of halves of characters.",
        """import numpy as np
class Lying:
    batch_size, class_mode, directory, n = float("nan"), "\\ud800", "\\udfff", 10**5000
    def __iter__(self): return iter([(np.full((1, 2, 2, 3), np.nan), np.array([np.inf]))])""",
    ),
    loads(
        "returns-a-huge-shape",
        "Returns an array that is said to hold an exabyte.",
        "import numpy as np",
        "np.broadcast_to(np.float32(0), (2**20, 2**20, 2**10, 3))",
    ),
)
CALLBACKS = (
    calls(
        "raises-in-its-metaclass",
        "Has the class of the callback's class raise whenever it is asked.",
        """class Meta(type):
    def __call__(cls): raise GeneratorExit
    def __subclasscheck__(cls, other): raise RuntimeError("no")
    def __getattribute__(cls, name): raise RuntimeError(name)
class Callback(metaclass=Meta): pass""",
    ),
    calls(
        "stops-with-a-lie",
        "Has stop_training be something that is neither true nor false.",
        """import keras
class Lie:
    def __bool__(self): raise KeyError("neither")
class Callback(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None): self.model.stop_training = Lie()""",
    ),
    calls(
        "raises-a-liar",
        "Raises an exception whose text never ends and whose class has no name.",
        """class Meta(type):
    __name__ = property(lambda cls: cls)
class Liar(Exception, metaclass=Meta):
    def __str__(self):
        while True: pass
def Callback(): raise Liar""",
        # Whether it is interrupted again while its text is asked for again is a matter of time.
        frozenset({Ending.DIED, Ending.DONE}),
    ),
)
ATTACKS = (*LOADERS, *CALLBACKS)
