"""How to tell that an attack succeeded."""

import time

import psutil

from grader.processes.limits import MIB
from hostile.attack import Harm, Outcome
from hostile.surroundings import Surroundings

# Far more than the limit that the tests set, and far less than these attacks try to have kept.
KEPT_AT_MOST = 4 * MIB
# How long a process may go on becoming another one.
RESTLESS_S, LOOK_S = 1.5, 0.05


def none(_: Surroundings, __: Outcome) -> bool:
    """No harm of its own: what every run must leave alone is looked at anyway."""
    return False


def told(name: str) -> Harm:
    """It showed a secret."""
    return lambda around, outcome: around.secrets[name] in str(outcome.outputs)


def said(word: str) -> Harm:
    """It came to where it says so."""
    return lambda _, outcome: word in outcome.printed


def changed(around: Surroundings, _: Outcome) -> bool:
    """It changed a file of others."""
    return around.places.changed


def planted(around: Surroundings, _: Outcome) -> bool:
    """It left a file where others find it."""
    return around.places.planted


def heard(around: Surroundings, _: Outcome) -> bool:
    """It reached somebody who listens."""
    return around.listeners.heard


def disturbed(around: Surroundings, _: Outcome) -> bool:
    """The neighbour is not as it was."""
    return around.neighbour.disturbed


def signalled(around: Surroundings, _: Outcome) -> bool:
    """The grader got a signal."""
    return bool(around.grader.signals)


def ended_template(around: Surroundings, _: Outcome) -> bool:
    """The template is dead."""
    return around.grader.template_died


def survived(around: Surroundings, _: Outcome) -> bool:
    """A process of it lives on."""
    return bool(around.surviving)


def escaped(around: Surroundings, _: Outcome) -> bool:
    """A process of it is no other one any more, and lives on."""
    end = time.monotonic() + RESTLESS_S
    while not any(_sleeps(each) for each in around.present) and time.monotonic() < end:
        time.sleep(LOOK_S)
    return bool(around.present)


def _sleeps(process: psutil.Process) -> bool:
    try:
        return process.name() == "sleep"
    except psutil.Error:
        return False


def remained(around: Surroundings, _: Outcome) -> bool:
    """Its work folder is still there."""
    return bool(around.remaining)


def swelled(_: Surroundings, outcome: Outcome) -> bool:
    """More of it was kept than a cell may show."""
    return len(str(outcome.outputs)) > KEPT_AT_MOST
