import asyncio
import gc
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest

from grader.isolation.choice import Isolation
from grader.kernel.event_loop import EventLoop, to_its_end
from grader.kernel.kernels import Kernels
from grader.processes.backend import Backend

MANY = 40
# Far longer than anything here takes.
LONG_S = 30.0
Begin = Callable[..., Future[Any]]


@pytest.fixture
def loop() -> Iterator[EventLoop]:
    made = EventLoop()
    yield made
    made.cancel()
    made.close()


@pytest.fixture
def begin(loop: EventLoop) -> Iterator[Begin]:
    """Begin a coroutine in a thread of its own."""
    with ThreadPoolExecutor(MANY) as pool:
        yield lambda coroutine: pool.submit(loop.run, coroutine)
        loop.cancel()


async def meet(barrier: asyncio.Barrier) -> asyncio.AbstractEventLoop:
    await barrier.wait()
    return asyncio.get_running_loop()


async def wait_for(*events: threading.Event) -> None:
    """Say that this has begun, by the first event, and wait until it is cancelled."""
    events[0].set()
    try:
        await asyncio.sleep(LONG_S)
    finally:
        await asyncio.sleep(0)
        for event in events[1:]:
            event.set()


async def fail(error: BaseException) -> None:
    raise error


def loop_threads() -> int:
    gc.collect()
    return sum(each.name == "kernels" for each in threading.enumerate())


def test_what_several_threads_run_runs_in_one_loop(begin: Begin) -> None:
    barrier = asyncio.Barrier(8)
    made = [begin(meet(barrier)) for _ in range(8)]
    assert len({future.result(LONG_S) for future in made}) == 1


@pytest.mark.parametrize("error", [ValueError("its own"), SystemExit(3), KeyboardInterrupt()])
def test_what_one_raises_is_for_whoever_waits_for_it(begin: Begin, error: BaseException) -> None:
    with pytest.raises(type(error)):
        begin(fail(error)).result(LONG_S)


@pytest.mark.parametrize("error", [ValueError("its own"), SystemExit(3), KeyboardInterrupt()])
def test_what_one_raises_ends_no_other(begin: Begin, error: BaseException) -> None:
    barrier = asyncio.Barrier(2)
    other = begin(meet(barrier))
    with pytest.raises(type(error)):
        begin(fail(error)).result(LONG_S)
    begin(meet(barrier)).result(LONG_S)
    assert other.exception(LONG_S) is None


def test_cancel_ends_all_that_runs(loop: EventLoop, begin: Begin) -> None:
    begun = [threading.Event() for _ in range(3)]
    made = [begin(wait_for(each)) for each in begun]
    assert all(each.wait(LONG_S) for each in begun)
    loop.cancel()
    ended = [future.exception(LONG_S) for future in made]
    assert [type(each) for each in ended] == [asyncio.CancelledError] * 3


def test_what_is_cancelled_is_waited_for(loop: EventLoop, begin: Begin) -> None:
    begun, ended = threading.Event(), threading.Event()
    future = begin(wait_for(begun, ended))
    assert begun.wait(LONG_S)
    loop.cancel()
    future.exception(LONG_S)
    assert ended.is_set()


@pytest.fixture
def interrupted(loop: EventLoop) -> threading.Event:
    """Be interrupted, as by Ctrl-C, while something runs; return whether it had ended by then."""
    begun, ended = threading.Event(), threading.Event()

    def interrupt() -> None:
        begun.wait(LONG_S)
        os.kill(os.getpid(), signal.SIGINT)

    gc.collect()
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    thread = threading.Thread(target=interrupt)
    thread.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            loop.run(wait_for(begun, ended))
    finally:
        signal.signal(signal.SIGINT, before)
        thread.join()
    return ended


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
def test_an_interruption_waits_until_what_ran_has_ended(interrupted: threading.Event) -> None:
    assert interrupted.is_set()


def test_as_many_things_are_done_in_threads_as_there_are_runs(begin: Begin) -> None:
    barrier = threading.Barrier(MANY, timeout=LONG_S)
    made = [begin(asyncio.to_thread(barrier.wait)) for _ in range(MANY)]
    assert sorted(future.result(LONG_S) for future in made) == list(range(MANY))


def test_a_loop_that_is_closed_waits_for_what_runs(loop: EventLoop, begin: Begin) -> None:
    begun, ended = threading.Event(), threading.Event()
    begin(wait_for(begun, ended))
    assert begun.wait(LONG_S)
    loop.cancel()
    loop.close()
    assert ended.is_set()


def test_a_loop_that_is_closed_leaves_no_thread() -> None:
    before = loop_threads()
    loop = EventLoop()
    loop.run(asyncio.sleep(0))
    assert loop_threads() == before + 1
    loop.close()
    assert loop_threads() == before


def test_nothing_is_left_of_kernels_that_nobody_closed() -> None:
    before = loop_threads()
    kernels = Kernels(Backend.best(), Isolation.NONE)
    kernels._loop.run(asyncio.sleep(0))
    [thread] = [each for each in threading.enumerate() if each is kernels._loop._thread]
    del kernels
    gc.collect()
    thread.join(LONG_S)
    assert loop_threads() == before


async def _awaiting(ended: list[str], *, fails: bool = False) -> None:
    async def end() -> None:
        await asyncio.sleep(0.05)
        ended.append("all of it")
        if fails:
            raise ValueError

    await to_its_end(end())
    ended.append("more")


def cancelled(*, times: int) -> list[str]:
    """Cancel what awaits something to its end; return what was done."""
    ended: list[str] = []

    async def run() -> None:
        task = asyncio.ensure_future(_awaiting(ended))
        for _ in range(times):
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(run())
    return ended


@pytest.mark.parametrize("times", [1, 2, 5])
def test_an_end_is_reached_however_often_it_is_cancelled(times: int) -> None:
    assert cancelled(times=times) == ["all of it"]


def test_an_end_that_is_not_cancelled_goes_on() -> None:
    ended: list[str] = []
    asyncio.run(_awaiting(ended))
    assert ended == ["all of it", "more"]


def test_an_end_that_fails_is_told() -> None:
    with pytest.raises(ValueError, match=r"^$"):
        asyncio.run(_awaiting([], fails=True))
