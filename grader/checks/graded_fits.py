"""Which of a run's trainings are graded: one of each function that trains.

Where one function trains, that is the training whose History it returned, else the last one. Where
several do, each is judged by a training of its own: of what the call of another one has trained,
nothing counts for it, whatever it returned. Who trained, the grader tells by the cell that was
running, else by the functions that the kernel names.

A cell that trains returns nothing: its graded training is the last one in it of the model that its
variable is. What other cells train of that model, before or after it, is not its own.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from grader.checks.absence import Seen
from grader.checks.made_by import makers
from grader.evidence import Fit, Loader, Model, ReturnedResult
from grader.records.graded_names import is_call, variable_of

TRAIN = "The function is to train the model with fit, and to wait until it has ended."
IN_CELL = "The cell is to train {} with fit, and to wait until it has ended."
OWN = "Each of these functions is to train a model, and to return the History of that training."
Range: TypeAlias = tuple[float, float]


class GradedFits(Seen):
    """One run of a submission, whose trainings are told apart."""

    __slots__ = ()

    @property
    def trainers(self) -> list[str]:
        """Graded names of the functions that train, in the order in which they are declared."""
        return [name for name, part in self.probes.items() if part.trains]

    def trainers_on(self, loader: str) -> list[str]:
        """Return those of them that are to train on what a loader function returns.

        Args:
            loader: Its graded name.
        """
        asked = [(name, self.probes[name]) for name in self.trainers]
        of_loaders = [(name, part.trained_on) for name, part in asked if not part.data]
        return [name for name, part in of_loaders if part is None or part.name == loader]

    def trained_on(self, loader: str) -> Iterator[tuple[str, Loader]]:
        """Yield by which functions the grader was asked to train in its place, and on what.

        Args:
            loader: Graded name of the loader function.
        """
        yield from self.made_on(self.trainers_on(loader))

    def made_on(self, names: Iterable[str]) -> Iterator[tuple[str, Loader]]:
        """Yield which of some trainers had the grader train in their place, and on what.

        Args:
            names: Their graded names.
        """
        for name in names:
            fit = self.graded_fit(name)
            if fit is not None and fit.trained is not None and fit.trained.loader is not None:
                yield name, fit.trained.loader

    def fit(self, name: str) -> Fit:
        """The graded training: the one whose History was returned, else the last."""
        self.require_touched(name)
        fit = self.graded_fit(name)
        if fit is not None and fit.finished:
            return fit
        other = None if fit else self._returned_of(name)
        if other is not None:
            raise self.absent(name, f"{name} returned the History of what {other} trained.", OWN)
        how = "fit was never called" if fit is None else "fit did not come to its end"
        if not is_call(name):
            raise self.absent(name, f"The model was not trained: {how}.", TRAIN)
        variable = variable_of(name)
        if fit is None:
            other_model = any(map(self._is_in_cell_of(name), self.evidence.fits.values()))
            how = f"its cell never called {name}"
            how = f"its cell has trained another model than {variable}" if other_model else how
        raise self.absent(name, f"{variable} was not trained: {how}.", IN_CELL.format(variable))

    def graded_fit(self, name: str) -> Fit | None:
        """The graded training, whether it came to its end or not; None if there was none."""
        fits = self.evidence.fits
        if is_call(name):
            return self._trained_in_cell(name)
        returned = self._returned(name)
        if len(self.trainers) < 2:  # noqa: PLR2004 - of several, each has its own
            return returned if self._named(name) else next(reversed(fits.values()), None)
        if returned is not None and self._is_own(name, returned):
            return returned
        own = (fit for fit in reversed(fits.values()) if self.trainer_of(fit) == name)
        return next(own, None)

    def _trained_in_cell(self, name: str) -> Fit | None:
        """Return the last training in a cell of the model that its variable is."""
        result = self.evidence.find(ReturnedResult, name)
        model = result.model if result else None
        own = filter(self._is_in_cell_of(name), reversed(self.evidence.fits.values()))
        return next((fit for fit in own if model in (None, fit.model)), None)

    def _is_in_cell_of(self, name: str) -> Callable[[Fit], bool]:
        """Return what tells whether a training was made in the cell of a graded call."""
        return lambda fit: self.trainer_of(fit) == name

    def trainer_of(self, made: Fit | Model) -> str | None:
        """Return whose call has trained, or built a model; None for that of none of them.

        Args:
            made: The training, or the model.
        """
        cell = made.cell if isinstance(made, Fit) else None
        calls = self.plan.cells[cell].calls if cell is not None else frozenset[str]()
        known = [name for name in self.trainers if name in calls]
        return next((name for name in (*known, *made.functions) if name in self.trainers), None)

    def counts_with(self, earlier: Fit, fit: Fit) -> bool:
        """Whether a training counts with a later one of the same model: not one of another's call.

        Args:
            earlier: The training.
            fit: The later one.
        """
        own = self.trainer_of(fit)
        return own is None or self.trainer_of(earlier) in (None, own)

    def model_key(self, name: str) -> str | None:
        """Key of the graded model: of the returned History, else the last trained or seen."""
        fit = self.graded_fit(name)
        if fit is not None and fit.trained is not None:
            # Whatever its kernel says that it returned.
            return fit.model
        models = self.evidence.models
        return next((key for key in self._model_keys(name) if key in models), None)

    def model_of(self, fit: Fit) -> Model | None:
        """Return the model that was trained, as it was then; None where nothing is known of it.

        Args:
            fit: The training.
        """
        known = fit.trained.model if fit.trained else None
        return known or self.evidence.models.get(fit.model)

    def at_convolution(self, fit: Fit | None, model: str, loader: str = "") -> Range | None:
        """Return the least and the greatest value that reach a model's first convolution.

        Args:
            fit: The training; None where there was none.
            model: Key of the model.
            loader: Graded name of what yields the images.
        """
        told, trained = self.evidence.convolution_inputs, fit.trained if fit else None
        if trained is not None and trained.at_convolution is not None:
            return trained.at_convolution
        # Of what the grader trained, the kernel has nothing to say.
        found = None if trained else told.get(f"{model} {loader}")
        found = found or told.get(model)
        return (found.minimum, found.maximum) if found else None

    def _model_keys(self, name: str) -> Iterator[str]:
        result = self.evidence.find(ReturnedResult, name)
        fits, models = self.evidence.fits.values(), self.evidence.models
        others = {each for each in self.trainers if each != name}
        foreign = {fit.model for fit in fits if self.trainer_of(fit) in others}
        foreign |= {key for key, model in models.items() if self.trainer_of(model) in others}
        foreign |= {*self._built_by_others(name)}
        own = {fit.model for fit in fits if self.trainer_of(fit) == name}
        trained = [fit.model for fit in reversed(fits)]
        for key in (result.model if result else None, *trained, *reversed(models)):
            if key is not None and (key in own or key not in foreign):
                yield key

    def _built_by_others(self, name: str) -> Iterator[str]:
        """Yield the models that other graded functions have built than that which it is given."""
        given = self._given_by(name)
        for key, model in self.evidence.models.items() if given else ():
            built_by = self.probes.keys() & {*model.functions}
            if built_by and given.isdisjoint(built_by) and name not in built_by:
                yield key

    def _given_by(self, name: str) -> frozenset[str]:
        """Return by which graded functions the models were built that a function is given."""
        cells = self.plan.cells
        calling = next((place for place, cell in enumerate(cells) if name in cell.calls), None)
        if calling is None:
            return frozenset()
        builders = {each for each, part in self.probes.items() if part.builds}
        return makers([cell.source for cell in cells[: calling + 1]], name, builders)

    def _named(self, name: str) -> bool:
        """Whether what a function returned says which training it is of."""
        result = self.evidence.find(ReturnedResult, name)
        return result is not None and result.fit is not None

    def _returned(self, name: str) -> Fit | None:
        """Return the training whose History a function returned."""
        result = self.evidence.find(ReturnedResult, name)
        number = result.fit if result else None
        return None if number is None else self.evidence.fits.get(number)

    def _returned_of(self, name: str) -> str | None:
        """Return whose training it is whose History a function returned, if it is not its own."""
        returned = self._returned(name)
        if returned is None:
            return None
        earlier = self._first_to_return(returned)
        return self.trainer_of(returned) or (earlier if earlier != name else None)

    def _is_own(self, name: str, fit: Fit) -> bool:
        """Whether a training whose History was returned counts for the function that did so.

        What no call of any of them has trained is of the first one that returned it.
        """
        owner = self.trainer_of(fit)
        return owner == name or (owner is None and self._first_to_return(fit) == name)

    def _first_to_return(self, fit: Fit) -> str | None:
        returned = ((name, self._returned(name)) for name in self.trainers)
        return next((name for name, made in returned if made and made.index == fit.index), None)
