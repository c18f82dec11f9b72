"""Plans the run of a submission as its assignment is graded."""

from grader.assignments.assignment import Assignment
from grader.notebook.constants import with_constants
from grader.notebook.restore import restore
from grader.records import Layout, Plan, Submission


def planned(submission: Submission, assignment: Assignment, layout: Layout) -> Plan:
    """Return what is run of a submission: given cells as the author, or a profile, has them.

    Args:
        submission: What was handed in.
        assignment: Which it is of.
        layout: The edition of that.
    """
    plan = restore(submission, layout)
    profile = assignment.graded_by
    return plan if profile is None else with_constants(plan, profile.constants)
