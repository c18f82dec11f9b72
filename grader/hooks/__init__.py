"""Has functions of Keras call hooks, and stay the functions that they are.

Whoever puts another function in the place of one of Keras' changes what Keras does: it compares
its own with those of a model's class, and takes what differs for overridden. So a function keeps
its identity, name, signature, source, decorators and closure; only its ``__code__`` is exchanged.
"""

from grader.hooks.attaching import attach, prepare
from grader.hooks.calls import Arguments, Hook, Steps, caller

__all__ = ["Arguments", "Hook", "Steps", "attach", "caller", "prepare"]
