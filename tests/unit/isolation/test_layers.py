import pytest

from grader.errors import UsageError
from grader.isolation import landlock, seccomp
from grader.isolation import layers as module
from grader.isolation.choice import Isolation
from grader.isolation.layers import applied, layers


def test_none_applies_nothing() -> None:
    assert applied(Isolation.NONE) == ()


@pytest.fixture
def without_landlock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(landlock, "version", lambda: 0)


@pytest.mark.usefixtures("without_landlock")
def test_strict_refuses_where_the_floor_is_missing() -> None:
    with pytest.raises(UsageError, match=r"for lack of landlock\. Use Linux"):
        applied(Isolation.STRICT)


@pytest.mark.usefixtures("without_landlock")
def test_available_takes_what_there_is() -> None:
    found = applied(Isolation.AVAILABLE)
    assert "landlock" not in found
    assert set(found) == {layer.name for layer in layers() if layer.there}


def test_what_is_no_floor_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LINUX", True)
    monkeypatch.setattr(landlock, "version", lambda: 3)
    monkeypatch.setattr(seccomp, "available", lambda: True)
    assert applied(Isolation.STRICT) == ("landlock", "seccomp", "privileges", "limits")


def test_elsewhere_than_on_linux_there_is_no_layer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LINUX", False)
    assert applied(Isolation.AVAILABLE) == ()
