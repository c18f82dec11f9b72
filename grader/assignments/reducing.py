"""What a grading profile makes of an assignment, and what of the assignment it must fit."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from grader.assignments.constants import require_constant
from grader.assignments.declaring import DeclarationError, Place, did_you_mean, require
from grader.assignments.profile import Profile
from grader.datasets import Dataset
from grader.datasets.class_folders import ImageSplit
from grader.datasets.reduction import Reduction
from grader.errors import GraderError
from grader.goals import words
from grader.kinds.kind import GradedPart
from grader.notebook.constants import constants
from grader.records import Layout, Role


def reductions(profile: Profile, dataset: Dataset | None) -> dict[str, Reduction]:
    """Return how much is taken of each split of images of which not all is, by its name.

    Args:
        profile: By which it is graded.
        dataset: The assignment's; None where it has none.
    """
    found = {each.name: profile.reduction(each.name) for each in _of_images(dataset)}
    return {name: each for name, each in found.items() if each != Reduction()}


def reduced_parts(profile: Profile, parts: Iterable[GradedPart]) -> list[GradedPart]:
    """Return graded parts with the goals and epochs of a profile.

    Raises:
        DeclarationError: They do not go together; names the profile's file and line.
    """
    return [_reduced(profile, each) if each.trains else each for each in parts]


def _reduced(profile: Profile, part: GradedPart) -> GradedPart:
    goals = tuple(profile.goals.get(goal, goal) for goal in part.goals)
    try:
        # Whatever trains is declared with both.
        epochs = profile.epochs.get(part.name, part.most_epochs)
        return replace(part, goals=goals, most_epochs=epochs)  # type: ignore[call-arg]
    except GraderError as error:
        found = f"With the profile {profile.name}: {error}"
        fix = "Say in its goals what stands for a goal of the whole."
        raise DeclarationError(profile.place, found, fix) from error


def require_fitting(
    profile: Profile,
    parts: Sequence[GradedPart],
    dataset: Dataset | None,
    layouts: Sequence[Layout],
    notebook: str,
) -> None:
    """Make sure that there is of an assignment what its profile names.

    Args:
        profile: Of the assignment.
        parts: Its graded parts.
        dataset: Its data.
        layouts: The known editions of its notebook.
        notebook: File name of the notebook.

    Raises:
        DeclarationError: Something is missing, or does not go together; names file and line.
    """
    place, trainers = profile.place, [each.name for each in parts if each.trains]
    _require_splits(profile, dataset)
    for what, named in (("epochs", profile.epochs), ("steps", profile.steps)):
        _require_names(what, named, trainers, "Name a function that trains.", place)
    for name, value in profile.constants.items():
        require_constant(name, value, layouts, notebook, place)
    known = [goal for part in parts for goal in part.goals]
    for goal in profile.goals:
        require(goal in known, f"The profile {profile.name} names a goal that no part has: "
                f"{words.sentence(goal)}.", "Name one of those that parts are given as goals=...",
                place)  # fmt: skip
    for part in parts:
        longer = profile.epochs.get(part.name, 0) > part.most_epochs
        require(not longer, f"The profile {profile.name} looks at {profile.epochs.get(part.name)} "
                f"epochs of {part.name}, and its most_epochs are {part.most_epochs}.",
                "A profile takes at most as many.", place)  # fmt: skip
    reduced_parts(profile, parts)


def _require_splits(profile: Profile, dataset: Dataset | None) -> None:
    reducible = [each.name for each in _of_images(dataset)]
    named = profile.images if isinstance(profile.images, Mapping) else {}
    fix = "Name a split of ClassFolders or an ImageFolder; arrays are taken whole."
    _require_names("images", named, reducible, fix, profile.place)
    any_ = profile.size or not isinstance(profile.images, Mapping)
    require(reducible or not any_, f"The profile {profile.name} takes of images, and there are "
            "none.", "Leave out images and size.", profile.place)  # fmt: skip


def _require_names(
    what: str, named: Iterable[str], known: Sequence[str], fix: str, place: Place
) -> None:
    for name in named:
        require(name in known, f"A profile has {what} of {name!r}; found "
                f"{', '.join(filter(None, known)) or 'none'}.", did_you_mean(name, known) or fix,
                place)  # fmt: skip


def _of_images(dataset: Dataset | None) -> list[ImageSplit]:
    splits = dataset.all_splits if dataset else ()
    return [each for each in splits if isinstance(each, ImageSplit)]


def taken_away(
    profile: Profile,
    parts: Iterable[GradedPart],
    layout: Layout,
    counts: Mapping[str, tuple[int, int]],
) -> Iterator[str]:
    """Say what a grade by a profile does without, a phrase for each.

    Args:
        profile: By which it was made.
        parts: The graded parts of the whole assignment.
        layout: The notebook that students get.
        counts: How many images there were and how many there are in all, by the split, where some
            were left out; an undivided dataset has no name.
    """
    for split, (taken, whole) in counts.items():
        yield f"{taken:,} of {whole:,} images{f' of {split}' if split else ''}"
    if profile.size is not None:
        yield f"images of at most {profile.size[0]}x{profile.size[1]} pixels"
    given = constants(cell.source for cell in layout.cells if cell.role is Role.REQUIRED)
    for name, value in profile.constants.items():
        if name in given:
            yield f"{name} = {value!r} instead of {given[name]!r}"
    for part in parts:
        epochs = profile.epochs.get(part.name, part.most_epochs)
        if epochs != part.most_epochs:
            yield f"at most {epochs} epochs of {part.name} instead of {part.most_epochs}"
        if part.name in profile.steps:
            yield f"at most {profile.steps[part.name]} batches an epoch of {part.name}"
    for goal, instead in profile.goals.items():
        yield f"{words.sentence(instead)} instead of {words.sentence(goal)}"
