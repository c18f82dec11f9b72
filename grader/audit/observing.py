"""Grades specimens as a class is graded, several at a time, and keeps what was observed."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from grader.assignments.assignment import Assignment
from grader.audit.evidence_cache import EvidenceCache, key_of
from grader.audit.luck import with_seed
from grader.audit.specimens import Specimen
from grader.errors import KernelFault
from grader.kept import Kept, pack, unpack
from grader.kernel.kernels import Kernels
from grader.pipeline import Choice, Entry, Pipeline
from grader.records import Verdict

# What challenges of all specimens are made from, so that they are tried with the same.
RANDOM = bytes(range(32))
Evidence = Mapping[str, Kept | None]


@dataclass(frozen=True, slots=True)
class Means:
    """With what specimens are graded.

    Args:
        kernels: What notebooks run in, with challenges that are the same for all.
        data: Folders of other copies of datasets, by the assignment's id.
        jobs: How many are graded at a time.
        cache: Has what was observed before; None to observe all anew.
        begin: Is told how many runs there will be.
        shown: Is told of each that was made.
        remark: Is told what whoever audits should know of the data.
    """

    kernels: Kernels
    data: Mapping[str, Path]
    jobs: int = 1
    cache: EvidenceCache | None = None
    begin: Callable[[int], None] = lambda _: None
    shown: Callable[[Specimen], None] = lambda _: None
    remark: Callable[[str], None] = lambda _: None


class Observing:
    """Observes specimens of one assignment.

    Args:
        assignment: Whose they are.
        means: With what they are graded.

    Raises:
        DatasetError: A folder that was named has no data of the assignment.
    """

    def __init__(self, assignment: Assignment, means: Means) -> None:
        self.assignment = assignment
        self._means = means
        self._pipeline = self._made(assignment, means.remark)

    def _made(
        self, assignment: Assignment, remark: Callable[[str], None] = lambda _: None
    ) -> Pipeline:
        choice = Choice([assignment], self._means.data, named=True)
        return Pipeline(self._means.kernels, choice, remark)

    def evidence(self, specimens: Sequence[Specimen]) -> Evidence:
        """Return what was observed of each, by its id; None of what was rejected.

        Raises:
            DatasetError: What they are graded on is not there.
            KernelFault: The grader failed over one.
        """
        keys = {each.id: self._key(each) for each in specimens}
        known = {name: found for name, key in keys.items() if (found := self._found(key))}
        for each in specimens:
            if each.id in known:
                self._means.shown(each)
        left = [each for each in specimens if each.id not in known]
        made = self._graded(left, keys) if left else {}
        return {each.id: known.get(each.id) or made.get(each.id) for each in specimens}

    def _found(self, key: str) -> Kept | None:
        return self._means.cache.find(key) if self._means.cache and key else None

    def _graded(self, specimens: Sequence[Specimen], keys: Mapping[str, str]) -> Evidence:
        made: dict[str, Kept | None] = {}
        # One more than are graded at a time: the next kernel gets ready while these run.
        pool = ThreadPoolExecutor(self._means.jobs + 1, "audit")
        with TemporaryDirectory() as folder, pool:
            waiting = {pool.submit(self._grade, Path(folder), each): each for each in specimens}
            try:
                for future in as_completed(waiting):
                    each = waiting[future]
                    made[each.id] = future.result()
                    self._keep(keys[each.id], made[each.id])
                    self._means.shown(each)
            except BaseException:
                self._means.kernels.cancel()
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return made

    def _keep(self, key: str, kept: Kept | None) -> None:
        if kept is not None and self._means.cache is not None and key:
            self._means.cache.keep(key, kept)

    def _grade(self, folder: Path, specimen: Specimen) -> Kept | None:
        path = folder / specimen.id / "notebook.ipynb"
        path.parent.mkdir()
        path.write_text(specimen.notebook, "utf-8")
        seed = specimen.seed
        pipeline = self._pipeline if seed is None else self._made(with_seed(self.assignment, seed))
        graded = pipeline.grade(Entry(path, specimen.id, specimen.id))
        if graded.kept is None and graded.report.verdict is Verdict.NEEDS_REVIEW:
            told = " ".join(issue.message for issue in graded.report.issues)
            raise KernelFault(f"{specimen.id} could not be graded. {told}")
        # As it comes out of the cache, so that two of them are alike wherever they come from.
        packed = pack(graded.kept) if graded.kept else None
        return unpack(packed) if packed else None

    def _key(self, specimen: Specimen) -> str:
        """Return the key of a specimen's evidence; empty where it cannot be told."""
        conditions = self._conditions
        return key_of(specimen.notebook, specimen.seed, *conditions) if conditions else ""

    @cached_property
    def _conditions(self) -> tuple[str, ...]:
        provenance = self._pipeline.provenance
        digests = provenance.digests(self.assignment)
        images = self._pipeline.images.of(self.assignment)
        row = provenance.of(self.assignment, None)
        if digests is None:
            return ()
        trained = row.training, row.kernel, row.isolation
        return (self.assignment.id, digests.observation, images.sha256, *trained)
