"""The editions of "The Happy House" that students hand in besides the kit's own notebook.

The course has published it twice, as v1 and v2, with the same code: what differs is in the text.
Its given cells need packages and modules of Keras that are gone, so the kit's own are run instead,
which are to the same effect. Digests of the course's tell an unchanged cell from an edited one.
"""

from dataclasses import replace

from grader.authoring import Layout, LayoutCell

# Some of these are code of given cells, some the names by which the kit's cells are marked.
SIGNS = (
    r"TF_CPP_MIN_LOG_LEVEL",
    r"^import keras\.backend as K[ \t]*\nimport matplotlib",
    r"X_train_orig / 255\.0",
    r"^print\(f\"number of training examples",
    r"happiness = float",
    r"^draw_model\(happyModel\)",
)
_COURSE_SIGNS = (
    r"^from keras\.utils import layer_utils",
    r"^from keras\.utils\.(data_utils|vis_utils) import",
    r"^import pydot",
    r"X_train_orig/255\.",
    r"^print \(\"number of training examples",
    r"^x = preprocess_input\(x\)",
    r"to_file=['\"]HappyModel\.png",
)
# The kit's code cells that the course has as well, by a text of each, with the course's digests.
_GIVEN = {
    "from kt_utils import *":
        "132cd48a8935140bd1f3b2bea5f2bbd6d44616efa2a1f7fdb96d6d05abdc79e2",
    "= load_dataset()":
        "ae138fc444ccac9ad54ed8e8c2c969adef6e8d41132e62c45f3a1feb97110a6e",
    "img_path =":
        "7c8195ac3d7d077836474da4c7410172ff0d269068d6d7d0c408f1ab1609f704",
    "happyModel.summary()":
        "18c17723517f22299cdea61ecbc202345b82a0bc8eb046923c817bd3e867dce6",
    "draw_model(happyModel)":
        "0a3bf3018aeb67b1f4a8039fed21b249c07cfcbd3b6b1c9d99d2d06fc816206c",
}  # fmt: skip


def course_layout(own: Layout) -> Layout:
    """Return the course's edition.

    Args:
        own: The kit's, of which it has the graded cells and some of the given ones.
    """
    cells = tuple(cell for each in own.cells if (cell := _of_course(each)) is not None)
    return Layout("course", "the course's notebook (v1 or v2)", cells, _COURSE_SIGNS)


def _of_course(cell: LayoutCell) -> LayoutCell | None:
    if cell.name is not None:
        return cell
    digests = frozenset(digest for text, digest in _GIVEN.items() if text in cell.source)
    return replace(cell, digests=digests, reworded=True) if digests else None
