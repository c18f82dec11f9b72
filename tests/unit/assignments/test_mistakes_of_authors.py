"""What an author writes wrongly is told when it is loaded: in which file and line, and the cure."""

from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
import shapes
import shirts
import two_trainers

from grader.assignments.declaring import DeclarationError
from grader.assignments.loading import load, read


@dataclass(frozen=True)
class Mistake:
    """A mistake, and what is told of it.

    Args:
        id: Names it.
        old: What stands in the module.
        new: What stands there instead.
        line: Text of the line that is named.
        found: What is said of what was found.
        fix: What is said of what to do.
    """

    id: str
    old: str
    new: str
    line: str
    found: str
    fix: str

    def __str__(self) -> str:
        return self.id


CHECK = '@loading.check(images.loader, points=40, hint="How many come at a time?")'
DOCSTRING = '    """Images come in batches of 4."""\n'
MADE = "shirts = Assignment("
MISTAKES = (
    Mistake("no docstring", DOCSTRING, "", CHECK, "batch_size has no docstring", "what must hold"),
    Mistake("an empty docstring", DOCSTRING, '    """ """\n', CHECK, "has no docstring",
            "what the student reads"),
    Mistake("no points", "points=40", "points=0", "points=0", "found 0", "that it is worth"),
    Mistake("points as a text", "points=40", 'points="40"', 'points="40"', "found '40'", "points"),
    Mistake("half a point", "points=40", "points=0.5", "points=0.5", "found 0.5", "points"),
    Mistake("points forgotten", "points=40, ", "", "@loading.check(", "points", "docs/authoring"),
    Mistake("an empty hint", 'hint="How many come at a time?"', 'hint=" "', 'hint=" "',
            "A hint is a text", "Write one"),
    Mistake("a hint that gives the line away", "How many come at a time?",
            "Write batch_size=4 there", "Write batch_size=4 there",
            "The hint of batch_size has batch_size=4 of the solution in it", "what to look at"),
    Mistake("two checks of one name", "def flattened", "def batch_size", "@building.check",
            "two checks called batch_size", "Rename one"),
    Mistake("a check of the assignment", CHECK, CHECK.replace("loading.", "shirts."),
            "@shirts.check(", "A check is of a group", '@assignment.group("name").check(...)'),
    Mistake("misspelt evidence", "images.loader, points", "images.loder, points", "images.loder",
            "no attribute 'loder'", "Did you mean loader?"),
    Mistake("a part instead of its evidence", "(images.loader,", "(images,", "check(images,",
            "Evidence was expected; found ImageLoader", "Name which: loader, one_hot, scale"),
    Mistake("a name instead of evidence", "(images.loader,", '("loader",', 'check("loader",',
            "Evidence was expected; found 'loader'", "Name evidence of a part"),
    Mistake("no evidence", "check(images.loader, points=40", "check(points=40",
            "check(points=40", "asks for no evidence", "Name it in check(...)"),
    Mistake("more evidence than parameters", "images.loader, points", "images.loader, images.scale"
            ", points", "images.scale, points", "takes 1 arguments and asks for 2",
            "in the same order"),
    Mistake("evidence of a part that was not added", "images = shirts.part(ImageLoader("
            '"load", variable="batches"))', 'images = ImageLoader("load", variable="batches")',
            CHECK, "is of load, which is no part", "Add it with assignment.part(...)"),
    Mistake("no function", "def batch_size(loader: Loader) -> Expectation:\n" + DOCSTRING
            + "    return loaders.batches_of(loader, 4)", "class Sizes:\n" + DOCSTRING + "    pass",
            "@loading.check", "takes 0 arguments and asks for 1", "in the same order"),
    Mistake("two parts of one name", 'TrainedModel("train"', 'TrainedModel("load"',
            "model = shirts.part(", "two parts called load", "a name of its own"),
    Mistake("two parts with one variable", 'variable="history"', 'variable="batches"',
            "model = shirts.part(", "both keep their result in batches", "given cells"),
    Mistake("a name with a space", 'ImageLoader("load"', 'ImageLoader("load images"',
            "load images", "found 'load images'", "no spaces"),
    Mistake("a name that is no text", 'ImageLoader("load"', "ImageLoader(5", "ImageLoader(5",
            "found 5", "Write one"),
    Mistake("an id with capitals", 'id="shirts"', 'id="My Shirts"', MADE, "found 'My Shirts'",
            "such as 'happy-or-sad'"),
    Mistake("no title", 'title="Shirts"', 'title=""', MADE, "A title is a text", "Write one"),
    Mistake("percent as pass mark", "pass_mark=0.5", "pass_mark=50", MADE, "found 50",
            "Write 0.8 for 80 %"),
    Mistake("no seeds", "seeds=(1, 2)", "seeds=()", MADE, "found ()", "at least one"),
    Mistake("the same seed twice", "seeds=(1, 2)", "seeds=(1, 1)", MADE, "found (1, 1)",
            "such as (1, 2, 3)"),
    Mistake("a misspelt argument", 'title="Shirts"', 'titel="Shirts"', MADE, "'titel'",
            "Did you mean title?"),
    Mistake("an argument that there is none of", "seeds=(1, 2)", "colour=3", MADE, "'colour'",
            "It takes id, title, notebook"),
    Mistake("a notebook that is not there", '"shirts.ipynb"', '"shirt.ipynb"', MADE,
            "shirt.ipynb is not there", "Name the one that students get"),
    Mistake("a notebook as a text", 'HERE / "shirts.ipynb"', '"shirts.ipynb"', MADE,
            "A notebook is a Path; found 'shirts.ipynb'", "Write Path(__file__).parent / "),
    Mistake("a notebook relative to wherever", 'HERE / "shirts', 'Path("images/..") / "shirts',
            MADE, "is not there", "such as Path(__file__).parent / "),
    Mistake("an edition of itself", "seeds=(1, 2)", 'edition_of="shirts"', MADE,
            "edition_of is the id of another assignment; found 'shirts'", "leave it out"),
    Mistake("common names in a list", "seeds=(1, 2)", 'common_names=["load"]', MADE,
            "common_names are a frozenset of graded names; found ['load']", "Write frozenset("),
    Mistake("a common name that is not graded", "seeds=(1, 2)",
            'common_names=frozenset({"lod"})', MADE, "'lod', which is no graded name",
            "Did you mean load?"),
    Mistake("nothing but common names", "seeds=(1, 2)",
            'common_names=frozenset({"load", "train"})', MADE, "none tells the assignment",
            "Leave out one"),
    Mistake("limits as a dictionary", "seeds=(1, 2)", 'limits={"cell_s": 60}', MADE,
            "found {'cell_s': 60}", "Write Limits(cell_s=60)"),
    Mistake("a seed that is too large", "seeds=(1, 2)", "seeds=(1, 2**32)", MADE,
            "found (1, 4294967296)", "such as (1, 2, 3)"),
    Mistake("a seed alone", "seeds=(1, 2)", "seeds=3", MADE, "found 3", "such as (1, 2, 3)"),
    Mistake("required as a text", "points=40", 'required="no", points=40', 'required="no"',
            "required is True or False; found 'no'", "leave it out"),
    Mistake("a class as evidence", "(images.loader,", "(Loader,", "check(Loader,",
            "Evidence was expected; found <class", "Name evidence of a part"),
    Mistake("the program is ended", "HERE = ", "exit()\nHERE = ", "exit()",
            "It ended the program", "Take out exit()"),
    Mistake("the program is ended with a code", "HERE = ", "raise SystemExit(1)\nHERE = ",
            "raise SystemExit(1)", "It ended the program", "raise what is wrong instead"),
    Mistake("a graded name without a cell", 'ImageLoader("load"', 'ImageLoader("lod"', MADE,
            "'# GRADED FUNCTION: lod'", "Did you mean load?"),
    Mistake("no data", 'data=Dataset("shirts", "shirts", ("long", "short"), HERE / "images"),',
            "", MADE, "a part that loads images, and no data", "data=..."),
    Mistake("an accuracy in percent", "at_least=0.9", "at_least=90", "at_least=90",
            "at_least=90 is none", "Write 0.9 for 90 %."),
    Mistake("a goal without a bound", "at_least=0.9, ", "", "goal = Goal(", "found none",
            "one bound of at_least"),
    Mistake("a goal with two times", "by_epoch=10", "by_epoch=10, at_end=True", "at_end=True",
            "found by_epoch and at_end", "one time at most"),
    Mistake("the name in the history of validation", '"accuracy", at', '"val_accuracy", at',
            '"val_accuracy"', "accuracy of validation data", "split='validation'"),
    Mistake("a loss that is to be high", '"accuracy", at', '"loss", at', '"loss", at',
            "the better the lower", "Write at_most or below"),
    Mistake("a misspelt bound", "at_least=0.9", "atleast=0.9", "atleast=0.9", "'atleast'",
            "Did you mean at_least?"),
    Mistake("a goal that is no tuple", "goals=(goal,)", "goals=goal", "TrainedModel(",
            "goals are a tuple", "Write (goal,) for one."),
    Mistake("fewer epochs than a goal has", "most_epochs=10", "most_epochs=5", "TrainedModel(",
            "too few for 90% accuracy by epoch 10", "Raise most_epochs"),
    Mistake("epochs as a text", "most_epochs=10", 'most_epochs="10"', "TrainedModel(",
            "found '10'", "how many epochs the notebook allows"),
    Mistake("no loader for a training", "loader=images,", "loader=None,", "loader=None,",
            "on a loader or on arrays; found neither", "Write loader=..."),
    Mistake("a misspelt import", "Assignment, Dataset", "Asignment, Dataset", "from grader",
            "cannot import name 'Asignment'", "Did you mean Assignment?"),
    Mistake("a misspelt name", "@loading.check", "@loadin.check", "@loadin.check",
            "name 'loadin' is not defined", "Did you mean loading?"),
    Mistake("a module that is not there", "from pathlib import Path", "from pathlib import Path\n"
            "import no_such_module", "import no_such_module", "No module named", "docs/authoring"),
    Mistake("a syntax error", MADE, "shirts = = Assignment(", "shirts = = Assignment(",
            "SyntaxError: invalid syntax", "Mend that line"),
    Mistake("a group without a name", 'group("loading")', 'group("")', 'group("")',
            "name of a group", "Write one"),
    Mistake("points for what a kernel claims", "(model.model,", "(model.claims,", "model.claims",
            "what the notebook's own kernel says", "declare it with check_claim"),
    Mistake("a claim that is evidence", "check(model.model,", "check_claim(model.model,",
            "check_claim(model", "A claim was expected; found Need(name='model'",
            "declare it with check where"),
    Mistake("two assignments", MADE, 'other = Assignment("other", "O", HERE)\n' + MADE,
            '"""Long sleeves', "One Assignment was expected; found other, shirts",
            "a folder of its own"),
)  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_a_mistake_is_told_with_its_place_and_its_cure(mistake: Mistake, tmp_path: Path) -> None:
    assert shirts.MODULE.count(mistake.old) >= 1
    module = shirts.MODULE.replace(mistake.old, mistake.new, 1)
    folder = shirts.write(tmp_path / "shirts", module)
    with pytest.raises(DeclarationError) as caught:
        load(folder)
    told, line = str(caught.value), module.splitlines()[caught.value.place.line - 1]
    file = str(folder / "assignment.py")
    assert told.startswith(f"{file}, line ")
    assert (mistake.line in line, mistake.found in told, mistake.fix in told) == (True,) * 3, (
        line,
        told,
    )


CELLS = (
    ("load", "batches", "No given cell of shirts.ipynb calls load.", "batches = load(...)"),
    ("train", "history", "No given cell of shirts.ipynb calls train.", "history = train(...)"),
)


@pytest.mark.parametrize(("name", "variable", "found", "fix"), CELLS)
def test_a_part_that_no_given_cell_calls_is_told(
    tmp_path: Path, name: str, variable: str, found: str, fix: str
) -> None:
    folder = shirts.write(tmp_path / "shirts")
    path = folder / "shirts.ipynb"
    path.write_text(path.read_text().replace(f"{variable} = {name}(", f"{variable} = other("))
    with pytest.raises(DeclarationError) as caught:
        load(folder)
    assert found in str(caught.value)
    assert fix in str(caught.value)


def test_a_cell_that_calls_two_functions_that_train_is_told(tmp_path: Path) -> None:
    folder = shapes.write(tmp_path / "shapes", two_trainers.MODULE)
    call = f"{shapes.CELLS['history']}\n{two_trainers.CALL.splitlines()[1]}"
    nbformat.write(
        two_trainers.notebook(history=call, deep_history="x = 1"), folder / "shapes.ipynb"
    )
    with pytest.raises(
        DeclarationError, match=r"calls train_deep and train_model\. .*in a cell of its own"
    ):
        load(folder)


def test_a_notebook_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    folder = shirts.write(tmp_path / "shirts")
    (folder / "shirts.ipynb").write_text("{")
    with pytest.raises(
        DeclarationError, match=r"line 11: shirts\.ipynb cannot be read\..*in Jupyter"
    ):
        load(folder)


OF_CALLBACKS = (
    ("accuracies on one side", '"Stop", threshold=0.9, accuracies=(0.5, 0.9)',
     r"accuracies lie on both sides.*above it"),
    ("a name with a space", '"my stop", threshold=0.9, accuracies=(0.5, 1.0)',
     r"found 'my stop'.*no spaces"),
    ("a word of Python", '"class", threshold=0.9, accuracies=(0.5, 1.0)', r"found 'class'"),
    ("no text", "5, threshold=0.9, accuracies=(0.5, 1.0)", r"found 5\. Write one"),
    ("a threshold as a text", '"Stop", threshold="0.9", accuracies=(0.5, 1.0)',
     r"threshold is a number, found '0\.9'"),
    ("one accuracy alone", '"Stop", threshold=0.9, accuracies=0.5',
     r"accuracies are a tuple of numbers, found 0\.5"),
)  # fmt: skip


@pytest.mark.parametrize("installed", [False, True])
@pytest.mark.parametrize(("given", "told"), [each[1:] for each in OF_CALLBACKS])
def test_a_callback_that_cannot_be_asked_for_is_told_with_its_line(
    given: str,
    told: str,
    installed: bool,  # noqa: FBT001
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    added = f"stop = shirts.part(StoppingCallback({given}))\n"
    module = shirts.MODULE.replace("loading = ", added + "loading = ")
    folder = shirts.write(tmp_path / "shirts", module)
    monkeypatch.syspath_prepend(str(folder))
    with pytest.raises(DeclarationError, match=told) as caught:
        read("assignment") if installed else load(folder)
    line = module.splitlines().index(added.strip()) + 1
    assert (caught.value.place.file, caught.value.place.line) == (
        str(folder / "assignment.py"),
        line,
    )


def test_without_a_mistake_it_is_loaded(tmp_path: Path) -> None:
    assert load(shirts.write(tmp_path / "shirts")).points == 100


def test_what_was_mended_can_be_loaded_in_the_same_process(tmp_path: Path) -> None:
    folder = shirts.write(tmp_path / "shirts", shirts.MODULE.replace("points=40", "points=0"))
    with pytest.raises(DeclarationError):
        load(folder)
    assert load(shirts.write(folder)).id == "shirts"
