"""Hooks of functions: what they see and do, and that nobody else sees them."""

import copy
import functools
import inspect
import linecache
import pickle
import traceback
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from grader import hooks
from grader.hooks import Arguments, Steps, rewriting

FACTS = (
    "co_name", "co_qualname", "co_filename", "co_firstlineno", "co_argcount", "co_kwonlyargcount",
    "co_posonlyargcount", "co_flags", "co_freevars", "co_cellvars",
)  # fmt: skip


def filtered(function: Callable[..., Any]) -> Callable[..., Any]:
    """Decorate as Keras does."""

    @functools.wraps(function)
    def handler(*args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)

    return handler


class Base:
    def __init__(self, rate: float = 0.5) -> None:
        self.rate = rate


class Model(Base):
    """What a library has that is watched."""

    def __new__(cls, *_: Any, **__: Any) -> Any:
        return super().__new__(cls)

    def fit(self, x: Any, /, epochs: int = 1, *more: Any, verbose: int = 0, **rest: Any) -> Any:
        """Train."""
        if epochs < 0:
            return None
        made = [epoch + verbose for epoch in range(epochs)]

        def result() -> list[int]:
            return made

        return x, result(), more, rest

    @filtered
    def compile(self, loss: str = "mse") -> str:
        if loss == "unknown":
            raise ValueError(loss)
        return self.__mangled(loss)

    def __mangled(self, loss: str) -> str:
        return loss.upper()

    def depth(self) -> int:
        return len(inspect.stack())

    def nothing(self) -> None:
        self.rate += 1


def generator() -> Iterator[int]:
    yield 1


FUNCTIONS = [Model.__new__, Model.fit, inspect.unwrap(Model.compile), Model.depth, Model.nothing]
CODES = {function: function.__code__ for function in FUNCTIONS}
function_of = pytest.mark.parametrize("function", FUNCTIONS, ids=lambda each: each.__name__)


@pytest.fixture(autouse=True)
def _plain() -> Iterator[None]:
    yield
    for function, code in CODES.items():
        function.__code__ = code


class Seen:
    """A hook that looks on."""

    def __init__(self) -> None:
        self.arguments: list[dict[str, Any]] = []
        self.results: list[Any] = []
        self.errors: list[BaseException] = []
        self.callers: list[str] = []

    def __call__(self, arguments: Arguments) -> Steps:
        self.arguments.append(dict(arguments))
        caller = hooks.caller()
        self.callers.append(caller.f_code.co_name if caller else "")
        try:
            result = yield
        except BaseException as error:
            self.errors.append(error)
            raise
        self.results.append(result)
        return result


@pytest.fixture
def seen() -> Seen:
    return Seen()


def others(_: Arguments) -> Steps:
    yield
    return "another result"


def instead(_: Arguments) -> Steps:
    yield from ()
    return "no body"


# What a hook sees and does


def test_arguments_have_their_names(seen: Seen) -> None:
    hooks.attach(Model.fit, seen)
    model = Model()
    model.fit("x", 2, "more", verbose=1, shuffle=True)
    given = {"x": "x", "epochs": 2, "more": ("more",), "verbose": 1, "rest": {"shuffle": True}}
    assert seen.arguments == [{"self": model, **given}]


def test_arguments_that_were_not_given_have_their_defaults(seen: Seen) -> None:
    hooks.attach(Model.fit, seen)
    Model().fit("x")
    assert (seen.arguments[0]["epochs"], seen.arguments[0]["verbose"]) == (1, 0)


@pytest.mark.parametrize(
    ("call", "result"),
    [
        (lambda model: model.fit("x", 2), ("x", [0, 1], (), {})),
        (lambda model: model.fit("x", -1), None),
        (lambda model: model.nothing(), None),
        (lambda model: model.compile("mae"), "MAE"),
    ],
)
def test_it_sees_what_a_call_returns(seen: Seen, call: Any, result: Any) -> None:
    for function in FUNCTIONS[1:]:
        hooks.attach(function, seen)
    assert call(Model()) == result
    assert seen.results == [result]


def test_it_sees_what_a_call_raises(seen: Seen) -> None:
    hooks.attach(Model.compile, seen)
    with pytest.raises(ValueError, match="unknown") as raised:
        Model().compile("unknown")
    assert seen.errors == [raised.value]


def test_it_may_return_something_else() -> None:
    hooks.attach(Model.fit, others)
    assert Model().fit("x") == "another result"


def test_it_may_take_the_place_of_the_body() -> None:
    hooks.attach(Model.nothing, instead)
    model = Model()
    assert (model.nothing(), model.rate) == ("no body", 0.5)


def test_it_sees_an_object_that_is_made(seen: Seen) -> None:
    hooks.attach(Model.__new__, seen)
    model = Model(0.1)
    assert (seen.arguments[0]["cls"], seen.results) == (Model, [model])


def test_the_last_one_is_called_first(seen: Seen) -> None:
    hooks.attach(Model.fit, others)
    hooks.attach(Model.fit, seen)
    Model().fit("x")
    assert seen.results == ["another result"]


def test_one_that_takes_the_place_of_the_body_is_seen_by_those_around_it(seen: Seen) -> None:
    hooks.attach(Model.fit, instead)
    hooks.attach(Model.fit, seen)
    assert (Model().fit("x"), seen.results) == ("no body", ["no body"])


def test_it_knows_who_called(seen: Seen) -> None:
    hooks.attach(Model.fit, seen)
    Model().fit("x")
    assert seen.callers == ["test_it_knows_who_called"]


def test_a_call_that_does_not_come_about_is_not_seen(seen: Seen) -> None:
    hooks.attach(Model.fit, seen)
    with pytest.raises(TypeError):
        Model().fit()
    assert seen.arguments == []


# What nobody sees


@function_of
def test_a_function_keeps_what_can_be_known_of_it(function: Any, seen: Seen) -> None:
    before = known(function)
    hooks.attach(function, seen)
    assert known(function) == before


def known(function: Any) -> list[Any]:
    code = function.__code__
    return [
        *(getattr(code, fact) for fact in FACTS),
        code.co_varnames[: code.co_argcount],
        code.co_consts[0],
        inspect.getsource(function),
        inspect.signature(function),
        vars(function).copy(),
        function.__closure__,
        pickled(function),
        copy.deepcopy(function),
    ]


def pickled(function: Any) -> bytes:
    # Of a decorated function, its name leads to the decorator's.
    return pickle.dumps(getattr(Model, function.__name__))


def test_a_decorated_function_stays_the_same_object(seen: Seen) -> None:
    before = [inspect.unwrap(Model.compile), *vars(Model).items()]
    hooks.attach(Model.compile, seen)
    assert [inspect.unwrap(Model.compile), *vars(Model).items()] == before


def test_a_body_has_no_frame_more_around_it(seen: Seen) -> None:
    before = Model().depth()
    hooks.attach(Model.depth, seen)
    hooks.attach(Model.depth, seen)
    assert Model().depth() == before


def test_a_traceback_is_the_same_to_the_column(seen: Seen) -> None:
    before = failure()
    hooks.attach(Model.compile, seen)
    assert failure() == before
    assert "raise ValueError(loss)" in before


def failure(loss: str = "unknown") -> str:
    try:
        Model().compile(loss)
    except ValueError:
        return traceback.format_exc()
    return ""


def test_an_error_is_the_consequence_of_nothing(seen: Seen) -> None:
    hooks.attach(Model.compile, seen)
    with pytest.raises(ValueError, match="unknown") as raised:
        Model().compile("unknown")
    assert (raised.value.__context__, raised.value.__cause__) == (None, None)


def test_what_a_hook_calls_itself_leaves_no_frames_of_the_grader() -> None:
    names: dict[str, Any] = {"__name__": "grader.training"}
    exec("def hook(arguments):\n    arguments['x']()\n    yield", names)  # noqa: S102
    hooks.attach(Model.fit, names["hook"])

    def student() -> None:
        raise KeyError("accuracy")

    with pytest.raises(KeyError) as raised:
        Model().fit(student)
    frames = [frame.f_code.co_name for frame, _ in traceback.walk_tb(raised.tb)]
    assert frames[1:] == ["fit", "student"]


def test_a_deep_recursion_ends_as_it_would(seen: Seen) -> None:
    def deeper(depth: int) -> Any:
        return Model().fit(depth) if depth == 0 else deeper(depth - 1)

    hooks.attach(Model.fit, seen)
    with pytest.raises(RecursionError):
        deeper(10**6)


def test_a_subclass_calls_it_as_its_base(seen: Seen) -> None:
    class Own(Model):
        def fit(self, x: Any, **rest: Any) -> Any:  # type: ignore[override]
            return "own", super().fit(x, **rest)

    hooks.attach(Model.fit, seen)
    assert Own().fit("x") == ("own", ("x", [0], (), {}))


# What has no hooks


def test_a_generator_is_refused(seen: Seen) -> None:
    with pytest.raises(ValueError, match=r"generator of .* cannot be given hooks"):
        hooks.attach(generator, seen)


def test_a_function_without_source_is_refused(seen: Seen) -> None:
    names: dict[str, Any] = {}
    exec("def made(): pass", names)  # noqa: S102
    with pytest.raises(ValueError, match="made of <string> cannot be given hooks"):
        hooks.attach(names["made"], seen)


def test_a_function_whose_source_is_another_s_is_refused(
    seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    rewriting.prepared.cache_clear()
    monkeypatch.setattr(linecache, "getlines", lambda _: ["def other(): pass\n"] * 500)
    with pytest.raises(ValueError, match=r"Model\.fit of .* cannot be given hooks"):
        hooks.attach(Model.fit, seen)
