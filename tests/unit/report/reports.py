"""Realistic reports, as the grader writes them about a class."""

from collections.abc import Sequence

from grader.goals.status import GoalStatus
from grader.records import Blame, CellStatus, ExecutionStatus, Severity, Status, Verdict
from grader.report.document import (
    AssignmentRef,
    CellRow,
    CheckRow,
    ExecutionRow,
    GoalRow,
    IssueRow,
    LayerRow,
    Report,
    ScoreRow,
    SeedRow,
    SubmissionRef,
    TrainingRow,
)
from grader.report.origin import ProvenanceRow

HOSTILE = (
    "<script>alert(1)</script> [bold red]x[/] [/nope] ]]> &amp; \"'> =1+1 {{ 7*7 }} {% x %} "
    "\ud800 \x00 \x1b[31m \u202eevil \u05d0\u05d1\u05d2 <img src=x onerror=alert(1)> "
    + "w"
    * 10_000
)

ASSIGNMENT = AssignmentRef(
    id="happy-or-sad", version="1.0", title="Happy or Sad", layout="course-2022"
)
PROVENANCE = ProvenanceRow(
    kit="0.1.0",
    python="3.11.9",
    tensorflow="2.21.0",
    keras="3.15.1",
    dataset_sha256="6f0e3b8c19f8d775" * 4,
    seed=0,
    threads=1,
    cpu="x86_64, AVX2",
    kernel="forked",
    training="grader",
    isolation="strict",
)
LOADER, MODEL, TRAINING = "image_generator", "model", "training"
RUBRIC = (
    ("images_are_found", LOADER, "The loader finds all 80 images", 10),
    ("pixels_are_scaled", LOADER, "Pixel values are scaled to the range 0 to 1", 10),
    ("batches_hold_ten", LOADER, "A batch holds 10 images", 5),
    ("labels_are_binary", LOADER, "Labels are 0 or 1, one a picture", 5),
    ("input_matches", MODEL, "The first layer takes images of 150 by 150 pixels", 10),
    ("output_is_binary", MODEL, "The last layer gives one probability", 10),
    ("loss_fits", MODEL, "The loss fits two classes", 10),
    ("accuracy_is_measured", MODEL, "Accuracy is measured under that name", 10),
    ("target_in_time", TRAINING, "Training reaches 99.9% accuracy before epoch 15", 20),
    ("stops_early", TRAINING, "Training stops by itself once the target is reached", 10),
)
ACCURACY = [0.55, 0.7125, 0.8, 0.8875, 0.925, 0.95, 0.9625, 0.9875, 1.0]
LOSS = [0.7832, 0.5717, 0.4434, 0.3019, 0.2276, 0.1548, 0.1102, 0.0516, 0.0116]
CONVOLUTION = "filters {}, kernel_size 3x3, activation relu"
LAYERS = [
    LayerRow(name=name, type=kind, output_shape=shape, parameters=parameters, detail=detail)
    for name, kind, shape, parameters, detail in (
        ("conv2d", "Conv2D", "(None, 148, 148, 16)", 448, CONVOLUTION.format(16)),
        ("max_pooling2d", "MaxPooling2D", "(None, 74, 74, 16)", 0, "pool_size 2x2"),
        ("conv2d_1", "Conv2D", "(None, 72, 72, 32)", 4640, CONVOLUTION.format(32)),
        ("max_pooling2d_1", "MaxPooling2D", "(None, 36, 36, 32)", 0, "pool_size 2x2"),
        ("conv2d_2", "Conv2D", "(None, 34, 34, 64)", 18496, CONVOLUTION.format(64)),
        ("max_pooling2d_2", "MaxPooling2D", "(None, 17, 17, 64)", 0, "pool_size 2x2"),
        ("flatten", "Flatten", "(None, 18496)", 0, ""),
        ("dense", "Dense", "(None, 512)", 9470464, "units 512, activation relu"),
        ("dense_1", "Dense", "(None, 1)", 513, "units 1, activation sigmoid"),
    )
]


def full_marks() -> Report:
    """Every check passed, with the first seed."""
    return Report(
        assignment=ASSIGNMENT,
        submission=SubmissionRef(id="amara", path="amara/C1W4_Assignment.ipynb", sha256="ab" * 32),
        verdict=Verdict.GRADED,
        score=score(100),
        checks=[passed(*line) for line in RUBRIC],
        trainings=[training()],
        layers=LAYERS,
        execution=execution(),
        issues=[],
        provenance=PROVENANCE,
    )


def three_mistakes() -> Report:
    """No rescaling, a loss that does not fit, and training too slow for it; one check skipped."""
    checks = {line[0]: passed(*line) for line in RUBRIC}
    for check in (*_mistakes(checks), _skipped(checks["stops_early"])):
        checks[check.id] = check
    slow = [0.5, 0.4875, 0.5125, None, 0.5125, 0.55, 0.5625, 0.6, 0.6375, 0.7, 0.7125]
    slow += [0.8, 0.8625, 0.9125, 0.95, 0.9875, 1.0]
    lost = [14.2, 6.1, 2.4, float("nan"), 0.72, 0.69, 0.69, 0.68, 0.66, 0.6, 0.58]
    lost += [0.5, 0.41, 0.3, 0.19, 0.08, 0.02]
    return full_marks().model_copy(
        update={
            "submission": SubmissionRef(id="ben", path="ben/C1W4_Assignment.ipynb", sha256=None),
            "score": score(50),
            "checks": list(checks.values()),
            "trainings": [
                training(
                    accuracy=slow,
                    loss=lost,
                    hits=[None, 17, None],
                    source="kernel-remeasured",
                )
            ],
            "issues": issues(),
        }
    )


def rejected() -> Report:
    """A file that is not a notebook."""
    issue = IssueRow(
        code="not-json",
        cell=None,
        severity=Severity.ERROR,
        message="Expected a Jupyter notebook, found a web page: the file begins with <!DOCTYPE.",
        fix="In Jupyter choose File, Download, Notebook (.ipynb) and hand that file in.",
    )
    return full_marks().model_copy(
        update={
            "assignment": ASSIGNMENT.model_copy(update={"layout": None}),
            "submission": SubmissionRef(id="chen", path="chen/index.html.ipynb", sha256="cd" * 32),
            "verdict": Verdict.REJECTED,
            "score": score(0),
            "checks": [],
            "trainings": [],
            "layers": [],
            "execution": None,
            "issues": [issue],
        }
    )


def needs_review() -> Report:
    """The grader's trainer failed: two checks errored, their points pending."""
    checks = [passed(*line) for line in RUBRIC[:-2]]
    checks += [
        passed(*line).model_copy(
            update={
                "status": Status.ERRORED,
                "earned": 0,
                "actual": "The trainer did not answer within 120 seconds.",
            }
        )
        for line in RUBRIC[-2:]
    ]
    return full_marks().model_copy(
        update={
            "submission": SubmissionRef(id="dara", path="dara.ipynb", sha256="ef" * 32),
            "verdict": Verdict.NEEDS_REVIEW,
            "score": score(70, pending=30),
            "checks": checks,
            "trainings": [],
        }
    )


def saying(text: str) -> Report:
    """A report in which every free text is the given one."""
    check = CheckRow(
        id=text,
        group=text,
        title=text,
        status=Status.FAILED,
        earned=0,
        possible=25,
        required=True,
        expected=text,
        actual=text,
        hint=text,
    )
    return Report(
        assignment=AssignmentRef(id=text, version=text, title=text, layout=text),
        submission=SubmissionRef(id=text, path=text, sha256=text),
        verdict=Verdict.NEEDS_REVIEW,
        score=ScoreRow(
            earned=25, possible=100, pending=25, fraction=0.25, passed=False, pass_mark=0.8
        ),
        checks=[check.model_copy(update={"status": status}) for status in Status],
        trainings=[training(name=text)],
        layers=[
            LayerRow(name=text, type=text, output_shape=text, parameters=None, detail=text),
        ],
        execution=ExecutionRow(
            status=ExecutionStatus.CELL_FAILED,
            blame=Blame.SUBMISSION,
            message=text,
            wall_s=1.0,
            cpu_s=1.0,
            peak_rss_bytes=1,
            cells=[
                CellRow(name=text, origin=3, status=CellStatus.RAISED, wall_s=1.0, error=text),
            ],
        ),
        issues=[
            IssueRow(code=text, cell=2, severity=severity, message=text, fix=text)
            for severity in Severity
        ],
        provenance=ProvenanceRow(
            kit=text,
            python=text,
            tensorflow=text,
            keras=text,
            dataset_sha256=text,
            seed=0,
            threads=1,
            cpu=text,
            kernel="forked",
            training=text,
            isolation=text,
        ),
    )


def score(earned: int, pending: int = 0) -> ScoreRow:
    """Points out of 100, of which 80 pass."""
    return ScoreRow(
        earned=earned,
        possible=100,
        pending=pending,
        fraction=earned / 100,
        passed=earned >= 80,
        pass_mark=0.8,
    )


def passed(name: str, group: str, title: str, points: int) -> CheckRow:
    """A check that passed."""
    return CheckRow(
        id=name,
        group=group,
        title=title,
        status=Status.PASSED,
        earned=points,
        possible=points,
        required=name == "target_in_time",
        expected="as the assignment says",
        actual="as expected",
        hint="",
    )


def _mistakes(checks: dict[str, CheckRow]) -> list[CheckRow]:
    def failed(name: str, expected: str, actual: str, hint: str) -> CheckRow:
        update = {"status": Status.FAILED, "earned": 0, "expected": expected}
        return checks[name].model_copy(update={**update, "actual": actual, "hint": hint})

    return [
        failed(
            "pixels_are_scaled",
            "a largest value of at most 1.0",
            "255.0 in the first batch",
            "Look at the largest value of a batch. What does ImageDataGenerator offer?",
        ),
        failed(
            "loss_fits",
            "binary_crossentropy, as an object or by name",
            "mean_squared_error",
            "The last layer gives the probability of one of two classes. "
            "Which loss compares a probability with a label?",
        ),
        failed(
            "target_in_time",
            "99.9% accuracy in fewer than 15 epochs with at least one of 3 seeds",
            "0 of 3 seeds; the best run took 17 epochs",
            "Large inputs make large gradients: scale the images first, then train again.",
        ),
    ]


def _skipped(check: CheckRow) -> CheckRow:
    reason = "Depends on \u201cTraining reaches 99.9% accuracy before epoch 15\u201d, which failed."
    return check.model_copy(update={"status": Status.SKIPPED, "earned": 0, "actual": reason})


def training(
    name: str = "train_happy_sad_model",
    accuracy: Sequence[float | None] | None = None,
    loss: Sequence[float | None] | None = None,
    hits: Sequence[int | None] | None = None,
    source: str = "grader",
) -> TrainingRow:
    """A training of up to 20 epochs, that reached its target with the first seed after 9."""
    curve = ACCURACY if accuracy is None else accuracy
    reached = [9] if hits is None else hits
    return TrainingRow.model_validate(
        {
            "name": name,
            "epochs_asked": 20,
            "epochs_run": len(curve),
            "goals": [goal(next((hit for hit in reached if hit), None), source)],
            "accuracy": curve,
            "loss": LOSS if loss is None else loss,
            "seeds": [
                SeedRow(seed=seed, reached_at=hit, in_time=hit is not None and hit < 15)
                for seed, hit in enumerate(reached)
            ],
            "wall_s": 7.9,
            "source": source,
        }
    )


def goal(reached: int | None, source: str = "grader") -> GoalRow:
    """99.9 % before epoch 15, that was reached after so many epochs or not."""
    status = GoalStatus.MISSED
    if source == "unverified":
        status = GoalStatus.UNCONFIRMED
    elif reached is not None:
        status = GoalStatus.MET if reached < 15 else GoalStatus.LATE
    return GoalRow(
        metric="accuracy",
        split="training",
        direction="at_least",
        bound=0.999,
        before_epoch=15,
        words="99.9% accuracy before epoch 15",
        amount="99.9% accuracy",
        deadline="before epoch 15",
        status=status,
        reached_at=reached,
    )


def execution() -> ExecutionRow:
    """A run in which every cell was done."""
    cells = [(None, 3, 2.41), (None, 6, 0.52), ("image_generator", 13, 0.01), (None, 15, 0.12)]
    cells += [("train_happy_sad_model", 20, 0.01), (None, 22, 14.7)]
    return ExecutionRow(
        status=ExecutionStatus.DONE,
        blame=Blame.NOBODY,
        message="",
        wall_s=18.42,
        cpu_s=21.05,
        peak_rss_bytes=912_000_000,
        cells=[
            CellRow(name=name, origin=origin, status=CellStatus.DONE, wall_s=wall)
            for name, origin, wall in cells
        ],
    )


def issues() -> list[IssueRow]:
    """What the grader put right before it ran a notebook."""
    return [
        IssueRow(
            code="given-cell-restored",
            cell=8,
            severity=Severity.WARNING,
            message="This cell is given, and was changed; the grader ran the original.",
            fix="Put your code between START CODE HERE and END CODE HERE only.",
        ),
        IssueRow(
            code="cell-tag-lost",
            cell=13,
            severity=Severity.INFO,
            message="The cell of image_generator had lost its tag; it was recognised by its name.",
            fix="",
        ),
    ]
