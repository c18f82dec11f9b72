"""Whether the trainings that the grader was asked for are those that fits asked for."""

from collections.abc import Collection

from grader.evidence import Evidence

UNASKED = "what the grader was asked to train is not what fit asked for"


def note_unasked(evidence: Evidence, answered: Collection[int], *, senseless: bool = False) -> None:
    """Note requests that no fit made, and fits that say they made a request and did not.

    Args:
        evidence: What a kernel said; it is changed.
        answered: Numbers of the requests.
        senseless: Whether something else came than requests.
    """
    fits = evidence.fits.values()
    known = {fit.number for fit in fits}
    # A fit that was cut short has asked, and not said so.
    short = sum(not fit.finished and fit.error is None for fit in fits)
    foreign = sum(number not in known for number in answered) > short
    trained = {fit.number for fit in fits if fit.finished and fit.path == "grader"}
    if senseless or foreign or not trained <= set(answered):
        evidence.tampered["fit"] = UNASKED
