"""What the solution of an assignment comes to with each seed, as the grader trains it.

Its runs are those of ``grader audit``, which runs it with as many seeds, and are kept with them.
"""

from collections.abc import Iterable, Iterator

from grader.assignments.chosen import chosen
from grader.attempt import Attempt
from grader.audit.evidence_cache import of_user
from grader.audit.judged import Judged
from grader.audit.notebooks import SolutionNotebook
from grader.audit.observing import RANDOM, Means, Observing
from grader.audit.specimens import seeded, specimens
from grader.fits.options import TrainedBy, TrainingOptions
from grader.isolation.choice import Isolation
from grader.kernel.kernels import Kernels
from grader.processes.backend import Backend


def at_the_end(name: str, seeds: Iterable[int], jobs: int) -> Iterator[tuple[int, float]]:
    """Yield the number of an assignment's one goal when training has ended, for each seed.

    Args:
        name: The assignment's id.
        seeds: Each of them is tried alone.
        jobs: How many notebooks are run at a time.
    """
    [known] = chosen((), name, full=False, editions=False)
    solution, *_ = specimens(SolutionNotebook.of(known), ())
    options = TrainingOptions.chosen(TrainedBy.GRADER, memo=True, exact=False)
    with Kernels(Backend.prepared(None), Isolation.AVAILABLE, jobs, options, RANDOM) as kernels:
        observing = Observing(known, Means(kernels, {}, jobs, of_user()))
        for seed in seeds:
            tried = seeded(solution, seed)
            judged = Judged.of(known, tried, observing.evidence([tried])[tried.id])
            yield seed, _last(judged.attempts[0])


def _last(attempt: Attempt) -> float:
    [result] = attempt.results
    value = result.values[-1] if result.values else None
    # A solution that was not measured is no solution.
    assert value is not None
    return value
