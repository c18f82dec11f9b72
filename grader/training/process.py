"""A process of its own for one training, in which not a line of a student's runs."""

import json
import os
import socket
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from grader import arrays, frames
from grader.isolation.confinement import Confinement, confine, seal
from grader.probe import locks
from grader.training import stored
from grader.training.accept import accept, accept_network
from grader.training.description import Description
from grader.training.reading import MAX_BYTES
from grader.training.refusals import OtherImages, Refused
from grader.training.results import Array, Epoch, Plan, Reply, Report, Turn
from grader.training.snapshots import Snapshot, SnapshotReport, Wanted, to_json

# As many descriptions as one kernel may have trained.
MOST_BYTES = 20 * MAX_BYTES
MOST_WEIGHTS = 2**29


def main(path: str, confinement: Confinement | None) -> None:
    """Make the training that is asked for over a socket, and send every epoch of it, and the end.

    Args:
        path: Where the grader listens.
        confinement: What this process has been confined to, with no more sockets from now on.
    """
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(path)
        if confinement is not None:
            if confinement.alone:
                locks.install()
            seal(confinement)
        try:
            asked = frames.receive_json(connection, MOST_BYTES)
            {"train": _train, "examine": _examine}[asked["task"]](connection, asked)
        except Refused as error:
            kind = "elsewhere" if isinstance(error, OtherImages) else "refused"
            frames.send_json(connection, kind=kind, reason=str(error))
        except frames.BrokenError:
            return
        except Exception as error:  # noqa: BLE001 - whatever Keras minds, whoever asked is told
            reason = f"{type(error).__name__}: {error}"
            frames.send_json(connection, kind="failed", reason=reason[:2000])


def _train(connection: socket.socket, asked: Mapping[str, Any]) -> None:
    from grader.training import trainer

    description = _accepted(asked["description"])
    earlier = [
        Turn(_accepted(turn["description"]), tuple(Reply(**reply) for reply in turn["replies"]))
        for turn in asked["earlier"]
    ]
    plan, dataset = Plan(**asked["plan"]), Path(asked["dataset"])
    trainer.prepare(plan.threads)
    report = _reporting(connection, Wanted.read(asked["wanted"]))
    trained = trainer.train(description, dataset, plan, report, earlier)
    frames.send_json(connection, kind="trained")
    frames.send(connection, stored.dump(trained, ()))


def _accepted(described: object) -> Description:
    # The grader has accepted it already; this process believes nobody.
    return accept(json.dumps(described).encode())


def _examine(connection: socket.socket, asked: Mapping[str, Any]) -> None:
    from grader.training import examine, trainer

    network = accept_network(json.dumps(asked["network"]).encode())
    weights = [_received(connection, told) for told in asked["weights"]]
    plan, dataset = Plan(**asked["plan"]), Path(asked["dataset"])
    trainer.prepare(plan.threads)
    shares = examine.examine(network, weights, dataset, asked["turned"], plan.seed)
    frames.send_json(connection, kind="examined", shares=shares)


def _received(connection: socket.socket, told: list[dict[str, Any]]) -> list[Array]:
    return arrays.take(lambda most: frames.receive(connection, most), told, MOST_WEIGHTS)


def _reporting(connection: socket.socket, wanted: Wanted) -> Report:
    def report(epoch: Epoch) -> Reply:
        frames.send_json(connection, kind="epoch", **asdict(epoch))
        return Reply(**frames.receive_json(connection))

    def show(snapshot: Snapshot) -> None:
        told = {"calls": to_json(snapshot.calls), "arrays": arrays.announced(snapshot.weights)}
        frames.send_json(connection, kind="snapshot", **told)
        for array in snapshot.weights:
            frames.send(connection, array.tobytes())

    return SnapshotReport(report, wanted, show)


if __name__ == "__main__":
    given = Confinement.taken_from(os.environ)
    if given is not None:
        confine(given)
    main(sys.argv[1], given)
