"""Runs a plan with the published seeds: the first decides, bad luck gets another try."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from grader.assignments.assignment import Assignment
from grader.attempt import Attempt, Counts, chosen, trainings_of
from grader.checks.goal_result import GoalResult
from grader.evidence import Examined
from grader.fits.further_seeds import FurtherSeeds
from grader.fits.label_shift import LabelShift
from grader.fits.overlay import corrected
from grader.goals import Goal
from grader.images import Images
from grader.kernel.job import Aims, Job, Run
from grader.kernel.kernels import Kernels
from grader.records import Plan

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Runs:
    """Runs of one plan."""

    assignment: Assignment
    plan: Plan
    images: Images
    kernels: Kernels
    further: FurtherSeeds | None = None

    def _job(self, seed: int, exam: LabelShift | None = None) -> Job:
        assignment, images, aims = self.assignment, self.images, self._all_aims()
        return Job(
            self.plan.cells,
            assignment.by_name,
            images.folder,
            images.kit_folder,
            seed,
            assignment.limits,
            dataset_sha256=images.sha256,
            epochs=aims[""].epochs,
            exam=exam,
            targets=aims[""].targets,
            splits=images.splits,
            modules=assignment.modules,
            apart=assignment.apart,
            arrays=images.arrays,
            aims=aims,
            further=None if exam else self.further,
        )

    def _all_aims(self) -> dict[str, Aims]:
        """Return what is looked at in what each function trains, as ``Job`` takes it."""
        assignment = self.assignment
        trainers = assignment.trainers
        steps = assignment.graded_by.steps if assignment.graded_by else {}
        # What is trained in other cells is measured on what all of these functions have in common.
        aims = {
            "": _aims(
                assignment.most_epochs,
                assignment.goals,
                data=_common(part.data for part in trainers),
                validation=_common(part.validation for part in trainers),
                test=_common(part.test for part in trainers),
            )
        }
        for part in trainers:
            named = {"data": part.data, "validation": part.validation, "test": part.test}
            own = _aims(part.most_epochs, part.goals, **named)
            aims[part.name] = replace(own, steps=steps.get(part.name, 0))
        return aims

    def attempt(self, seed: int, exam: LabelShift | None = None) -> Attempt:
        return self._looked_at(seed, self.kernels.run(self._job(seed, exam)))

    def further_seeds(self) -> FurtherSeeds:
        """Return what tries further seeds ahead."""
        assignment = self.assignment
        # Where several functions train, one may still reach its goals with the seed that another
        # has missed them with. How many samples of arrays an epoch is to show, is not looked at.
        [trainer, *others] = assignment.trainers or (None,)
        goals = trainer.goals if trainer and not (others or trainer.data) else ()
        return FurtherSeeds(assignment.seeds, goals, self.images.count)

    def missed(self, first: Attempt, seed: int) -> Attempt | None:
        """Return what a seed came to that was tried without a kernel; None where it was not.

        Args:
            first: With the first seed, whose fit it was.
            seed: The other one.
        """
        missed = self.further.missed.get(seed) if self.further and first.cut else None
        graded = next(iter(first.trainings.values()), None)
        if missed is None or graded is None or graded.fit.number is None:
            return None
        number = graded.fit.number
        answered = replace(
            first.run.answered[number], trained=missed.trained, moved_s=0.0, digests=()
        )
        fit = graded.fit.model_copy(update={"wall_s": missed.seconds})
        fits = first.run.evidence.fits | {fit.index: corrected(fit, answered)}
        run = replace(
            first.run,
            execution=replace(first.run.execution, seed=seed),
            evidence=replace(first.run.evidence, fits=fits),
            answered={number: answered},
        )
        return self._looked_at(seed, run)

    def _looked_at(self, seed: int, run: Run) -> Attempt:
        images = self.images
        data = Counts(images.count, images.classes, {**images.counts, **images.array_counts})
        return Attempt.of(self.assignment, self.plan, seed, run, data)

    def examined(self, attempt: Attempt, names: Sequence[str]) -> Attempt:
        """Run once more, on class folders that are exchanged or not, and see what was learnt.

        Args:
            attempt: The run that counts.
            names: Graded names of the functions whose trainings nobody but the kernel knows of.
        """
        # Where arrays are trained on, there are no class folders that could be exchanged.
        of_folders = [each for each in names if not self.assignment.by_name[each].data]
        exam = LabelShift.drawn(self.images.classes) if of_folders else LabelShift(0)
        again = self.attempt(attempt.seed, exam).trainings if of_folders else {}
        for name in names:
            made, fit = again.get(name) if name in of_folders else None, attempt.trainings[name].fit
            found = (made and made.fit.examined) or Examined(by="nothing", turned=exam.turned)
            attempt.run.evidence.add(fit.model_copy(update={"examined": found}))
        return self._anew(attempt)

    def relearnt(self, attempt: Attempt, name: str, epochs: int) -> Attempt:
        """See whether a network learns exchanged labels as well, where there is doubt.

        Args:
            attempt: The run that counts.
            name: Graded name of the function that has trained it.
            epochs: After how many epochs the first of its goals was reached.
        """
        fit = attempt.trainings[name].fit
        answered = attempt.run.answered.get(-1 if fit.number is None else fit.number)
        if fit.trained is None or answered is None:
            return attempt
        found = self.kernels.relearnt(self._job(attempt.seed), name, answered, epochs)
        if found is None:
            return attempt
        known = {"relearnt": found.share, "undecided": found.late}
        trained = fit.trained.model_copy(update=known)
        attempt.run.evidence.add(fit.model_copy(update={"trained": trained}))
        return self._anew(attempt)

    def _anew(self, attempt: Attempt) -> Attempt:
        """Look at a run again whose evidence says more now."""
        return replace(attempt, trainings=trainings_of(self.assignment, attempt.observed))


def _common(names: Iterable[str]) -> str:
    """Return the name that all have; empty if they have several."""
    found = set(names)
    return found.pop() if len(found) == 1 else ""


def _aims(epochs: int, goals: Sequence[Goal], *, data: str, validation: str, test: str) -> Aims:
    of_split = {
        split: tuple(goal.least for goal in goals if goal.of_accuracy and goal.split == split)
        for split in ("training", "validation", "test")
    }
    losses = [goal for goal in goals if goal.of_loss]
    return Aims(
        epochs=epochs,
        targets=of_split["training"],
        validation_targets=of_split["validation"],
        data=data,
        validation=validation,
        test=test,
        loss_targets=tuple(goal.bound for goal in losses if goal.split == "validation"),
        test_targets=of_split["test"],
        measured_on=frozenset(split for goal in goals for split in goal.measured_on),
        losses=bool(losses),
    )


def attempts(
    assignment: Assignment, plan: Plan, images: Images, kernels: Kernels, progress: Progress
) -> list[Attempt]:
    """Run with the first seed, and with the next ones only where luck can have been bad.

    On real images 8 of 45 single runs of right solutions missed 15 epochs by chance alone, so one
    seed is no measure of a student's work. A model that only its kernel has trained is examined.
    """
    runs = _Runs(assignment, plan, images, kernels)
    with runs.further_seeds() as further:
        made = _made(replace(runs, further=further), progress)
    if any(each.cut for each in made) and not chosen(made).in_time:
        # What was seen ahead has not come true, so all of it is to be seen; with no seed twice, as
        # a notebook that draws from elsewhere would have another try.
        made = _made(runs, progress, {each.seed: each for each in made if not each.cut})
    best = chosen(made)
    made[made.index(best)] = _confirmed(runs, best, progress)
    return made


def _made(
    runs: _Runs, progress: Progress, whole: Mapping[int, Attempt] = MappingProxyType({})
) -> list[Attempt]:
    """Run with one seed after the other, until one was not unlucky.

    Args:
        runs: Make them.
        progress: Is told of each.
        whole: Runs to their end that are there already, by their seed.
    """
    made: list[Attempt] = []
    seeds = runs.assignment.seeds
    for number, seed in enumerate(seeds, start=1):
        progress("running" if number == 1 else f"unlucky, seed {number} of {len(seeds)}")
        known = whole.get(seed) or (runs.missed(made[0], seed) if made else None)
        made.append(known or runs.attempt(seed))
        if not any(result.unlucky for result in made[-1].results):
            break
    return made


def _confirmed(runs: _Runs, best: Attempt, progress: Progress) -> Attempt:
    """See whether what a run reached holds, where there can be doubt."""
    claimed = [
        name for name in best.trainings if any(r.claimed for r in best.outcome(name).results)
    ]
    if runs.kernels.trains and claimed:
        progress("not trained by the grader, examined")
        best = runs.examined(best, claimed)
    for name in best.trainings:
        results = best.outcome(name).results
        reached = [result.reached_at or 0 for result in results if _is_known(result)]
        if reached:
            best = runs.relearnt(best, name, min(reached))
    return best


def _is_known(result: GoalResult) -> bool:
    """Whether the grader has measured that a goal was reached."""
    return result.measured and result.in_time
