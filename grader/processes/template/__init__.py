"""A process with TensorFlow imported, and the kernels that are forked from it.

The template imports once what every notebook imports, runs no TensorFlow operation, keeps one
thread, and forks a kernel whenever it is asked for one. It holds nothing of any submission.

``process``, ``warm`` and ``child`` run in the template and in what it forks; ``handle`` and
``forked`` are the asking side; ``protocol`` is what they say to each other.
"""

import os
import sys

# macOS forks, but its frameworks do not survive it; Windows does not fork.
AVAILABLE = sys.platform == "linux" and hasattr(os, "pidfd_open")
