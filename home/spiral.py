"""The shell: a logarithmic spiral, the site's mark and (with chambers) its drawing."""

import math
from dataclasses import dataclass
from functools import cache

# How much the radius grows in a full turn.
GROWTH = 2.6
_B = math.log(GROWTH) / math.tau
_STEP = math.tau / 10

Point = tuple[float, float]


@dataclass(frozen=True)
class Spiral:
    """r = outer · e^(b·t) around a centre; t is 0 at the mouth and falls inwards, in radians."""

    centre: Point
    outer: float
    start_angle: float

    def radius(self, t: float) -> float:
        return self.outer * math.exp(_B * t)

    def point(self, t: float) -> Point:
        angle, radius = self.start_angle - t, self.radius(t)
        return (
            self.centre[0] + radius * math.cos(angle),
            self.centre[1] + radius * math.sin(angle),
        )

    def _slope(self, t: float) -> Point:
        angle, radius = self.start_angle - t, self.radius(t)
        return (
            radius * (_B * math.cos(angle) + math.sin(angle)),
            radius * (_B * math.sin(angle) - math.cos(angle)),
        )

    def path(self, begin: float, end: float) -> str:
        """SVG path data from `begin` to `end` in cubic curves of at most a tenth of a turn."""
        count = max(1, math.ceil(abs(end - begin) / _STEP))
        width = (end - begin) / count
        data = [f"M{_pair(self.point(begin))}"]
        for index in range(count):
            t, u = begin + index * width, begin + (index + 1) * width
            (x0, y0), (x1, y1) = self.point(t), self.point(u)
            (dx0, dy0), (dx1, dy1) = self._slope(t), self._slope(u)
            first = (x0 + dx0 * width / 3, y0 + dy0 * width / 3)
            second = (x1 - dx1 * width / 3, y1 - dy1 * width / 3)
            data.append(f"C{_pair(first)} {_pair(second)} {_pair((x1, y1))}")
        return "".join(data)

    def wall(self, t: float) -> str:
        """A chamber wall: from the whorl at `t`, bent towards the centre, to the whorl inside."""
        x0, y0 = self.point(t)
        x1, y1 = self.point(t - math.tau - 0.35)
        bend = self.point(t - math.tau * 0.52)
        middle = ((x0 + x1) / 2, (y0 + y1) / 2)
        control = (
            middle[0] + (bend[0] - self.centre[0]) * -0.16,
            middle[1] + (bend[1] - self.centre[1]) * -0.16,
        )
        return f"M{_pair((x0, y0))}Q{_pair(control)} {_pair((x1, y1))}"


def _pair(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


@cache
def mark_path() -> str:
    """The mark, in a box of 48 by 48."""
    return Spiral(centre=(27.0, 22.5), outer=24.0, start_angle=2.35).path(0, -2.5 * math.tau)


@dataclass(frozen=True)
class Arm:
    """A quarter of the drawing: its piece of the whorl and the walls of its chambers."""

    whorl: str
    walls: str


@cache
def shell_arms(count: int = 4, walls: int = 9) -> list[Arm]:
    """The drawing in a box of 400 by 400, from the inside out, one arm for each focus area."""
    spiral = Spiral(centre=(222.0, 196.0), outer=196.0, start_angle=1.9)
    length = 2.15 * math.tau
    arms = []
    for index in range(count):
        inner = -length * (1 - index / count) ** 1.35
        outer = -length * (1 - (index + 1) / count) ** 1.35
        ts = [inner + (outer - inner) * (n + 0.5) / walls for n in range(walls)]
        core = -1.3 * math.tau if index == 0 else 0
        arms.append(Arm(spiral.path(inner + core, outer), "".join(spiral.wall(t) for t in ts)))
    return arms
