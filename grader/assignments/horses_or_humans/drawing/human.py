"""Draws a human from their shoes to their hair, in one of their poses.

Their units are such that they are about 100 high: their hips are the origin, their feet 48 below.
"""

from grader.assignments.horses_or_humans.drawing.colours import mixed, shaded
from grader.assignments.horses_or_humans.drawing.joints import Part, between, joints
from grader.assignments.horses_or_humans.drawing.looks import Human
from grader.canvas import WHITE, Colour
from grader.drawing.brush import Brush, Point
from grader.drawing.dice import SplitMix

FEET = 48.0
_EYE, _LIPS, _SHINE = (28.0, 22.0, 22.0), (176.0, 70.0, 72.0), (WHITE, WHITE, WHITE)
_SIDES = (-1.0, 1.0)
# How an arm is turned outwards at the shoulder and at the elbow: of one and of the other side.
Arms = tuple[tuple[float, float], tuple[float, float]]
ARMS: dict[str, Arms] = {
    "hanging": ((0.08, -0.03), (0.08, -0.03)),
    "waving": ((0.1, -0.05), (1.0, 0.25)),
    "akimbo": ((0.34, -0.75), (0.34, -0.75)),
    "pointing": ((0.08, -0.05), (0.72, 0.06)),
    "cheering": ((1.5, 0.1), (1.5, 0.1)),
    "open": ((0.42, 0.1), (0.42, 0.1)),
    "walking": ((0.2, -0.1), (0.12, 0.05)),
    "thinking": ((0.16, -0.85), (0.12, -1.9)),
}
POSES = tuple(ARMS)
_ACROSS = {"thinking"}


class PaintedHuman:
    """A human who is being painted.

    Args:
        brush: Where they are.
        human: What they are like.
        pose: One of ``POSES``.
        dice: Random numbers for their pose.
    """

    def __init__(self, brush: Brush, human: Human, pose: str, dice: SplitMix) -> None:
        self._brush, self._human, self._pose, self._dice = brush, human, pose, dice
        self._look = dice.between(-1.6, 2.2)
        self._lean = dice.between(-2.0, 2.0)
        self._shoulders = -27.0
        self._head = (self._lean * 1.3, -41.0)

    def paint(self) -> None:
        """Paint them."""
        self._paint_hair_behind()
        for side in _SIDES:
            self._paint_leg(side)
        if self._pose not in _ACROSS:
            self._paint_arms()
        self._paint_neck()
        self._paint_body()
        if self._human.gown:
            self._paint_skirt()
        if self._pose in _ACROSS:
            self._paint_arms()
        self._paint_head()
        self._paint_hair()

    def _around(self, number: float, spread: float = 0.05) -> float:
        return number + self._dice.between(-spread, spread)

    def _paint_leg(self, side: float) -> None:
        human, walks = self._human, self._pose == "walking"
        apart, bend = (0.16, -0.1) if walks else (0.05, -0.02)
        parts: tuple[Part, ...] = ((22.0, self._around(apart)), (20.5, self._around(bend)))
        hip, knee, ankle = joints((side * 4.0, 4.0), parts, side)
        upper = human.skin if human.gown else human.trousers
        lower = human.trousers if human.below == "trousers" else human.skin
        tone = 0.86 if side < 0 else 1.0
        toe = ankle[0] + 1.6 * side + 2.0, ankle[1] + 2.0
        self._brush.limb(ankle, toe, 2.7, 2.5, shaded(human.shoes, tone))
        self._brush.limb(knee, ankle, 3.9, 2.6, shaded(lower, tone))
        self._brush.limb(hip, knee, 5.4, 4.0, shaded(upper, tone))

    def _paint_arms(self) -> None:
        for side, turns in zip(_SIDES, ARMS[self._pose], strict=True):
            self._paint_arm(side, turns)

    def _paint_arm(self, side: float, turns: tuple[float, float]) -> None:
        human, (out, bend) = self._human, turns
        shoulder = side * human.wide + self._lean, self._shoulders + 1.5
        parts = ((14.5, self._around(out)), (13.0, self._around(bend)))
        _, elbow, wrist = joints(shoulder, parts, side)
        cloth = self._outer
        upper, lower = (human.skin if human.sleeves < least else cloth for least in (0.3, 0.9))
        self._brush.limb(elbow, wrist, 2.7, 2.0, lower)
        self._brush.limb(shoulder, elbow, 3.4, 2.8, upper)
        self._brush.limb(
            between(elbow, wrist, 1.02), between(elbow, wrist, 1.2), 2.1, 2.0, human.skin
        )

    @property
    def _outer(self) -> Colour:
        return self._human.jacket or self._human.shirt

    def _paint_neck(self) -> None:
        x = self._lean
        below, above = (x, self._shoulders), (self._head[0], self._head[1] + 5.0)
        self._brush.limb(below, above, 3.0, 2.7, shaded(self._human.skin, 0.86))

    def _paint_body(self) -> None:
        human, x, top = self._human, self._lean, self._shoulders
        wide, hips = human.wide, human.wide * 0.8
        below = human.shirt if human.gown else human.trousers
        self._brush.limb((-hips + 5.0, 2.0), (hips - 5.0, 2.0), 5.6, 5.6, below)
        self._brush.limb((x - wide + 2.4, top + 1.6), (x + wide - 2.4, top + 1.6), 2.8, 2.8,
                         self._outer)  # fmt: skip
        corners = ((x - wide, top + 2.0), (x + wide, top + 2.0), (hips, 3.0), (-hips, 3.0))
        self._brush.polygon(corners, self._outer)
        if human.jacket:
            self._paint_shirt_front(x, top)

    def _paint_shirt_front(self, x: float, top: float) -> None:
        corners = ((x - 3.4, top - 0.5), (x + 3.4, top - 0.5), (2.4, 2.5), (-2.4, 2.5))
        self._brush.polygon(corners, self._human.shirt)

    def _paint_skirt(self) -> None:
        human = self._human
        long, wide = (24.0, 14.0) if human.below == "dress" else (43.0, 17.0)
        waist, sway = human.wide * 0.72, self._dice.between(-2.0, 2.0)
        corners = ((-waist, -7.0), (waist, -7.0), (wide + sway, long), (-wide + sway, long))
        self._brush.polygon(corners, human.shirt)
        for fold in (-0.5, 0.1, 0.6):
            end = wide * fold + sway, long - 1.0
            self._brush.limb((waist * fold, 0.0), end, 0.3, 0.8, shaded(human.shirt, 0.8))
        self._brush.limb((-waist, -7.0), (waist, -7.0), 1.3, 1.3, shaded(human.shirt, 0.7))

    def _paint_hair_behind(self) -> None:
        (x, y), human = self._head, self._human
        if human.hairdo == "long":
            self._brush.limb((x, y - 1.0), (x - 0.5, y + 13.0), 6.9, 6.2, shaded(human.hair, 0.8))
        if human.hairdo == "bun":
            self._brush.spot((x - 2.0, y - 9.0), 3.4, human.hair)

    def _paint_head(self) -> None:
        (x, y), skin = self._head, self._human.skin
        for side in _SIDES:
            self._brush.spot((x + side * 5.6, y + 0.5), 1.3, shaded(skin, 0.88))
        self._brush.limb((x, y - 2.0), (x, y + 2.6), 5.8, 4.7, skin)
        x += self._look
        for side in _SIDES:
            eye = x + side * 2.1, y - 0.3
            self._brush.spot(eye, 0.8, _EYE)
            self._brush.spot((eye[0] + 0.25, eye[1] - 0.25), 0.25, _SHINE)
            brow = eye[1] - 1.9
            self._brush.limb((eye[0] - 1.0, brow), (eye[0] + 1.0, brow), 0.4, 0.4,
                             shaded(self._human.hair, 0.7))  # fmt: skip
        self._brush.limb((x + 0.3, y + 0.6), (x + 0.5, y + 1.8), 0.5, 0.7, shaded(skin, 0.8))
        lips = mixed(skin, _LIPS, 0.8)
        smile: list[Point] = [(x - 1.8, y + 3.5), (x, y + 4.2), (x + 1.8, y + 3.5)]
        self._brush.chain(smile, 0.45, 0.45, lips)

    def _paint_hair(self) -> None:
        (x, y), human = self._head, self._human
        if human.hairdo == "bald":
            return
        if human.hairdo == "hat":
            self._brush.limb((x - 7.5, y - 4.6), (x + 7.5, y - 4.6), 1.2, 1.2, shaded(human.shoes))
            self._brush.limb((x - 1.5, y - 7.0), (x + 1.5, y - 7.0), 4.2, 4.2, human.shoes)
            return
        self._brush.limb((x - 2.2, y - 5.0), (x + 2.2, y - 5.2), 3.7, 3.7, human.hair)
        for side in _SIDES:
            low = 4.5 if human.hairdo == "long" else 0.4
            self._brush.limb((x + side * 5.2, y - 3.6), (x + side * 5.7, y + low), 1.7, 1.3,
                             human.hair)  # fmt: skip
