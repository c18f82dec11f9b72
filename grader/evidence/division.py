"""How the images of one folder were divided into what is trained on and validated with."""

from typing import Annotated

from pydantic import Field

from grader.checked import Checked, Whole

# By the number of the class.
Classes = Annotated[tuple[Whole, ...], Field(max_length=1_000)]


class Division(Checked):
    """The images that passes over two datasets show, as the grader made these again.

    ``there`` are those of the folder that is trained on. ``training`` and ``validation`` count the
    different images of the first pass by their classes. ``shared`` of them are in both of these
    passes; ``shared_later`` are trained on in one pass and validated with in that or another one.
    ``left_out`` are in neither first pass; None where the two are of different folders.
    """

    there: Whole
    training: Classes
    validation: Classes
    shared: Whole = 0
    shared_later: Whole = 0
    left_out: Whole | None = None
