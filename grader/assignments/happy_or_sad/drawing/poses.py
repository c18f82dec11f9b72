"""What the faces do: the key poses of the four morphs and the frames between them."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

FRAMES_PER_MORPH = 20


@dataclass(frozen=True)
class Pose:
    """Everything about a face that moves; lengths are in pixels, y grows downwards.

    Args:
        smile: How far the middle of the mouth hangs below its corners; negative for a frown.
        mouth_y: The height of the mouth corners.
        mouth_half: Half of the mouth's width.
        lopsided: How far the right mouth corner lies below the left one.
        upper_gap: How far the upper lip rises above the mouth line.
        lower_gap: How far the lower lip drops below the mouth line.
        cheek: How far the cheeks are raised.
        blush: How red the cheeks are, 0 to 1.
        chin: How far the chin is pushed up.
        jaw: How much wider the head grows towards its bottom.
        eye_y: The height of the eyes.
        eye_open: How far the upper lids are open, 0 to 1.
        lid_droop: How far the outer end of the upper lid hangs below its inner end.
        squint: How far the lower lids rise, 0 to 1.
        gaze_x: How far the pupils look to the right.
        gaze_y: How far the pupils look down.
        brow_y: The height of the brows.
        brow_sag: How far the middle of a brow hangs below its ends; negative for an arch.
        brow_tilt: How far the outer end of a brow lies below its middle.
        frown: How deep the crease between the brows is, 0 to 1.
        tear: How far the tear has run, 0 to 1.
    """

    smile: float = 3.0
    mouth_y: float = 25.0
    mouth_half: float = 29.0
    lopsided: float = 0.0
    upper_gap: float = 0.0
    lower_gap: float = 0.0
    cheek: float = 0.0
    blush: float = 0.0
    chin: float = 0.0
    jaw: float = 0.0
    eye_y: float = -15.0
    eye_open: float = 0.86
    lid_droop: float = 0.0
    squint: float = 0.0
    gaze_x: float = 0.0
    gaze_y: float = 0.0
    brow_y: float = -41.0
    brow_sag: float = -4.0
    brow_tilt: float = 1.0
    frown: float = 0.0
    tear: float = 0.0


# The first pictures of both classes are nearly alike on purpose. How far they are apart decides
# after how many epochs a network tells all faces from each other; these values make that number
# about the same as for the real images.
CONTENT = Pose(smile=4.5, mouth_y=22.0, mouth_half=30.0, cheek=0.2, eye_open=0.88, brow_y=-42.5)
SMILING = replace(
    CONTENT,
    smile=13.0,
    mouth_y=15.0,
    mouth_half=35.0,
    upper_gap=5.0,
    lower_gap=7.0,
    cheek=1.0,
    blush=0.6,
    eye_open=0.95,
    brow_y=-46.0,
    brow_sag=-6.0,
    gaze_y=1.0,
)
GRINNING = replace(
    SMILING,
    smile=15.0,
    mouth_y=16.0,
    mouth_half=37.0,
    lopsided=2.0,
    upper_gap=5.0,
    lower_gap=4.0,
    gaze_x=1.0,
)
BEAMING = replace(
    GRINNING,
    smile=20.0,
    mouth_y=9.0,
    mouth_half=42.0,
    lopsided=-7.0,
    upper_gap=8.0,
    lower_gap=14.0,
    cheek=1.6,
    blush=1.0,
    eye_open=1.0,
    squint=0.25,
    brow_y=-49.0,
    brow_sag=-7.0,
    brow_tilt=-1.0,
)
SOBER = Pose(smile=0.0, mouth_y=26.5, mouth_half=28.0, eye_open=0.84, brow_y=-41.5, brow_tilt=1.8)
WORRIED = replace(
    SOBER,
    smile=-4.0,
    mouth_y=31.0,
    mouth_half=27.0,
    upper_gap=2.0,
    lower_gap=2.0,
    chin=0.5,
    eye_open=0.8,
    brow_y=-42.0,
    brow_tilt=5.0,
    brow_sag=-1.0,
    frown=0.5,
)
UNHAPPY = replace(
    WORRIED,
    smile=-9.0,
    mouth_y=36.0,
    mouth_half=30.0,
    upper_gap=0.0,
    lower_gap=0.0,
    chin=1.0,
    jaw=0.02,
    eye_open=0.55,
    lid_droop=3.0,
    brow_tilt=6.0,
    frown=0.7,
    gaze_y=2.0,
)
CRYING = replace(
    UNHAPPY,
    smile=-17.0,
    mouth_y=44.0,
    mouth_half=33.0,
    upper_gap=1.0,
    lower_gap=3.0,
    chin=1.6,
    jaw=0.06,
    eye_open=0.24,
    lid_droop=5.0,
    brow_y=-40.0,
    brow_tilt=8.0,
    frown=1.0,
    tear=1.0,
    gaze_y=4.0,
)

MORPHS = {
    "happy/happy1": (CONTENT, SMILING),
    "happy/happy2": (GRINNING, BEAMING),
    "sad/sad1": (SOBER, WORRIED),
    "sad/sad2": (UNHAPPY, CRYING),
}


def between(start: Pose, end: Pose, share: float) -> Pose:
    """The pose that has gone the given share of the way, setting off and arriving gently."""
    eased = share * share * (3.0 - 2.0 * share)
    moved = {
        f.name: getattr(start, f.name) + (getattr(end, f.name) - getattr(start, f.name)) * eased
        for f in fields(Pose)
    }
    return Pose(**moved)


def frames() -> Iterator[tuple[str, Pose]]:
    """Yields the relative file name and the pose of every image."""
    for stem, (start, end) in MORPHS.items():
        for number in range(FRAMES_PER_MORPH):
            share = number / (FRAMES_PER_MORPH - 1)
            yield f"{stem}-{number:02}.png", between(start, end, share)
