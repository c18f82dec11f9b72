"""Start-up file of IPython in the other tools' kernels: notes the seconds inside Model.fit.

It waits until a cell has imported Keras, rather than import it itself, so that the import happens
where it would and is paid once.
"""

import functools
import os
import sys
import time
from pathlib import Path
from typing import Any

from IPython import get_ipython


def _wrap(*_: Any) -> None:
    keras = sys.modules.get("keras")
    model = getattr(keras, "Model", None)  # not there yet while Keras is being imported
    if model is None:
        return
    get_ipython().events.unregister("post_run_cell", _wrap)
    fit = model.fit

    @functools.wraps(fit)
    def timed(*args: Any, **kwargs: Any) -> Any:
        began = time.perf_counter()
        try:
            return fit(*args, **kwargs)
        finally:
            seconds = time.perf_counter() - began
            with Path(os.environ["BENCH_FIT_SECONDS"]).open("a", encoding="utf-8") as file:
                file.write(f"{seconds:.3f}\n")

    model.fit = timed


get_ipython().events.register("post_run_cell", _wrap)
