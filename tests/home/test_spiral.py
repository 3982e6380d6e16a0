"""The mark and the drawing lie on their spiral and in their boxes."""

import math
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from home.spiral import GROWTH, Point, Spiral, mark_path, shell_arms

SPIRAL = Spiral(centre=(200.0, 180.0), outer=150.0, start_angle=1.0)
# Path data is written with one decimal.
ROUNDING = 0.08
turns = st.floats(-3 * math.tau, 0)


def points(path: str) -> list[Point]:
    numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", path)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def joints(path: str) -> list[Point]:
    """Where the path's cubic curves begin and end: every third point."""
    return points(path)[::3]


@settings(deadline=None, max_examples=60)
@given(begin=turns, end=turns)
def test_a_path_begins_and_ends_on_the_spiral(begin: float, end: float) -> None:
    path = SPIRAL.path(begin, end)
    assert re.fullmatch(r"M[^MC]+(C[^MC]+)+", path)
    assert math.dist(points(path)[0], SPIRAL.point(begin)) < ROUNDING
    assert math.dist(points(path)[-1], SPIRAL.point(end)) < ROUNDING


def test_every_joint_and_every_middle_of_a_path_lies_on_the_spiral() -> None:
    path = SPIRAL.path(0, -2 * math.tau)
    found, data = joints(path), points(path)
    steps = [-2 * math.tau * n / (len(found) - 1) for n in range(len(found))]
    for t, joint in zip(steps, found, strict=True):
        assert math.dist(joint, SPIRAL.point(t)) < ROUNDING
    for n in range(len(found) - 1):
        a, b, c, d = data[3 * n : 3 * n + 4]
        middle = tuple((a[i] + 3 * b[i] + 3 * c[i] + d[i]) / 8 for i in (0, 1))
        assert math.dist(middle, SPIRAL.point((steps[n] + steps[n + 1]) / 2)) < 2 * ROUNDING


def test_the_spiral_grows_alike_in_every_turn() -> None:
    for t in (-2 * math.tau, -math.tau - 1.0):
        assert SPIRAL.radius(t + math.tau) / SPIRAL.radius(t) == pytest.approx(GROWTH)


@settings(deadline=None, max_examples=60)
@given(t=turns)
def test_a_chamber_wall_goes_from_one_whorl_inwards_to_the_next(t: float) -> None:
    begin, _bend, end = points(SPIRAL.wall(t))
    assert math.dist(begin, SPIRAL.point(t)) < ROUNDING
    assert math.dist(end, SPIRAL.centre) < math.dist(begin, SPIRAL.centre) + ROUNDING


def test_the_arms_of_the_drawing_meet_end_to_end() -> None:
    for inner, outer in pairwise(shell_arms()):
        assert math.dist(points(inner.whorl)[-1], points(outer.whorl)[0]) < ROUNDING


@pytest.mark.parametrize(
    ("paths", "side"),
    [
        ([mark_path()], 48),
        ([path for arm in shell_arms() for path in (arm.whorl, arm.walls)], 400),
    ],
    ids=["mark", "drawing"],
)
def test_a_drawing_stays_in_its_box(paths: list[str], side: int) -> None:
    for x, y in (point for path in paths for point in points(path)):
        assert 0 <= x <= side
        assert 0 <= y <= side
