"""The table of the organs at risk: every line and number of fractions, typed a second time and compared."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.fact import Organ
from enbloc.decide.cord_dose import CAUDA, CORD
from enbloc.decide.decision import Act, Holds
from enbloc.decide.organ_table import FRACTIONS, PARAMETERS, Line, Use, lines
from enbloc.evidence import cite
from tests.decide.rows.radiotherapy import ADULT
from tests.decide.situations import said, seen

# As the pathway prints it: numbers separated by "/" follow the measures, "-" is not printed, u is from memory.
PRINTED = """
HyTEC cord cord_dmax | 14.0 | 17.0 | 20.3 | 23.0 | 25.3
TG-101 cord cord_d035cc cord_d12cc cord_dmax | 10/7/14 | - | 18u/12.3u/21.9u | - | 23/14.5u/30
QUANTEC-type cord cord_dmax | 13 | - | 20 | - | -
trial cord cord_d035cc | 10 | - | - | - | -
trial cord cord_d03cc | - | 13.5 | - | - | -
trial cord cord_dmax | 14 | 19 | - | - | -
TG-101 cauda_equina cauda_d5cc cauda_dmax | 14u/16u | - | 21.9u/24u | - | 30/32
trial cauda_equina cauda_d035cc cauda_dmax | 12/16 | 16.5/22 | - | - | -
TG-101 sacral_plexus sacral_plexus_d5cc sacral_plexus_dmax | 14.4u/16u | - | 22.5u/24u | - | 30/32
TG-101 brachial_plexus brachial_plexus_d3cc brachial_plexus_dmax | 14u/17.5u | - | 20.4u/24u | - | 27/30.5
TG-101 oesophagus oesophagus_d5cc oesophagus_dmax | 11.9u/15.4u | - | 17.7u/25.2u | - | 19.5/35
trial oesophagus oesophagus_d38cc oesophagus_d25cc oesophagus_dmax | 12/14/20 | 16.5/19/27.5 | - | - | -
trial colon_or_rectum colon_dmax | 15 | 20 | - | - | -
trial stomach stomach_dmax | 15 | 20 | - | - | -
trial jejunum_or_ileum jejunum_dmax | 15 | 20 | - | - | -
trial duodenum duodenum_dmax | 15 | 20 | - | - | -
TG-101 jejunum_or_ileum jejunum_d5cc jejunum_dmax | 11.9/15.4 | - | 17.7u/25.2u | - | 19.5/35
TG-101 duodenum duodenum_d5cc duodenum_d10cc duodenum_dmax | 11.2/9/12.4 | - | 16.5u/11.4u/22.2u | - | 18/12.5/32
TG-101 stomach stomach_d10cc stomach_dmax | 11.2/12.4 | - | 16.5u/22.2u | - | 18u/32u
TG-101 colon_or_rectum colon_d20cc colon_dmax | 14.3/18.4 | - | 24u/28.2u | - | 25/38
TG-101 skin skin_d10cc skin_dmax | 23/26 | - | 30u/33u | - | 36.5/39.5
TG-101 kidney kidneys_cold_200cc | 8.4 | - | 14.4u | 16u | 17.5
trial kidney kidney_mean | 6 | - | - | - | -
trial lung lung_v20 lung_v10 lung_v5 lung_mean | 5/10/35/5 | - | - | - | -
TG-101 lung lungs_cold_1500cc lungs_cold_1000cc | 7/7.4 | - | 10.5u/11.4u | 11.6u/12.4 | 12.5/13.5
TG-101 liver liver_cold_700cc | 9.1 | - | 17.1u | 19.2u | 21
TG-101 heart heart_d15cc heart_dmax | 16u/22u | - | 24u/30u | - | 32/38
TG-101 great_vessels vessels_d10cc vessels_dmax | 31u/37u | - | 39u/45u | - | 47/53
TG-101 trachea_or_bronchus airway_d4cc airway_dmax | 10.5u/20.2u | - | 15u/30u | - | 16.5u/40u
TG-101 bladder bladder_d15cc bladder_dmax | 11.4u/18.4u | - | 16.8u/28.2u | - | 18.3/38
UK_2018 cord cord_dmax | 14u | 17u | 21.9u | - | 30u
UK_2022 cord cord_dmax | - | 17u | 20.3u | - | 25.3u
"""

Key = tuple[str, str, str, int]


def _printed() -> dict[Key, tuple[float, bool] | None]:
    found: dict[Key, tuple[float, bool] | None] = {}
    for row in PRINTED.strip().splitlines():
        head, *cells = (part.strip() for part in row.split("|"))
        table, organ, *measures = head.split()
        for (at, measure), (fractions, cell) in product(enumerate(measures), enumerate(cells, start=1)):
            key = (table.replace("_", " "), organ.replace("_", " "), measure, fractions)
            assert key not in found, "no two rows overlap"
            words = None if cell == "-" else cell.split("/")[at]
            found[key] = None if words is None else (float(words.rstrip("u")), words.endswith("u"))
    return found


def _measure(line: Line) -> str:
    return line.fact.id.removeprefix("plan.").removesuffix("_gy").removesuffix("_percent")


def test_the_table_is_the_printed_one_cell_by_cell() -> None:
    ours: dict[Key, tuple[float, bool] | None] = {}
    for line, fractions in product(lines(), FRACTIONS):
        limit = line.at(fractions)
        key = (line.table, line.organ, _measure(line), fractions)
        assert key not in ours, "no two lines overlap"
        ours[key] = None if limit is None else (limit.stop.number, limit.stop.checked.is_draft)
    assert ours == _printed()


def test_every_line_says_of_every_number_of_fractions_what_is_printed_and_nothing_beyond() -> None:
    for line in lines():
        assert len(line.cells) == len(FRACTIONS)
        assert [line.at(n) for n in FRACTIONS] == list(line.cells)
        assert all(line.at(n) is None for n in (-1, 0, 6, 7, 10, 30))


def test_thresholds_are_named_once_cited_and_in_the_unit_of_their_fact() -> None:
    assert len({one.name for one in PARAMETERS}) == len(PARAMETERS)
    for line, limit in ((one, limit) for one in lines() for limit in one.cells if limit is not None):
        assert cite(limit.stop.source).where
        assert limit.stop.unit == line.fact.unit.value
        assert limit.warn is None or limit.warn.number < limit.stop.number


def test_bands_of_warning_are_the_printed_ranges() -> None:
    printed = ((f"{line.table} {_measure(line)}", line.at(n)) for line, n in product(lines(), FRACTIONS))
    bands = {name: (cell.warn.number, cell.stop.number) for name, cell in printed if cell and cell.warn}
    assert bands == {"HyTEC cord_dmax": (12.4, 14.0), "trial lung_v20": (3.0, 5.0)}


def test_every_organ_that_can_be_listed_has_a_line_and_the_other_way_round() -> None:
    assert {line.organ for line in lines()} == {organ.value for organ in Organ} | {CORD, CAUDA}
    assert {line.use for line in lines() if line.organ == CAUDA} == {Use.STOP}
    assert all(line.use is Use.ORGAN for line in lines() if line.organ not in {CORD, CAUDA})


# --- each limit on, just below and just above, through the rules ------------------------------------------------------
CELLS = [(line, n) for line, n in product(lines(), FRACTIONS) if line.at(n) is not None]
STOPPING = [(line, n) for line, n in CELLS if line.use is Use.STOP]
OF_ORGANS = [(line, n) for line, n in CELLS if line.use is Use.ORGAN]
NOT_USED = [(line, n) for line, n in CELLS if line.use not in {Use.STOP, Use.ORGAN}]


def _name(case: tuple[Line, int]) -> str:
    return f"{case[0].table} {_measure(case[0])} {case[1]}"


def _plan(line: Line, fractions: int) -> tuple[dict[Any, Any], dict[str, Any]]:
    """A plan that says next to nothing of any other dose: all of them are low."""
    low = {one.fact: 0.5 for one in lines()} | {f.LOCAL_CAUDA_LIMIT: 60.0}
    cauda = line.organ == CAUDA
    known = ADULT | low | {f.RT_FRACTIONS: fractions, f.CORD_LEVEL: not cauda, f.ORGAN_IRRADIATED: False}
    near = () if line.organ in {CORD, CAUDA} else (Organ(line.organ),)
    more = {"act": Act.RADIOSURGERY, "level": Level.L3 if cauda else Level.T8}
    return known | {f.ORGANS_NEAR: near, f.ORGANS_CLEARED: near}, more


def _holds(id: str, line: Line, fractions: int, amount: float | None) -> Holds | None:
    known, more = _plan(line, fractions)
    statement = said(id, seen(known | {line.fact: amount}, **more))
    return statement.holds if statement else None


@pytest.mark.parametrize("case", STOPPING, ids=_name)
def test_a_limit_to_cord_or_cauda_stops_just_above(case: tuple[Line, int]) -> None:
    line, fractions = case
    limit = line.at(fractions)
    assert limit is not None
    number = limit.stop.number
    assert [_holds("STOP-11", line, fractions, number + by) for by in (-0.01, 0.0, 0.01)] == [None, None, Holds.YES]
    assert _holds("STOP-11", line, fractions, number + 1e-4) is Holds.YES, "rounded up, never down"
    assert _holds("STOP-11", line, fractions, None) is Holds.UNKNOWN
    assert _holds("OAR-01", line, fractions, number + 0.01) is Holds.YES


@pytest.mark.parametrize("case", OF_ORGANS, ids=_name)
def test_a_limit_to_an_organ_is_named_just_above(case: tuple[Line, int]) -> None:
    line, fractions = case
    limit = line.at(fractions)
    assert limit is not None
    highest = limit.stop.number if limit.warn is None else limit.warn.number
    # Of several tables the strictest line of a measure decides.
    same = [one.at(fractions) for one in lines() if one.fact is line.fact and one.use is Use.ORGAN]
    highest = min([highest, *(one.stop.number for one in same if one is not None)])
    at_limit = Holds.YES if limit.stop.comparator == "<" else None
    below, on, above = (_holds("OAR-01", line, fractions, highest + by) for by in (-0.01, 0.0, 0.01))
    strict_cord = line.organ == CORD and line.fact is f.CORD_D035CC
    assert (below, on, above) == (None, at_limit, Holds.YES) or strict_cord
    assert _holds("OAR-01", line, fractions, None) is Holds.UNKNOWN
    if line.organ != CORD:
        assert _holds("STOP-11", line, fractions, highest + 5) is None, "other organs are no matter of STOP-11"


@pytest.mark.parametrize("case", NOT_USED, ids=_name)
def test_aims_and_legacy_limits_stop_nothing(case: tuple[Line, int]) -> None:
    line, fractions = case
    limit = line.at(fractions)
    used = next(one for one in lines() if one.table == "HyTEC").at(fractions)
    assert limit is not None
    assert used is not None
    between = min(limit.stop.number + 0.01, used.stop.number)
    assert _holds("STOP-11", line, fractions, between) is None
    assert _holds("STOP-11", line, fractions, max(limit.stop.number, used.stop.number) + 0.01) is Holds.YES
