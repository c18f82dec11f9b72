"""What callbacks elsewhere are shown of an epoch besides its logs: its batches, and weights."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from grader.training.results import Array, Epoch, Reply, Report
from grader.wire import messages

# Hooks within one epoch, so that what is told of it stays below the longest message.
MOST_CALLS = 4_000


@dataclass(frozen=True, slots=True)
class HookCall:
    """A call of one of a callback's hooks within an epoch.

    Args:
        hook: Name of the hook.
        batch: Number of the batch; None where a hook has none.
        logs: What it was given.
    """

    hook: str
    batch: int | None
    logs: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One epoch, when it has ended.

    Args:
        calls: Of hooks within it, in order; empty unless they were asked for.
        weights: Arrays of all layers, in the order of the description; none unless asked for.
    """

    calls: tuple[HookCall, ...] = ()
    weights: tuple[Array, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be shown of each epoch.

    Args:
        weights: The weights at its end.
        batches: The hooks within it.
    """

    weights: bool = False
    batches: bool = False

    @classmethod
    def read(cls, said: object) -> "Wanted":
        """Read it from JSON, whoever sent it; what makes no sense wants nothing."""
        given: Mapping[Any, Any] = said if isinstance(said, dict) else {}
        return cls(given.get("weights") is True, given.get("batches") is True)

    def __bool__(self) -> bool:
        return self.weights or self.batches


@dataclass(frozen=True, slots=True)
class SnapshotReport:
    """A report that is shown each epoch before it replies to it.

    Args:
        reply: Replies.
        wanted: What is shown.
        show: Is called with it.
    """

    reply: Report
    wanted: Wanted
    show: Callable[[Snapshot], None]

    def __call__(self, epoch: Epoch) -> Reply:
        """Reply to an epoch."""
        return self.reply(epoch)


def wanted_by(report: Report) -> Wanted:
    """Return what a report wants to be shown."""
    return report.wanted if isinstance(report, SnapshotReport) else Wanted()


def to_message(snapshot: Snapshot) -> messages.SnapshotMessage:
    """Return the message that shows a snapshot."""
    calls = [(call.hook, call.batch, dict(call.logs)) for call in snapshot.calls]
    return messages.SnapshotMessage(arrays=snapshot.weights, calls=calls)


def from_message(message: messages.SnapshotMessage) -> Snapshot:
    """Return what ``to_message`` was given, at the other end."""
    return Snapshot(tuple(HookCall(*call) for call in message.calls), tuple(message.arrays))
