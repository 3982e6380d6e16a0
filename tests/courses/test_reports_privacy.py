"""Nobody can be found in what is protected: of every sum of figures, and every difference between
two, it is known whom they count, and that it is nobody or at least five."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agencies.models import Agency, AgencyKind, County, Role, User
from courses.domain.privacy import THRESHOLD, Block, Figures, Stream, blocks
from courses.models import Measure, Tally
from courses.reports.agency import agency_report
from courses.reports.figures import Kind
from courses.reports.report import asked_of, table_for
from courses.reports.sources import Sources, sources_for
from courses.reports.table import Hidden, Row, Table
from tests.agencies.test_visibility import TODAY, rolled_back, succeed
from tests.factories.learning import AgencyFactory, UnitFactory, person

# Who is counted in a figure: cells of the register, each with its people.
Cells = frozenset[Any]


def atoms(figures: Iterable[Cells]) -> list[Cells]:
    """The smallest groups that can be told apart by anybody who knows which cells each figure
    counts: all that can be added up or subtracted is made of them."""
    sides: dict[Any, set[int]] = defaultdict(set)
    for number, cells in enumerate(set(figures)):
        for cell in cells:
            sides[cell].add(number)
    groups: dict[frozenset[int], set[Any]] = defaultdict(set)
    for cell, numbers in sides.items():
        groups[frozenset(numbers)].add(cell)
    return [frozenset(cells) for cells in groups.values()]


# -- the pure function -------------------------------------------------------------------------

people = st.dictionaries(st.integers(8100, 8107), st.integers(0, 9), max_size=5)
streams = st.lists(
    st.tuples(st.sampled_from([None, 1, 2]), st.sampled_from([None, None, 1, 2]), people),
    max_size=8,
)


def streams_of(drawn: list[Any]) -> list[Stream]:
    """Each cell has a value of its own, by which it is found again in a block."""
    return [
        Stream(
            agency=number or None,
            group=group if number else None,
            quarters={
                quarter: Figures(size, {f"{number} {quarter}": size})
                for quarter, size in quarters.items()
            },
            family=family if number else None,
        )
        for number, (group, family, quarters) in enumerate(drawn)
    ]


def sizes(found: Iterable[Stream | Block]) -> Counter[str]:
    parts: Iterable[Figures] = chain.from_iterable(
        one.quarters.values() if isinstance(one, Stream) else [one.figures] for one in found
    )
    counted: Counter[str] = Counter()
    for part in parts:
        counted.update(part.values)
    return +counted


@settings(deadline=None, max_examples=150)
@given(streams)
def test_a_block_is_at_least_five_people_and_nobody_is_in_two(drawn: list[Any]) -> None:
    given = streams_of(drawn)
    found = blocks(given)
    for block in found:
        assert block.figures.people >= THRESHOLD
        assert sum(block.figures.values.values()) == block.figures.people
    everybody = sizes(given)
    assert sizes(found) <= everybody
    # Whoever is left out is one of fewer than five, all over.
    assert (everybody - sizes(found)).total() < THRESHOLD


@settings(deadline=None, max_examples=150)
@given(streams)
def test_a_block_says_whose_it_is(drawn: list[Any]) -> None:
    given = streams_of(drawn)
    for block in blocks(given):
        cells = {name for name, size in block.figures.values.items() if size}
        members = [one for one in given if cells & set(sizes([one]))]
        if block.agency is not None:
            assert [one.agency for one in members] == [block.agency]
        elif block.family is not None:
            assert {one.family for one in members} == {block.family}
        elif block.group is not None:
            assert {one.group for one in members} == {block.group}
        assert block.quarter == max(int(name.split()[1]) for name in cells)


@settings(deadline=None, max_examples=150)
@given(streams)
def test_a_pool_does_not_tell_each_of_its_members(drawn: list[Any]) -> None:
    """Whoever is in a pool has at most four: a pool of fours would tell that all have four."""
    given = streams_of(drawn)
    pools: dict[tuple[int | None, int | None], Counter[str]] = defaultdict(Counter)
    for block in blocks(given):
        if block.agency is None and (block.family or block.group):
            pools[block.family, block.group].update(block.figures.values)
    for pool in pools.values():
        members = [one for one in given if set(sizes([one])) & set(+pool)]
        assert pool.total() < len(members) * (THRESHOLD - 1)


def test_small_numbers_wait_for_the_next_quarter_and_the_rest_joins_the_last() -> None:
    [stream] = streams_of([(None, None, {}), (1, None, {8100: 3, 8101: 4, 8103: 6, 8104: 2})])[1:]
    found = [(block.quarter, block.figures.people) for block in blocks([stream])]
    assert found == [(8101, 7), (8104, 8)]


# -- whole reports -----------------------------------------------------------------------------

UNITS, AGENCIES, QUARTERS = 2, 7, (8100, 8103, 8104, 8105)
tallies = st.dictionaries(
    st.tuples(st.integers(0, UNITS - 1), st.integers(0, AGENCIES), st.sampled_from(QUARTERS)),
    st.sampled_from([1, 1, 2, 3, 4, 4, 5, 8]),
    min_size=4,
    max_size=30,
)
COUNTIES = (None, 0, 0, 0, 1, 1, None)


class World:
    """Seven agencies in two counties and the country; 1 and 2 are now 3, 4 was split."""

    def __init__(self, cells: dict[tuple[int, int, int], int]) -> None:
        self.counties = list(County.objects.all()[:2])
        self.agencies: list[Agency | None] = [
            AgencyFactory(
                county=None if county is None else self.counties[county],
                kind=AgencyKind.COUNTY_BOARD if number == 3 else AgencyKind.STATE_AGENCY,
                employees=10,
            )
            for number, county in enumerate(COUNTIES)
        ]
        one, two, three, four, five, six = [agency for agency in self.agencies[1:] if agency]
        for before, after in ((one, three), (two, three), (four, five)):
            succeed(before, after, TODAY)
        succeed(four, six, TODAY, "split")
        self.agencies.append(None)
        self.units = [UnitFactory(kind="module", areas=["x", "y"][: n + 1]) for n in range(UNITS)]
        self.people: dict[int, int] = {}
        self.cells: dict[int, tuple[int, int, int]] = {}
        rows = []
        for number, (cell, size) in enumerate(cells.items()):
            unit, agency, quarter = cell
            # The value is a name for the cell: no two have the same.
            self.people[number], self.cells[number] = size, cell
            rows += [
                Tally(
                    unit=self.units[unit], agency=self.agencies[agency], quarter=quarter,
                    measure=measure, value=value, number=size,
                )
                for measure, value in ((Measure.COMPLETED, number), (Measure.STARTED, 0))
            ]  # fmt: skip
        Tally.objects.bulk_create(rows)

    def of(self, row: Row) -> Cells:
        """Whom a row counts. Whole cells only, each once."""
        cells = {int(name): size for name, size in row.sums.classes.items()}
        assert all(self.people[cell] == size for cell, size in cells.items())
        assert sum(cells.values()) == row.completed
        return frozenset(cells)

    def size(self, cells: Cells) -> int:
        return sum(self.people[cell] for cell in cells)


def every_question(world: World) -> Iterator[dict[str, str]]:
    counties = ["", "nationwide", *(county.key for county in world.counties)]
    periods = [{}, {"year": "2025"}, {"year": "2026"}, {"year": "2026", "quarter": "2"}]
    for by, county, period, view in product(
        ("agency", "county", "area", "unit", "year", "quarter"), counties, periods, ("then", "now")
    ):
        yield {"by": by, "kind": "module", "county": county, "view": view, **period}
    for unit, view in product(world.units, ("then", "now")):
        yield {"unit": unit.key.hex[:12], "view": view}
        yield {"unit": unit.key.hex[:12], "view": view, "by": "quarter"}


def every_table(world: World, sources: Sources) -> Iterator[Table]:
    for question in every_question(world):
        yield table_for(asked_of(question, sources), sources)
    for agency in world.agencies:
        if agency and agency.pk in sources.scope.agencies:
            for view in ("then", "now"):
                report = agency_report({"view": view}, sources, agency)
                yield from (report.courses, report.modules)


def every_row(tables: Iterable[Table]) -> Iterator[Row]:
    for table in tables:
        yield from table.rows
        if table.total:
            yield table.total


def viewers(world: World) -> list[tuple[User, set[int]]]:
    """People who see protected figures, and the numbers of agencies that they know exactly."""
    board, other = world.agencies[3], world.agencies[5]
    assert board
    assert other
    return [
        (person((Role.EDITOR, board)), set()),
        (person((Role.COUNTY_COORDINATOR, board)), set()),
        (person((Role.COUNTY_COORDINATOR, board), (Role.CONTACT_PERSON, board)), {1, 2, 3}),
        (person((Role.EDITOR, board), (Role.TRAINER, other)), {4, 5}),
    ]


@pytest.mark.django_db
@settings(deadline=None, max_examples=8)
@given(tallies)
def test_no_figure_and_no_difference_between_figures_is_of_one_to_four(
    cells: dict[tuple[int, int, int], int],
) -> None:
    with rolled_back():
        world = World(cells)
        for user, known in viewers(world):
            sources = sources_for(user, TODAY)
            tables = list(every_table(world, sources))
            protected = [row for row in every_row(one for one in tables if not one.exact)]
            for row in protected:
                for value in (row.values[0], row.values[1], row.values[2]):
                    assert value is Hidden.FEW or int(str(value)) >= THRESHOLD
                for kind in Kind:
                    assert row.sums.people[kind] not in range(1, THRESHOLD)
            # What is known exactly is one more figure for each of its cells.
            own = {cell for cell, (_, agency, _) in world.cells.items() if agency in known}
            figures = [world.of(row) for row in every_row(tables)]
            for group in atoms([*figures, *(frozenset({cell}) for cell in own)]):
                assert group <= own or world.size(group) >= THRESHOLD


@pytest.mark.django_db
def test_the_test_above_would_find_somebody() -> None:
    """Two figures that differ by four, of whom one is another's, are found out."""
    assert sorted(map(len, atoms([frozenset("abcde"), frozenset("abcdefghi")]))) == [4, 5]


@pytest.mark.django_db
def test_who_knows_an_agency_cannot_take_it_out_of_a_pool() -> None:
    """The board has three, the agency beside it two: together five, which an editor sees."""
    with rolled_back():
        cells = {(0, 3, 8100): 3, (0, 4, 8100): 2}
        world = World(cells)
        beside = world.agencies[4]
        assert beside
        Agency.objects.filter(pk=beside.pk).update(county=world.counties[0])
        (editor, _), _, (both, _), _ = viewers(world)
        question = {"kind": "module"}

        def shown(user: User) -> list[int]:
            sources = sources_for(user, TODAY)
            return [row.completed for row in table_for(asked_of(question, sources), sources).rows]

        assert shown(editor) == [5]
        assert shown(both) == []
