import json
from pathlib import Path

import handed_in as given
import pytest
from handed_in import (
    CALLBACK,
    LOADER,
    RELEASED,
    TRAINER,
    HandedIn,
    append,
    cell,
    codes,
    delete,
    graded,
    insert,
    issue,
    only,
    place,
    position,
    replace,
    rewrite,
    sources,
    strip_comments,
    strip_metadata,
)

from grader.assignments.happy_or_sad.assignment import happy_or_sad
from grader.notebook.restore import untouched
from grader.records import Plan, Role, Severity

KIT = happy_or_sad.layouts()[0]
RUN = [cell.source for cell in KIT.cells if cell.role is not Role.OPTIONAL]
FIT = "model.fit(train_generator,"


@pytest.fixture
def work(tmp_path: Path) -> HandedIn:
    return HandedIn(tmp_path)


def optional(plan: Plan) -> list[str]:
    return [cell.source.strip() for cell in plan.cells if cell.role is Role.OPTIONAL]


def test_the_solution_is_run_as_it_is(work: HandedIn) -> None:
    assert sources(work.plan()) == RUN


def test_nothing_is_said_of_the_solution(work: HandedIn) -> None:
    assert work.plan().issues == ()


def test_nothing_is_said_of_the_released_notebook(tmp_path: Path) -> None:
    assert HandedIn(tmp_path, json.loads(RELEASED)).plan().issues == ()


def test_the_released_notebook_is_untouched(tmp_path: Path) -> None:
    assert HandedIn(tmp_path, json.loads(RELEASED)).plan().untouched == set(KIT.graded)


def test_given_cells_know_what_they_call(work: HandedIn) -> None:
    calls = [cell.calls for cell in work.plan().cells if cell.calls]
    assert calls == [{LOADER}, {TRAINER}]


def test_cells_know_where_they_come_from(work: HandedIn) -> None:
    cells = work.plan().cells
    assert [cell.origin for cell in cells] == sorted(cell.origin or 0 for cell in cells)


# Metadata, markers, order


def test_lost_metadata_is_named_with_the_way_to_get_it_back(work: HandedIn) -> None:
    found = issue(work.edited(strip_metadata).plan(), "metadata-missing")
    assert "add_metadata.py" in found.fix


def test_lost_tags_are_named(work: HandedIn) -> None:
    def untag(content: given.Notebook) -> None:
        content["cells"][place(content, f"def {LOADER}")]["metadata"] = {}

    assert f'"graded" of {LOADER}.' in issue(work.edited(untag).plan(), "metadata-missing").message


def test_lost_metadata_changes_nothing(work: HandedIn) -> None:
    assert sources(work.edited(strip_metadata).plan()) == RUN


def test_lost_markers_are_named_cell_by_cell(work: HandedIn) -> None:
    plan = work.edited(strip_comments).plan()
    assert [found.code for found in plan.issues] == ["markers-missing"] * 3


def test_lost_markers_are_no_reproach(work: HandedIn) -> None:
    plan = work.edited(strip_comments).plan()
    assert {found.severity for found in plan.issues} == {Severity.INFO}


def test_cells_in_another_order_run_in_the_right_one(work: HandedIn) -> None:
    work.content["cells"] = work.content["cells"][::2] + work.content["cells"][-1::-2]
    assert (sources(work.plan()), work.plan().issues) == (RUN, ())


def test_edited_prose_is_nobodys_business(work: HandedIn) -> None:
    for one in work.content["cells"]:
        if one["cell_type"] == "markdown":
            one["source"] = "# GRADED FUNCTION: f\n# grade-up-to-here\ndef myCallback(): pass"
    assert (sources(work.plan()), work.plan().issues) == (RUN, ())


# Added cells

BROKEN = (
    "from google.colab import drive\ndrive.mount('/content/drive')",
    "!pip install -q tensorflow",
    "!ls\n%cd /content",
    "%%bash\nrm -rf x",
    "this is not Python",
    "base_dir = '/content/drive'",
    "print('¡hola!')",
    "history = train_happy_sad_model(gen)\nmodel = history.model\nmodel.predict(gen)",
)


@pytest.mark.parametrize("source", BROKEN)
def test_an_added_cell_is_not_run(work: HandedIn, source: str) -> None:
    assert sources(work.edited(insert(source, before="import os")).plan()) == RUN


@pytest.mark.parametrize("source", BROKEN)
def test_an_added_cell_is_named(work: HandedIn, source: str) -> None:
    found = issue(work.edited(append(source)).plan(), "cell-added")
    assert (found.cell, found.severity) == (34, Severity.INFO)


def test_of_many_added_cells_only_some_are_named(work: HandedIn) -> None:
    plan = work.edited(*[append(f"print({number})") for number in range(100)]).plan()
    assert len(plan.issues) == 21


def test_a_helper_is_run_before_the_cell_that_uses_it(work: HandedIn) -> None:
    work.edited(append("def scaled(x):\n    return x / 255"), replace("1 / 255", "scaled(1)"))
    plan = work.plan()
    assert position(plan, "def scaled") == position(plan, f"def {LOADER}") - 1


def test_a_helper_of_a_helper_is_run_too(work: HandedIn) -> None:
    work.edited(
        append("def scaled(x):\n    return x / LARGEST"),
        append("LARGEST = whole(255.0)"),
        append("def whole(x):\n    return int(x)"),
        replace("1 / 255", "scaled(1)"),
    )
    assert len(optional(work.plan())) == 3


def test_a_helper_that_needs_a_given_name_runs_after_the_given_cell(work: HandedIn) -> None:
    work.edited(
        insert("shape = sample_array.shape\nsteps = len(gen)", before="import os"),
        replace("shape=(150, 150, 3)", "shape=shape[:steps]"),
    )
    plan = work.plan()
    assert position(plan, "gen = ") < position(plan, "steps = ") < position(plan, f"def {TRAINER}")


def test_a_helper_is_run_once(work: HandedIn) -> None:
    work.edited(
        append("SIZE = (150, 150)"),
        replace("=(150, 150)", "=SIZE"),
        replace("=(150, 150, 3)", "=(*SIZE, 3)"),
    )
    assert optional(work.plan()) == ["SIZE = (150, 150)"]


def test_only_what_is_used_of_an_added_cell_is_run(work: HandedIn) -> None:
    helper = "from google.colab import drive\n!pip install x\n\ndef scaled(x):\n    return x\n\nf()"
    work.edited(append(helper), replace("1 / 255", "scaled(1)"))
    assert optional(work.plan()) == ["def scaled(x):\n    return x"]


def test_what_a_helper_has_of_a_command_is_run_too(work: HandedIn) -> None:
    helper = "!pip install \\\n    x\nfiles = !ls data\ncount = len(files)"
    work.edited(append(helper), replace("1 / 255", "1 / (255 + count)"))
    assert optional(work.plan()) == ["files = !ls data\ncount = len(files)"]


def test_a_command_in_a_graded_cell_hides_no_name_that_it_needs(work: HandedIn) -> None:
    work.edited(
        append("SIZE = (150, 150)"),
        replace("def image_generator", "!pip install \\\n    x\ndef image_generator"),
        replace("=(150, 150)", "=SIZE"),
    )
    assert optional(work.plan()) == ["SIZE = (150, 150)"]


def test_a_helper_keeps_its_line_numbers(work: HandedIn) -> None:
    work.edited(append("import x\n%cd y\ndef scaled(z): pass"), replace("1 / 255", "scaled(1)"))
    plan = work.plan()
    assert sources(plan)[position(plan, "scaled(z)")] == "\n\ndef scaled(z): pass\n"


def test_what_changes_a_helper_is_run_too(work: HandedIn) -> None:
    work.edited(
        append("sizes = []\nsizes.append(150)\nprint(sizes)\nsizes[0] += 0"),
        replace("target_size=(150, 150)", "target_size=(sizes[0], 150)"),
    )
    assert optional(work.plan()) == ["sizes = []\nsizes.append(150)\n\nsizes[0] += 0"]


def test_a_name_that_is_local_to_a_graded_cell_needs_no_helper(work: HandedIn) -> None:
    work.edited(append("model = hist.model\nhistory = hist.history\nepoch = 1\nlogs = {}"))
    assert optional(work.plan()) == []


def test_a_helper_that_does_not_parse_is_run_and_fails_by_itself(work: HandedIn) -> None:
    work.edited(append("def scaled(x):\n    return (x"), replace("1 / 255", "scaled(1)"))
    assert optional(work.plan()) == ["def scaled(x):\n    return (x"]


def test_an_import_of_everything_helps(work: HandedIn) -> None:
    work.edited(
        append("print(1)\nfrom tensorflow.keras.layers import *"),
        replace("tf.keras.layers.Flatten()", "Flatten()"),
    )
    assert optional(work.plan()) == ["from tensorflow.keras.layers import *"]


def test_a_name_that_is_set_again_after_the_call_has_its_first_value(work: HandedIn) -> None:
    work.edited(
        insert("SCALE = 255", before=f"def {LOADER}"),
        append("SCALE = 1"),
        replace("1 / 255", "1 / SCALE"),
    )
    assert optional(work.plan()) == ["SCALE = 255"]


def test_a_given_name_is_not_replaced(work: HandedIn) -> None:
    work.edited(append("import numpy as tf\nbase_dir = '/x'\nscale = tf.e"))
    work.edited(replace("1 / 255", "1 / scale"))
    assert optional(work.plan()) == ["scale = tf.e"]


def test_a_helper_that_is_used_is_named(work: HandedIn) -> None:
    work.edited(append("def scaled(x): pass"), replace("1 / 255", "scaled(1)"))
    assert "of it scaled was run" in issue(work.plan(), "cell-added").message


# Graded cells

LATER = f"def {LOADER}():\n    return 2"


def test_the_later_of_two_graded_cells_counts(work: HandedIn) -> None:
    assert graded(work.edited(append(LATER)).plan(), LOADER) == LATER


def test_the_earlier_of_two_graded_cells_does_not_run(work: HandedIn) -> None:
    assert "\n".join(sources(work.edited(append(LATER)).plan())).count(f"def {LOADER}") == 1


def test_a_graded_cell_that_is_there_twice_is_named(work: HandedIn) -> None:
    found = issue(work.edited(append(LATER)).plan(), "graded-cell-twice")
    assert (found.cell, "again in cell 35" in found.message) == (17, True)


def test_a_graded_cell_stays_whole(work: HandedIn) -> None:
    source = "%%time\n!ls\n" + LATER + "\nprint('да')\ngen = image_generator()"
    work.edited(rewrite(f"def {LOADER}", source))
    assert graded(work.plan(), LOADER) == source


def test_two_graded_names_in_one_cell_run_once(work: HandedIn) -> None:
    both = f"{LATER}\n\nclass {CALLBACK}: pass"
    work.edited(delete(f"def {LOADER}"), rewrite(f"class {CALLBACK}", both))
    plan = work.plan()
    assert (sources(plan).count(both), plan.missing) == (1, frozenset())


def test_names_in_one_cell_run_where_all_that_they_need_is_there(work: HandedIn) -> None:
    both = f"class {CALLBACK}: pass\ndef {TRAINER}(x): pass\nhist = {TRAINER}(gen)"
    work.edited(delete(f"class {CALLBACK}"), rewrite(f"def {TRAINER}", both))
    plan = work.plan()
    assert position(plan, "gen = image") < position(plan, both) < len(plan.cells) - 2


def test_names_in_one_cell_run_before_what_calls_them(work: HandedIn) -> None:
    both = f"{LATER}\ndef {TRAINER}(x): pass"
    work.edited(delete(f"def {LOADER}"), rewrite(f"def {TRAINER}", both))
    plan = work.plan()
    assert position(plan, both) < position(plan, "gen = image_generator()")


@pytest.mark.parametrize(
    "also", ["gen = image_generator()", "# grader-required-cell\ngen = image_generator()  # mine"]
)
def test_a_given_line_in_a_graded_cell_is_not_missing(work: HandedIn, also: str) -> None:
    work.edited(delete("gen = image_generator()"), replace("return train_generator",
                f"return train_generator\n\n{also}", within=f"def {LOADER}"))  # fmt: skip
    assert work.plan().issues == ()


def test_a_graded_cell_that_is_gone_is_missing(work: HandedIn) -> None:
    assert work.edited(delete(f"def {LOADER}")).plan().missing == {LOADER}


def test_a_graded_cell_that_defines_another_name_is_missing(work: HandedIn) -> None:
    work.edited(replace(f"def {LOADER}", "def load_images"))
    assert work.plan().missing == {LOADER}


@pytest.mark.parametrize(
    ("name", "slip"),
    [
        (CALLBACK, "MyCallback"),
        (CALLBACK, "my_callback"),
        (LOADER, "image_genarator"),
        (TRAINER, "train_happy_or_sad_model"),
    ],
)
def test_a_slip_in_a_name_is_named(work: HandedIn, name: str, slip: str) -> None:
    found = issue(work.edited(replace(name, slip)).plan(), "name-slip")
    assert (f"Expected {name}, found {slip}" in found.message, slip in found.fix) == (True, True)


def test_a_class_with_a_slip_in_its_name_still_runs(work: HandedIn) -> None:
    plan = work.edited(replace(CALLBACK, "MyCallback"), strip_comments).plan()
    assert position(plan, "class MyCallback") < position(plan, f"def {TRAINER}")


def test_another_name_is_no_slip(work: HandedIn) -> None:
    work.edited(delete(f"class {CALLBACK}"), append("class Stop: pass\ncallback = Stop()"))
    assert "name-slip" not in codes(work.plan())


def test_a_global_instead_of_an_argument_is_named(work: HandedIn) -> None:
    found = issue(work.edited(replace(FIT, "model.fit(gen,")).plan(), "uses-global")
    assert (
        "uses the global gen instead of its argument train_generator" in found.message,
        found.severity,
    ) == (True, Severity.INFO)


@pytest.mark.parametrize(
    ("old", "new"), [("train_generator", "gen"), ("train_happy_sad_model(gen)", "f(hist)")]
)
def test_a_name_of_ones_own_is_no_global(work: HandedIn, old: str, new: str) -> None:
    work.edited(replace(old, new, within=f"def {TRAINER}"))
    assert "uses-global" not in codes(work.plan())


@pytest.mark.parametrize("path", ["/content/drive/MyDrive/x", "C:\\\\Users\\\\me", "~/data"])
def test_a_path_of_another_computer_is_named(work: HandedIn, path: str) -> None:
    work.edited(replace("directory=base_dir", f'directory="{path}"'))
    assert "absolute-path" in codes(work.plan())


@pytest.mark.parametrize("text", ['"../data/happy_or_sad/"', '"./data"', '"a/b"', '"/"', "1/2/3"])
def test_another_text_is_no_such_path(work: HandedIn, text: str) -> None:
    work.edited(replace("directory=base_dir", f"directory={text}"))
    assert "absolute-path" not in codes(work.plan())


def test_a_path_in_a_comment_is_nobodys_business(work: HandedIn) -> None:
    work.edited(replace("directory=base_dir", "directory=base_dir  # was '/content/drive/x'"))
    assert work.plan().issues == ()


# Given cells


def test_an_edited_given_cell_is_put_back(work: HandedIn) -> None:
    assert sources(work.edited(replace('"../data', '"/content/data')).plan()) == RUN


@pytest.mark.parametrize(
    "odd", ["f'{\"\\n\"!r}'", "f'{x:\\n}'", "1" + "+1" * 1500, "-" * 900 + "1"]
)
def test_an_edit_that_cannot_be_spelled_is_named_all_the_same(work: HandedIn, odd: str) -> None:
    work.edited(replace("plt.show()", f"y = {odd}", within="happy_images = sorted"))
    assert "given-cell-restored" in codes(work.plan())


def test_an_edited_given_cell_is_named_with_what_was_found(work: HandedIn) -> None:
    found = issue(work.edited(replace('"../data', '"/content')).plan(), "given-cell-restored")
    assert (found.cell, "expected \"base_dir = '../data/" in found.message,
            "found \"base_dir = '/content/" in found.message) == (7, True, True)  # fmt: skip


def test_what_was_added_to_a_given_cell_is_run_where_it_is_used(work: HandedIn) -> None:
    work.edited(
        replace("import os\n", "import os\nfrom keras.optimizers import RMSprop\n"),
        replace("optimizers.RMSprop(", "RMSprop("),
    )
    plan = work.plan()
    assert optional(plan) == ["from keras.optimizers import RMSprop"]
    assert "was kept: RMSprop." in issue(plan, "given-cell-restored").message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("import os\n", "# las bibliotecas\n\nimport os\n\n"),
        ("import numpy as np\nimport tensorflow as tf", "import tensorflow as tf, numpy as np"),
        ("plt.show()", "plt.show( )  # 显示"),
        ('"../data/happy_or_sad/"', "'../data/happy_or_sad/'"),
    ],
)  # fmt: skip
def test_a_given_cell_that_does_the_same_is_not_reported(
    work: HandedIn, old: str, new: str
) -> None:
    assert work.edited(replace(old, new)).plan().issues == ()


def test_a_given_cell_that_is_gone_is_put_back(work: HandedIn) -> None:
    assert sources(work.edited(delete("happy_images = sorted")).plan()) == RUN


def test_a_given_cell_that_is_gone_is_named(work: HandedIn) -> None:
    found = issue(work.edited(delete("happy_images = sorted")).plan(), "given-cell-missing")
    assert "base_dir" in found.message


def test_all_given_cells_may_be_gone(work: HandedIn) -> None:
    assert sources(work.edited(only(*KIT.graded)).plan()) == RUN


def test_given_cells_that_were_merged_are_not_missing(work: HandedIn) -> None:
    first, second = (place(work.content, text) for text in ("import os", "happy_images = sorted"))
    cells = work.content["cells"]
    cells[first]["source"] = given.text_of(cells[first]) + "\n" + given.text_of(cells[second])
    del cells[second]
    assert work.plan().issues == ()


def test_a_given_cell_that_was_split_is_not_missing(work: HandedIn) -> None:
    index = place(work.content, "happy_images = sorted")
    top, middle, rest = given.text_of(work.content["cells"][index]).partition("\n\n")
    work.content["cells"][index : index + 1] = [cell(top), cell(middle + rest)]
    assert codes(work.plan()) <= {"cell-added"}


def test_cells_that_need_not_run_may_be_gone_or_changed(work: HandedIn) -> None:
    work.edited(delete("add_metadata.py"), delete("pretended_logs"), rewrite("set_xticks", "1/0"))
    assert codes(work.plan()) <= {"cell-added"}


# Up to here


def test_what_follows_the_line_is_left_out(work: HandedIn) -> None:
    work.edited(replace("return train_generator", "return train_generator\n# grade-up-to-here"))
    assert work.plan().missing == {TRAINER}


def test_the_line_is_named(work: HandedIn) -> None:
    work.edited(insert("  ## Grade-Up-To-Here", before="gen = image_generator()"))
    assert issue(work.plan(), "graded-up-to-here").cell == 18


def test_given_cells_behind_the_line_are_not_missing(work: HandedIn) -> None:
    work.edited(replace("return train_generator", "return train_generator\n# grade-up-to-here"))
    assert codes(work.plan()) == {"graded-up-to-here"}


# Untouched


def region(body: str) -> str:
    return f"def f():\n    ### START CODE HERE\n{body}\n    ### END CODE HERE\n    return x"


@pytest.mark.parametrize(
    "body",
    [
        "    x = None",
        "    x = None\n    y = None.flow(directory=None, size=(None, None))",
        "    if None:\n        print(None)\n        self.model.stop = None",
        "    model = tf.keras.Sequential([None, None])\n    model.compile(loss=None)",
    ],
)
def test_placeholders_are_untouched(body: str) -> None:
    assert untouched(region(body))


@pytest.mark.parametrize(
    "body",
    [
        "    x = make()",
        "    x = make(SIZE)",
        "    x = None or y",
        "    x = 1",
        "    x = logs.get(KEY) if logs else None\n    if x > LIMIT:\n        self.stop = True_",
        "    pass",
        "    x = (",
    ],
)
def test_what_a_student_wrote_is_not_untouched(body: str) -> None:
    assert not untouched(region(body))


def test_code_beside_the_markers_is_not_untouched() -> None:
    cell_source = region("    x = None").replace("return x", "return make()")
    assert not untouched(cell_source, region("    x = 1"))


def test_a_cell_without_markers_is_not_untouched() -> None:
    assert not untouched("def f():\n    x = None")
