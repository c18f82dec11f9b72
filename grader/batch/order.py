"""In which order a class is graded: whoever takes longest goes first.

Were a long one the last, one worker would grade it while the others have nothing left.
"""

from collections import Counter
from collections.abc import Callable, Iterable

from grader.pipeline import Entry


def longest_first(entries: Iterable[Entry], workload: Callable[[Entry], float]) -> list[Entry]:
    """Return entries in the order in which they are graded.

    Those that take as long as one before may be copies of it, whose training need not be made
    again. So they come once all others have had their turn: two workers would make it both.

    Args:
        entries: The entries.
        workload: Tells about how much each takes.
    """
    seen: Counter[float] = Counter()
    ranks: list[tuple[int, float, Entry]] = []
    for entry in entries:
        load = workload(entry)
        ranks.append((seen[load], -load, entry))
        seen[load] += 1
    return [entry for _, _, entry in sorted(ranks, key=lambda rank: rank[:2])]
