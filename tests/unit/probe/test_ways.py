import threading

from grader.probe.fitting import Way


def test_a_fit_is_of_the_thread_that_called_it() -> None:
    assert Way().is_here()


def test_a_fit_of_another_thread_is_not_here() -> None:
    found: list[Way] = []
    thread = threading.Thread(target=lambda: found.append(Way()))
    thread.start()
    thread.join()
    assert not found[0].is_here()


def test_who_trained_is_told_without_the_thread() -> None:
    assert Way("kernel", "why", 3).told() == {"path": "kernel", "reason": "why", "number": 3}
