"""Draws a horse from its tail to its nose, in one of its poses.

Its units are such that it is about 80 high: its middle is the origin, its feet are 38 below.
"""

from grader.assignments.horses_or_humans.drawing.colours import mixed, shaded
from grader.assignments.horses_or_humans.drawing.joints import between, joints
from grader.assignments.horses_or_humans.drawing.looks import Horse
from grader.canvas import WHITE, Colour
from grader.drawing.brush import Brush, Point
from grader.drawing.dice import SplitMix
from grader.drawing.turning import cosine_and_sine

FEET = 38.0
_HOOF, _NOSTRIL, _EYE = (46.0, 40.0, 38.0), (30.0, 24.0, 24.0), (18.0, 14.0, 14.0)
_SHINE, _HORN = (WHITE, WHITE, WHITE), (244.0, 214.0, 120.0)
_WHITE = (242.0, 240.0, 236.0)
# What the parts of a pale coat's colour come to.
_PALE = 600.0
_SHOULDER, _HIP, _NECK = (17.0, 6.0), (-21.0, 2.0), (20.0, -6.0)
# What is added to each leg as it stands, front near and far, hind near and far: by how much it
# swings forwards, and by how much it is bent.
Step = tuple[float, float]
GAITS: dict[str, tuple[Step, Step, Step, Step]] = {
    "stands": ((0.02, 0.0), (-0.04, 0.0), (0.02, 0.0), (-0.05, 0.0)),
    "walks": ((0.2, 0.0), (-0.12, -0.15), (-0.14, 0.0), (0.14, -0.1)),
    "trots": ((0.42, -0.7), (-0.16, 0.0), (0.24, -0.2), (-0.24, 0.05)),
    "gallops": ((0.62, -0.12), (0.42, -0.5), (-0.4, 0.1), (-0.26, 0.14)),
    "grazes": ((0.06, 0.0), (-0.08, 0.0), (0.04, 0.0), (-0.06, 0.0)),
    "rears": ((0.45, -0.8), (0.7, -0.7), (0.22, -0.05), (0.3, -0.1)),
}
POSES = tuple(GAITS)


class PaintedHorse:
    """A horse that is being painted.

    Args:
        brush: Where it is.
        horse: What it is like.
        pose: One of ``POSES``.
        marks: Random numbers for its marks, the same in all of its pictures.
        dice: Random numbers for its pose.
    """

    def __init__(
        self, brush: Brush, horse: Horse, pose: str, marks: SplitMix, dice: SplitMix
    ) -> None:
        self._brush, self._horse, self._pose = brush, horse, pose
        self._marks, self._dice = marks, dice
        low, high = {"grazes": (-0.5, -0.4), "gallops": (0.2, 0.34)}.get(pose, (0.34, 0.52))
        up, forward = self._towards(dice.between(low, high))
        long = 30.0 * horse.neck
        self._poll = _NECK[0] + forward * long, _NECK[1] - up * long

    @staticmethod
    def _towards(turn: float) -> tuple[float, float]:
        cosine, sine = cosine_and_sine(turn)
        return sine, cosine

    def paint(self) -> None:
        """Paint it."""
        far = shaded(self._horse.coat, 0.68), shaded(self._horse.legs, 0.68)
        near = self._horse.coat, self._horse.legs
        self._paint_tail()
        self._paint_front_leg(1, *far)
        self._paint_hind_leg(3, *far)
        self._paint_body()
        self._paint_hind_leg(2, *near)
        self._paint_front_leg(0, *near)
        self._paint_neck()
        self._paint_head()
        self._paint_mane()

    def _step(self, leg: int) -> Step:
        swing, bend = GAITS[self._pose][leg]
        return swing + self._dice.between(-0.05, 0.05), bend + self._dice.between(-0.05, 0.05)

    def _paint_tail(self) -> None:
        wild = {"gallops": 1.0, "rears": 0.5, "trots": 0.4}.get(self._pose, 0.0)
        wild += self._dice.between(0.0, 0.2)
        hanging = ((-32.0, -8.0), (-38.0, -2.0), (-40.0, 14.0), (-37.0, 28.0))
        flying = ((-32.0, -9.0), (-42.0, -15.0), (-54.0, -13.0), (-66.0, -5.0))
        tail = [between(one, other, wild) for one, other in zip(hanging, flying, strict=True)]
        self._brush.chain(tail, 2.6, 1.2, self._horse.mane)
        for down in (-1.6, 1.6):
            lower = [tail[0], *((x + down * 0.6, y + down) for x, y in tail[1:])]
            self._brush.chain(lower, 2.2, 0.6, shaded(self._horse.mane, 0.9))

    def _paint_front_leg(self, leg: int, coat: Colour, low: Colour) -> None:
        swing, bend = self._step(leg)
        found = joints(_SHOULDER, ((15.0, swing), (12.5, bend - abs(swing) * 0.1), (4.5, 0.2)))
        self._paint_leg(found, (6.2, 3.4), coat, low)

    def _paint_hind_leg(self, leg: int, coat: Colour, low: Colour) -> None:
        swing, bend = self._step(leg)
        parts = ((11.0, 0.2 + swing), (15.0, -0.56 + bend), (11.0, 0.38 - bend * 0.5), (4.0, 0.16))
        found = joints(_HIP, parts)
        self._brush.limb(found[0], found[1], 9.5, 7.0, coat)
        self._paint_leg(found[1:], (6.6, 3.4), coat, low)

    def _paint_leg(
        self, found: list[Point], upper: tuple[float, float], coat: Colour, low: Colour
    ) -> None:
        knee, fetlock, foot = found[1:]
        self._brush.limb(found[0], knee, *upper, coat)
        self._brush.limb(knee, fetlock, 2.9, 2.2, low)
        self._brush.spot(knee, 3.0, mixed(coat, low, 0.5))
        ankle = _WHITE if self._horse.socks else low
        self._brush.limb(between(knee, fetlock, 0.6), fetlock, 2.4, 2.4, ankle)
        self._brush.limb(fetlock, between(fetlock, foot, 0.7), 2.3, 2.6, ankle)
        self._brush.limb(between(fetlock, foot, 0.7), foot, 2.7, 3.3, _HOOF)

    def _paint_body(self) -> None:
        coat, stout = self._horse.coat, self._horse.stout
        self._brush.limb((-21.0, -3.0), (-18.0, -1.0), 12.5 * stout, 12.0 * stout, coat)
        self._brush.limb((18.0, -2.0), (19.0, 0.0), 12.5 * stout, 11.0 * stout, coat)
        self._brush.limb((16.0, -1.0), (-17.0, -1.5), 12.6 * stout, 12.0 * stout, coat)
        self._paint_marks()

    def _paint_marks(self) -> None:
        dice, coat = self._marks, self._horse.coat
        if self._horse.marks == "dapples":
            for _ in range(34):
                place = dice.between(-27.0, 22.0), dice.between(-9.0, 6.0)
                self._brush.spot(place, dice.between(0.9, 1.7), mixed(coat, _WHITE, 0.3))
        if self._horse.marks == "patches":
            other = _WHITE if sum(coat) < _PALE else (120.0, 84.0, 58.0)
            for _ in range(4):
                x, y = dice.between(-23.0, 17.0), dice.between(-5.0, 4.0)
                end = x + dice.between(-5.0, 5.0), y + dice.between(-3.0, 3.0)
                self._brush.limb((x, y), end, dice.between(3.0, 5.5), dice.between(2.0, 4.5), other)

    def _paint_neck(self) -> None:
        middle = between(_NECK, self._poll, 0.5)
        self._brush.chain(
            [(18.0, -3.0), (middle[0] + 1.0, middle[1] + 1.5), self._poll], 11.5, 5.6,
            self._horse.coat,
        )  # fmt: skip

    @property
    def _face(self) -> tuple[Point, Point]:
        """Return where the nose is, and the direction to it."""
        turn = -0.62 if self._pose == "grazes" else -0.4
        sine, cosine = self._towards(turn)
        x, y = self._poll
        return (x + cosine * 19.0, y - sine * 19.0), (cosine, -sine)

    def _paint_head(self) -> None:
        (nose, (dx, dy)), coat = self._face, self._horse.coat
        x, y = self._poll
        # Across the face, towards the forehead.
        ax, ay = dy, -dx
        for shift, tone in ((2.4, shaded(coat)), (-1.0, coat)):
            base = x + shift, y - 2.0
            corners = ((base[0] - 2.2, base[1]), (base[0] + 0.6, base[1] - 8.5),
                       (base[0] + 2.6, base[1]))  # fmt: skip
            self._brush.polygon(corners, tone)
        self._brush.limb((x, y), nose, 5.8, 3.4, coat)
        cheek = x + dx * 4.5 - ax * 1.6, y + dy * 4.5 - ay * 1.6
        self._brush.limb(cheek, between(cheek, nose, 0.45), 5.2, 3.2, coat)
        self._brush.limb(between((x, y), nose, 0.88), nose, 3.5, 3.4, mixed(coat, _NOSTRIL, 0.45))
        if self._horse.blaze:
            start, end = between((x, y), nose, 0.2), between((x, y), nose, 0.8)
            self._brush.limb(
                (start[0] + ax * 3.8, start[1] + ay * 3.8), (end[0] + ax * 2.5, end[1] + ay * 2.5),
                1.2, 0.9, _WHITE,
            )  # fmt: skip
        self._paint_features(nose, (dx, dy))

    def _paint_features(self, nose: Point, along: tuple[float, float]) -> None:
        (x, y), (dx, dy) = self._poll, along
        ax, ay = dy, -dx
        eye = x + dx * 5.5 + ax * 1.8, y + dy * 5.5 + ay * 1.8
        self._brush.spot(eye, 1.5, _EYE)
        self._brush.spot((eye[0] + 0.4, eye[1] - 0.5), 0.5, _SHINE)
        self._brush.spot((nose[0] + ax * 1.2 + dx, nose[1] + ay * 1.2 + dy), 0.9, _NOSTRIL)
        mouth = nose[0] - ax * 1.7 + dx * 1.5, nose[1] - ay * 1.7 + dy * 1.5
        self._brush.limb(mouth, (mouth[0] - dx * 5.0, mouth[1] - dy * 5.0), 0.5, 0.3, _NOSTRIL)
        if self._horse.horn:
            base = x + dx * 2.5 + ax * 4.5, y + dy * 2.5 + ay * 4.5
            tip = base[0] + ax * 14.0 + dx * 4.0, base[1] + ay * 14.0 + dy * 4.0
            self._brush.limb(base, tip, 1.7, 0.3, _HORN)

    def _paint_mane(self) -> None:
        (x, y), wild = self._poll, {"gallops": 1.0, "rears": 0.6}.get(self._pose, 0.0)
        long = x - _NECK[0], y - _NECK[1]
        size = 30.0 * self._horse.neck
        # Behind the neck, away from its throat.
        bx, by = long[1] / size, -long[0] / size
        for number in range(9):
            share = 0.2 + 0.1 * number
            half = 10.0 - 4.6 * share
            cx, cy = _NECK[0] + long[0] * share, _NECK[1] + long[1] * share
            top = cx + bx * half, cy + by * half
            end = top[0] - 2.0 - 5.0 * wild, top[1] + 8.0 - 7.0 * wild
            self._brush.limb(top, end, 2.3, 1.2, self._horse.mane)
        _, (dx, dy) = self._face
        lock = x + dx * 5.0 + dy * 4.0, y + dy * 5.0 - dx * 4.0
        self._brush.limb((x - 1.0, y - 4.0), lock, 1.9, 0.8, self._horse.mane)
