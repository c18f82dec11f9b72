"""What a report says of the grading profile that graded."""

from grader.report.document import Report


def said(report: Report) -> str:
    """Say by which profile a submission was graded, and what that takes away; empty of none."""
    profile = report.provenance.profile
    if profile is None:
        return ""
    if profile.full:
        return f"Graded in full, without the profile {profile.name}."
    # Another copy of the images may be no larger than what the profile takes.
    if not profile.changes:
        return f"Graded by the profile {profile.name}, which takes nothing away here."
    return f"Graded by the profile {profile.name}: {'; '.join(profile.changes)}."
