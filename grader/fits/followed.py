"""Follows a training that its kernel has asked for, and has further seeds tried once it misses."""

import time
from dataclasses import dataclass, field

from grader.fits.epoch_stream import EpochStream
from grader.fits.further_seeds import FurtherSeeds, Source
from grader.fits.prospects import Prospects
from grader.training.description import Description
from grader.training.results import Epoch, Reply, TrainingPlan


@dataclass(slots=True)
class FollowedTraining:
    """One training, as it is told to its kernel.

    Args:
        seeds: Of the submission.
        asked: What is trained, how, and where trainings come from.
        stream: Tells the kernel of its epochs.
        prospects: Of reaching the goals in time.
    """

    seeds: FurtherSeeds
    asked: tuple[Description, TrainingPlan, Source]
    stream: EpochStream
    prospects: Prospects
    # Whether it was ended, as a further seed reaches the goals.
    cut: bool = field(default=False, init=False)
    _tried: bool = field(default=False, init=False)
    _begun: float = field(default_factory=time.monotonic, init=False)

    def __call__(self, epoch: Epoch) -> Reply:
        """Tell of an epoch; once the goals are missed, try further seeds before."""
        self.prospects.after(epoch)
        if self.prospects.lost and not self._tried:
            self._tried = True
            self.cut = self.prospects.shows_all and not epoch.stopping and self._one_reaches()
        return self.stream.report(epoch, cut=self.cut)

    def _one_reaches(self) -> bool:
        taken_s = time.monotonic() - self._begun
        return self.seeds.one_reaches(*self.asked, self.stream.replies, taken_s)
