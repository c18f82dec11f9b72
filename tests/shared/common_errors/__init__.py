"""Common errors of students in this assignment, made from the solution by small edits."""

from common_errors import (
    building,
    compiling,
    importing,
    loading,
    naming,
    running,
    training,
    using,
    writing,
)
from common_errors.common_error import CommonError

ERRORS: tuple[CommonError, ...] = (
    *importing.ERRORS,
    *naming.ERRORS,
    *using.ERRORS,
    *loading.ERRORS,
    *building.ERRORS,
    *compiling.ERRORS,
    *training.ERRORS,
    *writing.ERRORS,
    *running.ERRORS,
)
