"""What was observed of a submission, part by part, as checks see it."""

import ast

from grader.checks.concerns import require_touched
from grader.checks.declaration import Absent
from grader.checks.graded_fits import GradedFits
from grader.evidence import Compilation, Loader, Model, ReturnedResult
from grader.kinds.batches import returned_instead
from grader.notebook import source
from grader.records.graded_names import variable_of

BUILD = "The function is to build a model, compile it and train it."
KEEP = "A cell is to make the model and to keep it as {}."
COMPILE = "A model is compiled after its last layer was added, and before it is trained."

# Keras' own, which list their layers as they call them.
_IN_ORDER = ("Sequential", "Functional")


class Observation(GradedFits):
    """One run of a submission; each method raises Absent where there is nothing to see."""

    __slots__ = ()

    def loader(self, name: str) -> Loader:
        """What the loader function ``name`` returned."""
        self.require_touched(name)
        loader = self.evidence.find(Loader, name)
        if loader is None or returned_instead(loader.type, loader.returned) or self._unread(loader):
            raise self.absent(name)
        return loader

    def _unread(self, loader: Loader) -> bool:
        """Whether there is nothing to see of it, because reading its images raised."""
        known = loader.batch_shape or loader.images is not None
        return not known and loader.name in self.evidence.unprobed

    def model(self, name: str) -> Model:
        """The model that the training function ``name`` built, as it was last seen."""
        # What a cell trains was made before it, so that its own may still be empty.
        require_touched(self.plan, name, compiled=False)
        key, fit = self.model_key(name), self.graded_fit(name)
        model = self.evidence.models[key] if key is not None else None
        if fit is not None and fit.trained is not None:
            model = self.model_of(fit)
        if model is None or self._half_built(name, model) or self._never_called(name, model):
            raise self._no_model(name)
        # Layers that did nothing in an earlier training may do something in one in the notebook.
        return _unmarked(model) if fit and fit.trained is None else model

    def _no_model(self, name: str) -> Absent:
        variable = variable_of(name)
        if not variable:
            return self.absent(name, f"{name} built no model.", BUILD)
        return self.absent(name, f"There is no model {variable}.", KEEP.format(variable))

    def compilation(self, name: str) -> Compilation:
        """How that model was compiled."""
        compilation = self.model(name).compilation
        if compilation is None:
            self.require_touched(name)
            raise self.absent(name, "The model was built but not compiled.", COMPILE)
        return compilation

    def _half_built(self, name: str, model: Model) -> bool:
        """Whether the function raised while it was still adding layers."""
        if model.compilation is not None:
            return False
        errors = [run.error for run in self.execution.cells if run.error]
        line = next((error.line for error in errors if error.cell == name and error.line), None)
        cell = next((cell.source for cell in self.plan.cells if cell.name == name), "")
        tree = source.parse(cell)
        if line is None or tree is None:
            return False
        calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
        adds = (c for c in calls if isinstance(c.func, ast.Attribute) and c.func.attr == "add")
        return any(call.lineno >= line for call in adds)

    def _never_called(self, name: str, model: Model) -> bool:
        """Whether the function raised before a model of an own class showed what it calls."""
        shown = model.input_shape or any(layer.output_shape for layer in model.layers)
        raised = any(run.error and run.error.cell == name for run in self.execution.cells)
        return raised and not shown and model.type not in _IN_ORDER

    def takes_logits(self, name: str) -> bool | None:
        """Whether that model's loss takes outputs without activation; False when not compiled.

        None of a loss that is not Keras' own: it may take either.
        """
        compilation = self.model(name).compilation
        if compilation is not None and compilation.own_loss and not compilation.from_logits:
            return None
        return compilation is not None and compilation.from_logits

    def result(self, name: str) -> ReturnedResult:
        """What the training function returned."""
        result = self.evidence.find(ReturnedResult, name)
        if result is None:
            raise self.absent(name)
        return result


def _unmarked(model: Model) -> Model:
    """Return a model without what is known of its layers from a training."""
    layers = (layer.model_copy(update={"idle": None}) for layer in model.layers)
    return model.model_copy(update={"layers": tuple(layers)})
